package tr.emanet.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import tr.emanet.crypto.Digests;

/**
 * One act.
 *
 * @param sequence 1, 2, 3 ... without gaps
 * @param at when, to the microsecond
 * @param actor {@link tr.emanet.event.Principal#id()}, or {@code -} for nobody
 * @param action such as {@code user.create}
 * @param details a JSON object with sorted keys and text values
 * @param previous hash of the entry before in hex; zeros for the first
 * @param hash of this entry in hex
 */
public record AuditEntry(
    long sequence,
    Instant at,
    String actor,
    String action,
    String details,
    String previous,
    String hash) {

  /** What the first entry names as its predecessor. */
  static final String GENESIS = "0".repeat(64);

  private static final byte[] DOMAIN = "emanet-audit-1\0".getBytes(StandardCharsets.US_ASCII);

  /** Makes the entry that follows a given hash. */
  static AuditEntry after(
      long sequence, Instant at, String actor, String action, String details, String previous) {
    String hash = hash(sequence, micros(at), actor, action, details, previous);
    return new AuditEntry(sequence, at, actor, action, details, previous, hash);
  }

  static long micros(Instant at) {
    return Math.addExact(
        Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000L);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }

  /** Whether the stored hash is the one this content has. */
  boolean isIntact() {
    return hash(sequence, micros(at), actor, action, details, previous).equals(hash);
  }

  /**
   * SHA-256 over a domain label, sequence and time as 8 bytes each, then the texts, each as 4 bytes
   * of length and UTF-8; all numbers big-endian. No two contents share an encoding.
   */
  private static String hash(
      long sequence, long micros, String actor, String action, String details, String previous) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    out.writeBytes(DOMAIN);
    out.writeBytes(ByteBuffer.allocate(16).putLong(sequence).putLong(micros).array());
    for (String text : new String[] {actor, action, details, previous}) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(ByteBuffer.allocate(4).putInt(utf8.length).array());
      out.writeBytes(utf8);
    }
    return HexFormat.of().formatHex(Digests.sha256().digest(out.toByteArray()));
  }
}
