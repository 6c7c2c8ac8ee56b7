package tr.emanet.backup;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says how much may still be written to a place. On the disk of the journal much stays free: below
 * the journal's threshold intake closes, and no restore is worth that. Any thread.
 */
@FunctionalInterface
public interface DiskReserve {

  /** What stays free on any disk. */
  long SPARE = 64L << 20;

  /**
   * What stays free beside the journal's threshold: what intake writes while somebody makes room.
   */
  long BESIDE_JOURNAL = 1L << 30;

  /** For disks of which no journal is known. */
  DiskReserve PLAIN = place -> store(place).getUsableSpace() - SPARE;

  /** Bytes that may be written to a directory, or where it will be; negative: too many are. */
  long spare(Path place) throws IOException;

  /**
   * The bytes that a place has beside a journal.
   *
   * @param closeBelow so many bytes free, and the journal takes nothing more
   */
  static long beside(Path place, Path journal, long closeBelow) throws IOException {
    FileStore store = store(place);
    boolean same = store.equals(store(journal));
    return store.getUsableSpace() - (same ? closeBelow + BESIDE_JOURNAL : SPARE);
  }

  private static FileStore store(Path place) throws IOException {
    Path at = place.toAbsolutePath();
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return Files.getFileStore(at);
  }
}
