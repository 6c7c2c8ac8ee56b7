package tr.emanet.access;

import java.time.Instant;

/**
 * One sign-in of one person.
 *
 * @param idHash digest of the id in the cookie; may be shown to its owner
 * @param seenAt last activity, exact to a minute
 * @param expiresAt end at the latest, whatever the activity
 * @param agent the browser's own description, at most 200 characters, hostile text
 */
public record Session(
    String idHash,
    UserName name,
    Instant createdAt,
    Instant seenAt,
    Instant expiresAt,
    String address,
    String agent) {

  /** When it ends if nothing more is done. */
  public Instant endsAt() {
    Instant idle = seenAt.plus(Sessions.IDLE);
    return idle.isBefore(expiresAt) ? idle : expiresAt;
  }
}
