package tr.emanet.access;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import tr.emanet.event.Folding;

/**
 * The name a person signs in with, in its one folded form: lower-case ASCII letters, digits, dot,
 * dash and underscore, 1 to 64 characters, beginning with a letter or digit. {@code AYŞE}, {@code
 * Ayşe} and {@code ayse} are the same name, whatever the reader's language says about i and ı.
 */
public record UserName(String value) {

  private static final int MAX_TYPED = 256;

  /** What may be typed, after NFC: ASCII and the letters of Turkish. */
  private static final Pattern TYPED =
      Pattern.compile("[A-Za-z0-9çğıöşüÇĞİÖŞÜ][A-Za-z0-9çğıöşüÇĞİÖŞÜ._-]{0,63}");

  private static final Pattern FOLDED = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  public UserName {
    if (!FOLDED.matcher(value).matches()) {
      throw new IllegalArgumentException("user name of " + value.length() + " characters");
    }
  }

  /** Reads what a person typed; empty when it holds anything a name may not hold. */
  public static Optional<UserName> parse(String typed) {
    if (typed.length() > MAX_TYPED) {
      return Optional.empty();
    }
    String composed = Normalizer.normalize(typed, Normalizer.Form.NFC);
    if (!TYPED.matcher(composed).matches()) {
      return Optional.empty();
    }
    String folded = Folding.fold(composed);
    return FOLDED.matcher(folded).matches() ? Optional.of(new UserName(folded)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
