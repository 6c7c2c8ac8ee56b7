package tr.emanet.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tr.emanet.crypto.Secret;

/**
 * What a new password must be (ASVS 6.2.1 and 6.2.4): 12 to 128 characters, not on the list of
 * common ones, not the person's own name, not a short pattern repeated. No demand for digits or
 * signs. Immutable.
 */
final class PasswordRules {

  static final int MIN = 12;
  static final int MAX = 128;
  private static final int LONGEST_PATTERN = 4;
  private static final int NAME_COUNTS_FROM = 4;

  private final Set<String> common;

  PasswordRules() {
    try (InputStream in = PasswordRules.class.getResourceAsStream("common-passwords.txt")) {
      if (in == null) {
        throw new IllegalStateException("resource common-passwords.txt is missing");
      }
      this.common =
          Set.copyOf(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read common-passwords.txt", e);
    }
  }

  /** The form that is hashed: the same letters typed on two keyboards must give the same bytes. */
  static Secret normalized(Secret typed) {
    return Secret.of(Normalizer.normalize(typed.reveal(), Normalizer.Form.NFC));
  }

  /** Judges a new password (normalized); empty when it may be used. */
  Optional<AccessProblem> judge(Secret password, UserName name) {
    String text = password.reveal();
    int length = text.codePointCount(0, text.length());
    if (length < MIN) {
      return Optional.of(AccessProblem.PASSWORD_TOO_SHORT);
    }
    if (length > MAX) {
      return Optional.of(AccessProblem.PASSWORD_TOO_LONG);
    }
    String plain = tr.emanet.event.Folding.fold(text).toLowerCase(Locale.ROOT);
    if (common.contains(plain) || isPattern(plain) || isSequence(plain)) {
      return Optional.of(AccessProblem.PASSWORD_COMMON);
    }
    if (name.value().length() >= NAME_COUNTS_FROM
        && plain.contains(name.value())
        && plain.length() - name.value().length() < MIN / 2) {
      return Optional.of(AccessProblem.PASSWORD_LIKE_NAME);
    }
    return Optional.empty();
  }

  private static boolean isPattern(String text) {
    for (int size = 1; size <= LONGEST_PATTERN; size++) {
      boolean repeats = true;
      for (int i = size; i < text.length() && repeats; i++) {
        repeats = text.charAt(i) == text.charAt(i - size);
      }
      if (repeats) {
        return true;
      }
    }
    return false;
  }

  /** Whether almost every character follows the one before, as in 123456789012. */
  private static boolean isSequence(String text) {
    int steps = 0;
    for (int i = 1; i < text.length(); i++) {
      int step = text.charAt(i) - text.charAt(i - 1);
      if (step == 1 || step == -1) {
        steps++;
      }
    }
    return steps >= text.length() - 3;
  }
}
