package tr.emanet.web;

import java.util.Locale;
import java.util.Optional;

/** Which set of colours a person chose. */
public enum Theme {
  LIGHT,
  DARK,
  /** Follows the operating system. */
  SYSTEM;

  /** The value of the cookie and of {@code data-theme}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds a theme by its tag. */
  public static Optional<Theme> tagged(String tag) {
    for (Theme theme : values()) {
      if (theme.tag().equals(tag)) {
        return Optional.of(theme);
      }
    }
    return Optional.empty();
  }
}
