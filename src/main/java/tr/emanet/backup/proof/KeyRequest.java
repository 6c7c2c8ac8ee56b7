package tr.emanet.backup.proof;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * An act with keys that an administrator asked for and another one must approve.
 *
 * @param subject name of the repository's keys, or of the escrow's holder
 */
public record KeyRequest(Kind kind, String subject, String by, Instant at, String why) {

  /** What cannot be taken back. */
  public enum Kind {
    /** The password before the last change opens no more. */
    PASSWORD("password"),
    /** This machine opens an old era no more. */
    ERA("era"),
    /** Somebody is taken out of the escrow. */
    ESCROW("escrow");

    private final String id;

    Kind(String id) {
      this.id = id;
    }

    public String id() {
      return id;
    }

    /** The kind of a name; empty when there is none. */
    public static Optional<Kind> of(String id) {
      return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
    }
  }
}
