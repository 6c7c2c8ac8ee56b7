package tr.emanet.overview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.journal.seal.SealReport;
import tr.emanet.journal.seal.SealStatus;
import tr.emanet.web.Formats;
import tr.emanet.web.Health;
import tr.emanet.web.Texts;

/**
 * The seal in words.
 *
 * @param unsealed how long the newest records can still be changed unnoticed
 * @param authority who stamps days, or that nobody does
 * @param facts names and figures of the tile
 * @param problems in the words of the program, none when all is well
 */
public record SealView(
    Health health,
    String number,
    String unsealed,
    String authority,
    List<SystemView.Line> facts,
    List<WitnessLine> witnesses,
    List<String> problems) {

  private static final int DAYS_SHOWN = 3;
  private static final int KEY_SHOWN = 16;

  public SealView {
    facts = List.copyOf(facts);
    witnesses = List.copyOf(witnesses);
    problems = List.copyOf(problems);
  }

  /** One second place. */
  public record WitnessLine(String name, Health health, String state, String problem) {}

  static SealView of(SealReport report, Texts texts) {
    SealStatus seal = report.seal();
    Formats formats = texts.formats();
    List<String> problems = new ArrayList<>(seal.findings());
    if (!seal.problem().isEmpty()) {
      problems.add(seal.problem());
    }
    if (!report.rootProblem().isEmpty()) {
      problems.add(report.rootProblem());
    }
    report.unstamped().stream()
        .filter(d -> !d.problem().isEmpty())
        .limit(DAYS_SHOWN)
        .forEach(d -> problems.add(d.day() + ": " + d.problem()));
    Instant at = seal.at();
    List<SystemView.Line> facts = new ArrayList<>();
    line(facts, texts, "at", at == null ? "–" : formats.dateTime(at));
    line(
        facts,
        texts,
        "stamped",
        report.stampedDay() == null
            ? "–"
            : formats.date(report.stampedDay().atStartOfDay(formats.zone()).toInstant()));
    line(facts, texts, "unstamped", formats.number(report.unstampedDays()));
    if (!report.credits().isEmpty()) {
      line(facts, texts, "credits", report.credits());
    }
    String key = report.key().id();
    if (!key.isEmpty()) {
      line(facts, texts, "key", key.substring(0, Math.min(KEY_SHOWN, key.length())) + "…");
      line(facts, texts, "ends", formats.date(report.key().notAfter()));
    }
    line(facts, texts, "gaps", formats.number(seal.gaps().size()));
    return new SealView(
        health(report),
        formats.number(seal.number()),
        formats.span(seal.unsealed()),
        report.authority().isEmpty() ? texts.get("system.seal.nobody") : report.authority(),
        facts,
        report.witnesses().stream().map(w -> witness(w, texts)).toList(),
        problems);
  }

  /** Broken: something sealed was changed, or nothing is sealed any more. */
  static Health health(SealReport report) {
    if (!report.seal().findings().isEmpty() || report.seal().late()) {
      return Health.BROKEN;
    }
    boolean trouble =
        !report.seal().problem().isEmpty()
            || !report.rootProblem().isEmpty()
            || report.unstamped().stream().anyMatch(d -> !d.problem().isEmpty())
            || report.witnesses().stream().anyMatch(w -> !w.problem().isEmpty());
    return trouble ? Health.ATTENTION : Health.OK;
  }

  private static void line(List<SystemView.Line> out, Texts texts, String name, String value) {
    out.add(new SystemView.Line(texts.get("system.seal." + name), value));
  }

  private static WitnessLine witness(SealReport.WitnessStatus w, Texts texts) {
    return new WitnessLine(
        w.name(),
        w.problem().isEmpty() ? Health.OK : Health.ATTENTION,
        texts.get(
            "system.seal.witness.state",
            texts.formats().number(w.delivered()),
            texts.formats().number(w.waiting()),
            texts.formats().number(w.failures())),
        w.problem());
  }
}
