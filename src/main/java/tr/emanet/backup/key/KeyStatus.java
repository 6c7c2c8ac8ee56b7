package tr.emanet.backup.key;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows of a repository's keys; nothing in it is secret.
 *
 * @param era number of the era in use
 * @param place where its repository is
 * @param recipients who can open its envelope
 * @param shares name of the set of shares in force; empty when the password was not split
 * @param lastDrill of the era in use
 * @param closed the eras before, the oldest first
 */
public record KeyStatus(
    String repository,
    int era,
    String place,
    Instant made,
    List<Recipient> recipients,
    String shares,
    Optional<Drill> lastDrill,
    List<Closed> closed) {

  public KeyStatus {
    recipients = List.copyOf(recipients);
    closed = List.copyOf(closed);
  }

  /** What a recipient is for. */
  public enum Role {
    OPERATIONS,
    ESCROW,
    /** In the envelope, but no certificate of ours is known for it. */
    UNKNOWN
  }

  /**
   * One who can open the envelope.
   *
   * @param name name of the escrow certificate, common name of the operations certificate, or the
   *     issuer and serial number of one that is not known
   * @param fingerprint SHA-256 of the certificate, empty when it is not known
   * @param until when the certificate ends, null when it is not known
   */
  public record Recipient(Role role, String name, String fingerprint, @Nullable Instant until) {}

  /**
   * An era that was followed by another.
   *
   * @param operations whether this machine can still open it, which it should not
   */
  public record Closed(int era, String place, Instant from, Instant to, boolean operations) {}
}
