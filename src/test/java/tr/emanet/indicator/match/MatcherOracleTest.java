package tr.emanet.indicator.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tr.emanet.event.Event;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;

/** The matcher finds exactly what the naive one finds, for random and for nasty values. */
class MatcherOracleTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void findsExactlyWhatTheNaiveMatcherFinds(long seed) {
    Random dice = new Random(seed);
    Event event = new Event();
    CurrentSet current = new CurrentSet();
    EventMatcher matcher = new EventMatcher(current);
    int hits = 0;
    for (int round = 0; round < 80; round++) {
      List<Listed> listed = NastyEvents.listed(dice);
      IndicatorSet.Builder builder = new IndicatorSet.Builder(dice.nextLong());
      listed.forEach(l -> builder.add(l.id(), l.value(), l.from(), l.until()));
      current.replace(builder.build());
      NaiveMatcher naive = new NaiveMatcher(listed);
      for (int i = 0; i < 40; i++) {
        NastyEvents.fill(dice, event);
        Map<Long, Boolean> found = new TreeMap<>();
        int count =
            matcher.match(
                event,
                (id, field, source, from, to, weak) -> {
                  assertThat(found.put(id, weak)).as("once").isNull();
                  assertThat(from).isLessThan(to);
                  assertThat(to).isLessThanOrEqualTo(source.length);
                });

        String shown = new String(event.text(), StandardCharsets.UTF_8);
        assertThat(found)
            .as("%s | %s | %s", shown, EventRecord.of(new Position("t", 1), event).fields(), listed)
            .isEqualTo(naive.match(event));
        assertThat(count).isEqualTo(found.size());
        hits += count;
      }
    }
    assertThat(hits).isGreaterThan(1000);
  }
}
