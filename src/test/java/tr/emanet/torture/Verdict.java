package tr.emanet.torture;

import java.util.ArrayList;
import java.util.List;

/**
 * What a comparison found.
 *
 * @param sent TCP lines whose write began
 * @param acknowledged MQTT lines that the broker acknowledged to the publisher
 * @param stored lines that the service shows
 * @param lost acknowledged MQTT lines that are not shown
 * @param duplicates showings beyond the first
 * @param gaps TCP lines missing before a later one of the same connection
 * @param foreign lines shown that nobody sent
 * @param altered events of the round whose text is not one that was sent
 * @param unheard MQTT lines for which the broker knew no subscriber: the session was gone
 * @param examples some of the above in words
 */
record Verdict(
    int sent,
    int acknowledged,
    int stored,
    int lost,
    int duplicates,
    int gaps,
    int foreign,
    int altered,
    int unheard,
    List<String> examples) {

  static final Verdict NOTHING = new Verdict(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

  Verdict {
    examples = List.copyOf(examples);
  }

  /** Whether every promise was kept. */
  boolean kept() {
    return lost == 0
        && duplicates == 0
        && gaps == 0
        && foreign == 0
        && altered == 0
        && unheard == 0;
  }

  /** Whether waiting a little longer might still help: something is missing, nothing is wrong. */
  boolean incomplete() {
    return lost > 0 || gaps > 0;
  }

  Verdict plus(Verdict other) {
    List<String> all = new ArrayList<>(examples);
    all.addAll(other.examples);
    return new Verdict(
        sent + other.sent,
        acknowledged + other.acknowledged,
        stored + other.stored,
        lost + other.lost,
        duplicates + other.duplicates,
        gaps + other.gaps,
        foreign + other.foreign,
        altered + other.altered,
        unheard + other.unheard,
        all);
  }
}
