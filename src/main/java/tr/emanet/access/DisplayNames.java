package tr.emanet.access;

import java.text.Normalizer;
import java.util.Optional;

/** Cleans names that are only shown: NFC, no control or direction characters, 1 to 100 long. */
final class DisplayNames {

  private static final int MAX = 100;

  private DisplayNames() {}

  static Optional<String> clean(String typed) {
    if (typed.length() > 4 * MAX) {
      return Optional.empty();
    }
    String name = Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
    return name.isEmpty() || name.length() > MAX || hasControls(name)
        ? Optional.empty()
        : Optional.of(name);
  }

  /** Whether a text holds what could change how its surroundings are shown. */
  static boolean hasControls(String text) {
    return text.codePoints()
        .anyMatch(
            c -> {
              int type = Character.getType(c);
              return type == Character.CONTROL
                  || type == Character.FORMAT
                  || type == Character.SURROGATE
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR
                  || type == Character.PRIVATE_USE
                  || type == Character.UNASSIGNED;
            });
  }
}
