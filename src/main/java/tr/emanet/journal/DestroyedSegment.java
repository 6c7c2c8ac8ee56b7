package tr.emanet.journal;

/**
 * A segment that retention has destroyed, as its destruction record names it. See {@code
 * src/docs/format-seal.md}.
 *
 * @param path below the journal directory, with slashes
 * @param bytes size that the file had
 * @param firstSequence of its first record
 * @param lastSequence of its last record
 * @param sha256 of the file, in lower-case hex
 */
public record DestroyedSegment(
    String path, long bytes, long firstSequence, long lastSequence, String sha256) {

  /** The stream it belonged to. */
  public String stream() {
    return path.substring(0, path.indexOf('/'));
  }
}
