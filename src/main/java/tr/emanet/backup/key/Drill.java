package tr.emanet.backup.key;

import java.time.Instant;

/**
 * One proof that the escrow opens a repository.
 *
 * @param person who brought the password or the shares
 */
public record Drill(String repository, int era, Instant at, String person, Method method) {

  /** How the password came back. */
  public enum Method {
    /** Opened elsewhere with an escrow certificate's private key. */
    CERTIFICATE,
    /** Joined from shares. */
    SHARES
  }
}
