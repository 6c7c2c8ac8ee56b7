package tr.emanet.backup.seal;

/**
 * The newest seal; whoever keeps it elsewhere notices a repository that was put back.
 *
 * @param sequence its number, from 1; 0 when nothing is sealed yet
 * @param digest SHA-256 of its file, 64 hex digits
 */
public record SealHead(long sequence, String digest) {

  static final String NONE = "0".repeat(64);
}
