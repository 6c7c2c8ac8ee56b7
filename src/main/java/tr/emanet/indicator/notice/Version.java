package tr.emanet.indicator.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as vendors write them: {@code 7.4.3}, {@code 1.1.1k}, {@code 9.0.0-M1}, {@code 8.5p1},
 * {@code 15.1(2)T3}. Numbers compare as numbers of any length, missing parts count as zero, {@code
 * rc}, {@code beta} and the like come before the release and any other letters after it. Immutable.
 */
final class Version implements Comparable<Version> {

  private static final int MAX_LENGTH = 60;
  private static final Pattern WHOLE = Pattern.compile("[vV]?[0-9][0-9A-Za-z._()+~-]*");
  private static final Pattern PART = Pattern.compile("[0-9]+|[A-Za-z]+");
  private static final Set<String> BEFORE_RELEASE =
      Set.of(
          "alpha", "beta", "rc", "cr", "pre", "preview", "dev", "snapshot", "milestone", "m", "ea");

  private final List<String> parts;

  private Version(List<String> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Reads a version; what follows {@code +} is build metadata and does not count. */
  static Optional<Version> read(String text) {
    String trimmed = text.strip();
    if (trimmed.length() > MAX_LENGTH || !WHOLE.matcher(trimmed).matches()) {
      return Optional.empty();
    }
    int plus = trimmed.indexOf('+');
    Matcher part = PART.matcher(plus < 0 ? trimmed : trimmed.substring(0, plus));
    List<String> parts = new ArrayList<>();
    while (part.find()) {
      String word = part.group().toLowerCase(Locale.ROOT);
      if (!(parts.isEmpty() && word.equals("v"))) {
        parts.add(isNumber(word) ? withoutZeros(word) : word);
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(new Version(parts));
  }

  private static boolean isNumber(String part) {
    return part.charAt(0) <= '9';
  }

  private static String withoutZeros(String number) {
    int from = 0;
    while (from < number.length() - 1 && number.charAt(from) == '0') {
      from++;
    }
    return number.substring(from);
  }

  @Override
  public int compareTo(Version other) {
    int longest = Math.max(parts.size(), other.parts.size());
    for (int i = 0; i < longest; i++) {
      int order = compare(part(i), other.part(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private String part(int i) {
    return i < parts.size() ? parts.get(i) : "0";
  }

  private static int compare(String a, String b) {
    int order = Integer.compare(rank(a), rank(b));
    if (order != 0) {
      return order;
    }
    return isNumber(a) && a.length() != b.length()
        ? Integer.compare(a.length(), b.length())
        : a.compareTo(b);
  }

  /** Pre-release words, then the end or a zero, then letters, then numbers. */
  private static int rank(String part) {
    return BEFORE_RELEASE.contains(part) ? 0 : part.equals("0") ? 1 : isNumber(part) ? 3 : 2;
  }

  /** Whether this is the same branch: {@code 7.4.3} lies in {@code 7.4}. */
  boolean within(Version branch) {
    return parts.size() >= branch.parts.size()
        && parts.subList(0, branch.parts.size()).equals(branch.parts);
  }

  /** Whether this says less than the other and agrees as far as it goes. */
  boolean coarserThan(Version other) {
    return parts.size() < other.parts.size() && other.within(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version version && compareTo(version) == 0;
  }

  /** Equal versions may have different parts; only zeros at the end differ. */
  @Override
  public int hashCode() {
    int last = parts.size();
    while (last > 0 && parts.get(last - 1).equals("0")) {
      last--;
    }
    return parts.subList(0, last).hashCode();
  }

  @Override
  public String toString() {
    return String.join(".", parts);
  }
}
