package tr.emanet.access;

import java.time.Instant;

/** How a change to a person ended. */
public sealed interface UserChange {

  /** It is done. */
  record Done(User user) implements UserChange {}

  /**
   * It is done, and the person needs this one-time code to choose a password.
   *
   * @param code shown once, stored nowhere
   */
  record DoneWithCode(User user, String code, Instant expiresAt) implements UserChange {

    @Override
    public String toString() {
      return "DoneWithCode[" + user.name() + "]";
    }
  }

  /** Nothing was changed. */
  record Refused(AccessProblem problem) implements UserChange {}
}
