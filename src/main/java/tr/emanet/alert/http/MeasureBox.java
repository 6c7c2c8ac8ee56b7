package tr.emanet.alert.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Alert;
import tr.emanet.alert.measure.Answers;
import tr.emanet.alert.measure.Evidence;
import tr.emanet.alert.measure.Measure;
import tr.emanet.alert.measure.Subject;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;

/** "Alınan tedbir" of one alert for one reader. One thread only. */
final class MeasureBox {

  private final Reader reader;
  private final Texts texts;
  private final Words words;
  private final Instant now;
  private final Map<String, String> people;
  private final List<Measure> measures;
  private final List<Evidence.Fact> facts;

  MeasureBox(Answers answers, Alert alert, Reader reader, Words words, People people) {
    this.reader = reader;
    this.texts = words.texts();
    this.words = words;
    this.now = people.now();
    this.people = people.names();
    this.measures = new ArrayList<>(answers.measures().of(Subject.alert(alert.number())));
    measures.addAll(answers.measures().of(Subject.indicator(alert.key())));
    this.facts = answers.evidence().of(alert);
  }

  /** Names by id, and the moment of the page. */
  record People(Map<String, String> names, Instant now) {}

  MeasureViews.Box view() {
    List<MeasureViews.Step> steps = new ArrayList<>();
    facts.forEach(fact -> steps.add(fact(fact)));
    measures.stream().filter(m -> !m.open()).forEach(m -> steps.add(step(m)));
    measures.stream().filter(Measure::open).forEach(m -> steps.add(step(m)));
    long done = steps.stream().filter(MeasureViews.Step::done).count();
    return new MeasureViews.Box(
        steps.isEmpty()
            ? texts.get("alert.measure.none")
            : texts.get("alert.measure.steps", done, steps.size()),
        steps.isEmpty() ? "" : done == steps.size() ? "ok" : "medium",
        steps,
        people.entrySet().stream()
            .map(e -> new MeasureViews.Owner(e.getKey(), e.getValue()))
            .toList());
  }

  /** Whether a hit came before the last measure that was taken: answered, after, or empty. */
  String answered(Instant hit) {
    @Nullable Instant last = null;
    for (Measure measure : measures) {
      Instant done = measure.done();
      if (done != null && (last == null || done.isAfter(last))) {
        last = done;
      }
    }
    return last == null ? "" : hit.isAfter(last) ? "after" : "answered";
  }

  private MeasureViews.Step fact(Evidence.Fact fact) {
    String key = "alert.evidence." + fact.code();
    String text = texts.has(key) ? texts.get(key, fact.subject()) : fact.subject();
    return new MeasureViews.Step(
        0,
        true,
        false,
        Reader.visible(text),
        Reader.visible(fact.detail()),
        words.seen(fact.at(), now),
        fact.at().toString());
  }

  private MeasureViews.Step step(Measure measure) {
    Instant done = measure.done();
    Instant due = measure.due();
    Instant shown = done != null ? done : due;
    String owner = people.getOrDefault(measure.owner(), measure.owner());
    String detail = done != null ? owner : texts.get("alert.measure.owner", owner);
    if (!measure.doneText().isEmpty()) {
      detail += " · " + measure.doneText();
    }
    return new MeasureViews.Step(
        measure.id(),
        done != null,
        measure.overdue(now),
        Visible.pieces(reader.text(measure.text())),
        Visible.pieces(reader.text(detail)),
        shown == null ? "" : words.seen(shown, now),
        shown == null ? "" : shown.toString());
  }
}
