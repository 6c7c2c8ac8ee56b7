package tr.emanet.keep;

import java.util.Optional;

/** What signed checkpoints say of closed segments. */
public interface SealedSegments {

  /**
   * A closed segment as a checkpoint that is on disk names it.
   *
   * @param sha256 of the whole file, in lower-case hex
   */
  record Entry(long firstSequence, long lastSequence, String sha256) {}

  /**
   * @param path {@code stream/YYYY/MM/DD/FIRST.emj}
   * @return empty when no checkpoint has it closed yet
   */
  Optional<Entry> find(String path);
}
