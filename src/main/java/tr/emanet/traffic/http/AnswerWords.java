package tr.emanet.traffic.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.traffic.Answer;
import tr.emanet.traffic.Confidence;
import tr.emanet.traffic.Reason;
import tr.emanet.traffic.Span;
import tr.emanet.traffic.Step;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;

/** Puts an answer into the reader's words. Immutable. */
public final class AnswerWords {

  private static final int MAX_LINE = 2_000;

  private final Texts texts;

  public AnswerWords(Texts texts) {
    this.texts = texts;
  }

  /** The answer for page and paper. */
  public AnswerViews.Shown shown(Answer answer) {
    List<AnswerViews.Way> ways = new ArrayList<>();
    for (Answer.Candidate candidate : answer.candidates()) {
      ways.add(way(candidate, ways.size() + 1, answer.candidates().size()));
    }
    List<String> notes = new ArrayList<>();
    if (answer.masked()) {
      notes.add(texts.get("traffic.masked"));
    }
    answer.limits().forEach(limit -> notes.add(texts.get("traffic.limit." + limit)));
    return new AnswerViews.Shown(
        answer.id(),
        answer.question().endpoint(),
        moment(answer.question().at()),
        answer.question().at().toString(),
        Visible.pieces(answer.question().reason()),
        Visible.pieces(answer.askedBy()),
        moment(answer.askedAt()),
        texts.get("traffic.tolerance", answer.tolerance().toSeconds()),
        says(answer),
        answer.ambiguous(),
        notes,
        ways);
  }

  private String says(Answer answer) {
    if (answer.candidates().isEmpty()) {
      return texts.get(answer.complete() ? "traffic.says.nothing" : "traffic.says.nothing-yet");
    }
    return answer.ambiguous()
        ? texts.get("traffic.says.several", answer.candidates().size())
        : texts.get("traffic.says.one");
  }

  private AnswerViews.Way way(Answer.Candidate candidate, int number, int of) {
    List<AnswerViews.Finding> findings = new ArrayList<>();
    Step.Translation t = candidate.translation();
    String address =
        t.port() < 0
            ? t.address()
            : (t.address().indexOf(':') >= 0 ? "[" + t.address() + "]" : t.address())
                + ":"
                + t.port();
    String more =
        t.destination().isEmpty()
            ? t.transport()
            : texts.get("traffic.towards", t.destination(), t.transport());
    findings.add(finding("translation", t, address, more));
    for (Step.Lease lease : candidate.leases()) {
      String name = lease.name();
      findings.add(
          finding(
              "lease", lease, lease.mac(), name == null ? "" : texts.get("traffic.calls", name)));
    }
    for (Step.Holder holder : candidate.holders()) {
      findings.add(
          finding(
              "holder",
              holder,
              holder.user(),
              texts.get("traffic.source." + holder.source().id())));
    }
    List<String> gaps = new ArrayList<>();
    if (candidate.leases().isEmpty()) {
      gaps.add(texts.get("traffic.gap.lease"));
    }
    if (candidate.holders().isEmpty()) {
      gaps.add(texts.get("traffic.gap.holder"));
    }
    return new AnswerViews.Way(
        of == 1 ? texts.get("traffic.way") : texts.get("traffic.way.of", number, of),
        findings,
        gaps);
  }

  private AnswerViews.Finding finding(String kind, Step step, String value, String more) {
    return new AnswerViews.Finding(
        texts.get("traffic.step." + kind),
        Visible.pieces(value),
        Visible.pieces(more),
        span(step.span()),
        tone(step.confidence()),
        texts.get("traffic.confidence." + step.confidence().id()),
        step.reasons().stream().map(this::reason).toList(),
        step.proofs().stream().map(this::proof).toList());
  }

  /** Why, in a sentence. */
  public String reason(Reason reason) {
    List<@Nullable Object> values = new ArrayList<>();
    for (String value : reason.values()) {
      values.add(
          value.matches("[0-9]{1,12}")
              ? texts.formats().span(Duration.ofSeconds(Long.parseLong(value)))
              : Visible.plain(value));
    }
    return texts.get("traffic.reason." + reason.key(), values.toArray());
  }

  private static String tone(Confidence confidence) {
    return switch (confidence) {
      case HIGH -> "ok";
      case MEDIUM -> "medium";
      case LOW -> "critical";
    };
  }

  private String span(Span span) {
    Instant from = span.from();
    Instant until = span.until();
    if (from == null && until == null) {
      return texts.get("traffic.span.seen", moment(span.seen()));
    }
    return texts.get(
        "traffic.span",
        from == null ? texts.get("traffic.span.unknown") : moment(from),
        until == null ? texts.get("traffic.span.open") : moment(until));
  }

  private String moment(Instant at) {
    return texts.formats().dateTime(at);
  }

  private AnswerViews.Proof proof(EventRecord event) {
    String line = line(event);
    Instant at = Instant.ofEpochMilli(event.timestampMillis());
    return new AnswerViews.Proof(
        moment(at), at.toString(), event.position().toString(), Visible.pieces(line));
  }

  static String line(EventRecord event) {
    String line = Visible.decode(event.raw());
    return line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE) + "…";
  }
}
