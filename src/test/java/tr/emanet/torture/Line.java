package tr.emanet.torture;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that a sender numbers: which run, round and channel it belongs to, its number there, and
 * padding that follows from these, so that a line whose bytes were mixed or cut is noticed.
 *
 * @param token one word, the same for all lines of a round: what a search for the round asks for
 * @param channel one TCP connection ({@code t0}) or one MQTT publisher ({@code m0})
 * @param number from 1, without gaps
 */
record Line(String token, String channel, int number) {

  private static final Pattern FORM =
      Pattern.compile("tort (r[0-9a-z]+) id=([tm]\\d+)\\.(\\d+) pad=([a-z]*) eol");

  /** The word that every line carries, whatever its round. */
  static final String EVERY = "tort";

  /** The word that all lines of a round carry, and only they. */
  static String token(String run, int round) {
    return "r" + run + "x" + round;
  }

  String text() {
    return EVERY + " " + token + " id=" + channel + "." + number + " pad=" + padding() + " eol";
  }

  private String padding() {
    int length = 10 + number * 7 % 150;
    StringBuilder out = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      out.append((char) ('a' + Math.floorMod(number * 31 + channel.hashCode() + i * i, 26)));
    }
    return out.toString();
  }

  /** A syslog message of RFC 5424 with this text. */
  String syslog() {
    return String.format(
        Locale.ROOT, "<134>1 - torture-%s harness %d - - %s", channel, number, text());
  }

  /** Finds the line in a message; empty when there is none, or its padding is not what was sent. */
  static Optional<Line> in(String message) {
    Matcher match = FORM.matcher(message);
    if (!match.find() || match.group(3).length() > 9) {
      return Optional.empty();
    }
    Line line = new Line(match.group(1), match.group(2), Integer.parseInt(match.group(3)));
    return line.padding().equals(match.group(4)) ? Optional.of(line) : Optional.empty();
  }
}
