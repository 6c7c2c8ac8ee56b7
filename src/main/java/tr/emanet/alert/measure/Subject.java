package tr.emanet.alert.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tr.emanet.alert.Hit;

/**
 * What a measure is about.
 *
 * @param key the alert's number, the notice's id, or what a hit calls the indicator ({@link
 *     Hit#key()}); 1 to 300 characters
 */
public record Subject(Kind kind, String key) {

  static final int MAX_KEY = 300;

  /** Kinds of subjects. */
  public enum Kind {
    ALERT,
    NOTICE,
    INDICATOR;

    /** The stored name. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a name, empty when there is none. */
    public static Optional<Kind> named(String id) {
      return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }
  }

  public Subject {
    if (key.isBlank() || key.length() > MAX_KEY) {
      throw new IllegalArgumentException("subject key of " + key.length() + " characters");
    }
  }

  /** By its number. */
  public static Subject alert(String number) {
    return new Subject(Kind.ALERT, number);
  }

  /** By its id. */
  public static Subject notice(String id) {
    return new Subject(Kind.NOTICE, id);
  }

  /** By what its hits call it, such as {@code usom:domain:kotu.example}. */
  public static Subject indicator(String key) {
    return new Subject(Kind.INDICATOR, key);
  }
}
