package tr.emanet.journal.seal;

import java.util.Optional;
import tr.emanet.store.Database;

/** Looks up what checkpoints that are on disk say of single segments. Safe for many threads. */
public final class SealRecords {

  private final SealStore store;

  public SealRecords(Database database) {
    this.store = new SealStore(database);
  }

  /**
   * The last line about a segment.
   *
   * @param path {@code stream/YYYY/MM/DD/<first sequence>.emj}
   * @return empty when no checkpoint names it, or when it was destroyed
   */
  public Optional<SealedSegment> find(String path) {
    return store.find(path);
  }

  /** As {@link #find}, of a segment that is sealed to its end. */
  public Optional<SealedSegment> closed(String path) {
    return store.find(path).filter(SealedSegment::closed);
  }
}
