package tr.emanet.journal.seal;

/**
 * What a checkpoint says of one segment: all of it so far.
 *
 * @param path {@code stream/YYYY/MM/DD/<first sequence>.emj}
 * @param closed whether nothing will be appended any more
 * @param bytes that the leaves cover
 * @param leaves how many
 * @param lastSequence one below the first when it holds no legible record
 * @param root Merkle root of the leaves, in hex
 * @param digest SHA-256 of the file in hex, {@code -} while it is open
 */
public record SealedSegment(
    String path,
    boolean closed,
    long bytes,
    long leaves,
    long firstSequence,
    long lastSequence,
    String root,
    String digest) {

  /** The name of its stream. */
  public String stream() {
    return path.substring(0, path.indexOf('/'));
  }

  String line() {
    return String.join(
        " ",
        "segment",
        path,
        closed ? "closed" : "open",
        Long.toString(bytes),
        Long.toString(leaves),
        Long.toString(firstSequence),
        Long.toString(lastSequence),
        root,
        digest);
  }
}
