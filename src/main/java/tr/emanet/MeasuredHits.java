package tr.emanet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.alert.MatchStore;
import tr.emanet.alert.measure.Measures;
import tr.emanet.alert.measure.Steps;
import tr.emanet.indicator.http.Measured;

/** What the measures of alerts say about their indicators. Safe for many threads. */
record MeasuredHits(Measures measures, MatchStore matches) implements Measured {

  private static final int BATCH = 500;

  @Override
  public boolean records() {
    return true;
  }

  @Override
  public Map<String, State> states(Collection<String> keys) {
    Map<String, State> out = new HashMap<>();
    measures.alertsAnswered(keys).forEach((key, steps) -> out.put(key, state(steps)));
    return out;
  }

  private static State state(Steps steps) {
    if (steps.complete()) {
      return State.TAKEN;
    }
    return steps.done() == 0 ? State.MISSING : State.PARTIAL;
  }

  @Override
  public List<String> missing(int limit) {
    List<String> keys = matches.keys(limit);
    List<String> out = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += BATCH) {
      List<String> batch = keys.subList(from, Math.min(keys.size(), from + BATCH));
      Map<String, State> states = states(batch);
      batch.stream().filter(key -> states.get(key) != State.TAKEN).forEach(out::add);
    }
    return out;
  }
}
