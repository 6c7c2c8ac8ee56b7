package tr.emanet.traffic.http;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.traffic.Answer;
import tr.emanet.traffic.Step;

/** An answer as programs read it. */
final class AnswerJson {

  private final AnswerWords words;

  AnswerJson(AnswerWords words) {
    this.words = words;
  }

  Map<String, @Nullable Object> of(Answer answer) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", answer.id());
    out.put("endpoint", answer.question().endpoint());
    out.put("at", answer.question().at().toString());
    out.put("reason", answer.question().reason());
    out.put("asked_by", answer.askedBy());
    out.put("asked_at", answer.askedAt().toString());
    out.put("tolerance_seconds", answer.tolerance().toSeconds());
    out.put("masked", answer.masked());
    out.put("complete", answer.complete());
    out.put("limits", answer.limits());
    out.put("ambiguous", answer.ambiguous());
    out.put("candidates", answer.candidates().stream().map(this::candidate).toList());
    return out;
  }

  private Map<String, @Nullable Object> candidate(Answer.Candidate candidate) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    Step.Translation t = candidate.translation();
    Map<String, @Nullable Object> translation = new LinkedHashMap<>();
    translation.put("translated", t.translated());
    translation.put("address", t.address());
    translation.put("port", t.port() < 0 ? null : t.port());
    translation.put("destination", t.destination());
    translation.put("transport", t.transport());
    out.put("translation", step(translation, t));
    out.put(
        "leases",
        candidate.leases().stream()
            .map(
                lease -> {
                  Map<String, @Nullable Object> one = new LinkedHashMap<>();
                  one.put("mac", lease.mac());
                  one.put("name", lease.name());
                  return step(one, lease);
                })
            .toList());
    out.put(
        "holders",
        candidate.holders().stream()
            .map(
                holder -> {
                  Map<String, @Nullable Object> one = new LinkedHashMap<>();
                  one.put("user", holder.user());
                  one.put("source", holder.source().id());
                  return step(one, holder);
                })
            .toList());
    return out;
  }

  private Map<String, @Nullable Object> step(Map<String, @Nullable Object> out, Step step) {
    out.put("from", string(step.span().from()));
    out.put("until", string(step.span().until()));
    out.put("seen", step.span().seen().toString());
    out.put("confidence", step.confidence().id());
    out.put(
        "reasons",
        step.reasons().stream()
            .map(reason -> Map.of("key", reason.key(), "text", words.reason(reason)))
            .toList());
    out.put("proofs", step.proofs().stream().map(AnswerJson::proof).toList());
    return out;
  }

  private static Map<String, Object> proof(EventRecord event) {
    return Map.of(
        "position", event.position().toString(),
        "at", Instant.ofEpochMilli(event.timestampMillis()).toString(),
        "line", AnswerWords.line(event));
  }

  private static @Nullable String string(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
