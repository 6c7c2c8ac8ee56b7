package tr.emanet.intake;

import tr.emanet.journal.Batch;

/** Where a listener hands its batches: one route. */
@FunctionalInterface
public interface BatchOut {

  /**
   * Takes ownership of a batch that holds at least one record. Does not block on disk.
   *
   * @return false when the route failed; the batch was released and its records counted as dropped
   */
  boolean deliver(Batch batch);
}
