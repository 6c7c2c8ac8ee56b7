package tr.emanet.traffic;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.search.Masking;

/** Puts pseudonyms where an answer holds personal data. */
final class AnswerMask {

  private final Masking masking;

  AnswerMask(Masking masking) {
    this.masking = masking;
  }

  Answer masked(Answer answer) {
    return new Answer(
        answer.id(),
        answer.question(),
        answer.askedBy(),
        answer.askedAt(),
        answer.tolerance(),
        answer.candidates().stream().map(this::candidate).toList(),
        answer.limits(),
        true);
  }

  private Answer.Candidate candidate(Answer.Candidate c) {
    return new Answer.Candidate(
        translation(c.translation()),
        c.leases().stream().map(this::lease).toList(),
        c.holders().stream().map(this::holder).toList());
  }

  private Step.Translation translation(Step.Translation t) {
    return new Step.Translation(
        t.translated(),
        masking.shown(Field.SOURCE_IP.ecsName(), t.address(), List.of()),
        t.port(),
        masking.shown(Field.MESSAGE.ecsName(), t.destination(), List.of()),
        t.transport(),
        t.span(),
        t.confidence(),
        t.reasons(),
        events(t.proofs()));
  }

  private Step.Lease lease(Step.Lease l) {
    // What a device calls itself is often its owner's name.
    String name = l.name();
    return new Step.Lease(
        masking.shown(Field.SOURCE_MAC.ecsName(), l.mac(), List.of()),
        name == null ? null : masking.shown(Field.USER_NAME.ecsName(), name, List.of()),
        l.span(),
        l.confidence(),
        l.reasons(),
        l.proofs().stream().map(e -> hidden(e, name)).toList());
  }

  private Step.Holder holder(Step.Holder h) {
    return new Step.Holder(
        h.source(),
        masking.shown(Field.USER_NAME.ecsName(), h.user(), List.of()),
        h.span(),
        h.confidence(),
        h.source() == Step.Source.INVENTORY ? List.of() : h.reasons(),
        events(h.proofs()));
  }

  private List<EventRecord> events(List<EventRecord> proofs) {
    return proofs.stream().map(masking::masked).toList();
  }

  /** Only the line is left, also without the name that the device gives itself. */
  private EventRecord hidden(EventRecord event, @Nullable String name) {
    EventRecord masked = masking.masked(event);
    if (name == null || name.length() < 2) {
      return masked;
    }
    String line = new String(masked.raw(), StandardCharsets.UTF_8);
    String shown = masking.shown(Field.MESSAGE.ecsName(), line, List.of(name));
    return new EventRecord(
        masked.position(),
        masked.timestampMillis(),
        masked.ingestedMillis(),
        Map.of(),
        shown.getBytes(StandardCharsets.UTF_8),
        masked.source(),
        masked.attributes(),
        masked.flags(),
        masked.parsed());
  }
}
