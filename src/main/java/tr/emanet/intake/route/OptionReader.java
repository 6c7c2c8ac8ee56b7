package tr.emanet.intake.route;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Reads the options of one endpoint, collects every problem instead of stopping at the first, and
 * answers with the default where a value is bad. One thread only.
 */
final class OptionReader {

  private final Map<String, String> values;
  private final BiConsumer<String, String> problems;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * @param problems receives (problem, remedy)
   */
  OptionReader(Map<String, String> values, BiConsumer<String, String> problems) {
    this.values = values;
    this.problems = problems;
  }

  String text(String name, String otherwise, Pattern allowed) {
    String value = value(name, otherwise);
    if (!allowed.matcher(value).matches()) {
      problems.accept(
          "option '" + name + "' has the value '" + shown(value) + "'",
          "use a value of the form " + allowed.pattern());
      return otherwise;
    }
    return value;
  }

  int integer(String name, int otherwise, int min, int max) {
    String value = value(name, Integer.toString(otherwise));
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below together with numbers out of range.
      known.add(name);
    }
    problems.accept(
        "option '" + name + "' has the value '" + shown(value) + "'",
        "use a whole number from " + min + " to " + max);
    return otherwise;
  }

  boolean flag(String name, boolean otherwise) {
    return choice(name, Boolean.toString(otherwise), List.of("true", "false")).equals("true");
  }

  String choice(String name, String otherwise, List<String> allowed) {
    String value = value(name, otherwise).toLowerCase(Locale.ROOT);
    if (!allowed.contains(value)) {
      problems.accept(
          "option '" + name + "' has the value '" + shown(value) + "'",
          "use one of " + String.join(", ", allowed));
      return otherwise;
    }
    return value;
  }

  /** Reports what nobody asked for. */
  void refuseOthers() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        problems.accept(
            "unknown option '" + shown(name) + "'", "use one of " + String.join(", ", known));
      }
    }
  }

  private String value(String name, String otherwise) {
    known.add(name);
    return values.getOrDefault(name, otherwise);
  }

  private static String shown(String value) {
    return value.length() > 80 ? value.substring(0, 80) + "..." : value;
  }
}
