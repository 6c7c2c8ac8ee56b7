package tr.emanet.search.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.search.TimeExpression;
import tr.emanet.search.http.SearchViews.Preset;
import tr.emanet.search.http.SearchViews.TimeView;
import tr.emanet.web.Formats;
import tr.emanet.web.Texts;

/** Says in words which range is meant and how it was understood. Immutable. */
final class TimeViews {

  /** Name of the text key, start, end. */
  private static final List<List<String>> PRESETS =
      List.of(
          List.of("15m", "-15m", "now"),
          List.of("1h", "-1h", "now"),
          List.of("4h", "-4h", "now"),
          List.of("24h", "-24h", "now"),
          List.of("today", "today", "now"),
          List.of("yesterday", "yesterday", "yesterday"),
          List.of("7d", "-7d", "now"),
          List.of("30d", "-30d", "now"));

  private final Texts texts;
  private final Formats formats;

  TimeViews(Texts texts) {
    this.texts = texts;
    this.formats = texts.formats();
  }

  TimeView view(SearchState state, SearchCall call) {
    List<Preset> presets = new ArrayList<>();
    String name = "";
    for (List<String> preset : PRESETS) {
      boolean current = preset.get(1).equals(state.from()) && preset.get(2).equals(state.to());
      String label = texts.get("search.time." + preset.get(0));
      presets.add(new Preset(label, state.withRange(preset.get(1), preset.get(2)).url(), current));
      name = current ? label : name;
    }
    TimeExpression.Range range = call.range();
    TimeExpression.Resolved.Bad bad = call.timeProblem();
    String error =
        bad == null
            ? null
            : texts.get(bad.end() ? "search.time.bad.end" : "search.time.bad.start", bad.text());
    if (range == null) {
      return new TimeView(
          texts.get("search.time.unclear"), "", false, error, presets, state.from(), state.to());
    }
    return new TimeView(
        name,
        resolved(range),
        range.swapped(),
        error,
        presets,
        input(state.from(), range.range().fromMillis()),
        input(state.to(), range.moving() && !range.swapped() ? null : range.range().toMillis()));
  }

  private String resolved(TimeExpression.Range range) {
    return formats.shortMoment(Instant.ofEpochMilli(range.range().fromMillis()))
        + " – "
        + (range.moving() && !range.swapped()
            ? texts.get("search.time.now")
            : formats.shortMoment(Instant.ofEpochMilli(range.range().toMillis())));
  }

  /** Words stay words in the inputs, instants are written as dates. */
  private String input(String typed, @Nullable Long millis) {
    if (millis == null) {
      return texts.get("search.time.now");
    }
    return typed.matches("\\d{12,14}") ? formats.dateTime(Instant.ofEpochMilli(millis)) : typed;
  }
}
