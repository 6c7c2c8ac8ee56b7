package tr.emanet.backup.restore;

import java.time.Instant;
import java.util.List;

/**
 * What a restore would do; nothing was written.
 *
 * @param fresh files that do not stand there
 * @param presumedEqual files of the same size and time, whose content was not read: the run
 *     compares it, and overwrites them where it differs
 * @param bytes of all files selected
 * @param needed by how much the files of the target would grow
 * @param overwrites the first {@link RestoreReport#LISTED} entries that would be replaced
 * @param overwritten how many would be
 * @param obstacles what would fail, with the reason: a directory where a file is wanted, a link in
 *     the way
 * @param special entries that need the second permission
 * @param digest SHA-256 over all entries that would be replaced, compared or fail, listed or not:
 *     another one means that something else would happen
 */
public record RestorePreview(
    long files,
    long directories,
    long others,
    long bytes,
    long needed,
    long fresh,
    long presumedEqual,
    long kept,
    long overwritten,
    List<Overwrite> overwrites,
    List<RestoreReport.Entry> obstacles,
    long special,
    String digest) {

  /** An entry that stands there, and what would take its place. */
  public record Overwrite(
      String path, String kind, long size, Instant modified, long newSize, Instant newModified) {}

  public RestorePreview {
    overwrites = List.copyOf(overwrites);
    obstacles = List.copyOf(obstacles);
  }
}
