package tr.emanet.traffic;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.IpAddress;
import tr.emanet.event.Principal;
import tr.emanet.search.EventSearch;
import tr.emanet.search.Masking;

/**
 * Answers who was behind an outside address and port at an instant. Each question is one entry in
 * the audit chain, written before anything is read; answers are kept for a while for the person who
 * asked, so that the same answer can be printed and signed. Safe for many threads.
 */
public final class LookUp {

  /** The action in the audit chain. */
  public static final String ACTION = "traffic.lookup";

  private static final int KEPT = 64;
  private static final int MOST_CANDIDATES = 10;
  private static final Duration KEPT_FOR = Duration.ofHours(1);

  /**
   * How far is read around the instant.
   *
   * @param tolerance by how much clocks of two devices may differ
   * @param connection longest connection whose begin or end is not logged
   * @param untranslated how far the address is looked for as nobody's translation
   * @param lease longest lease
   * @param session longest session at a hotspot
   * @param login how long a log-in counts for the address it came from
   */
  public record Limits(
      Duration tolerance,
      Duration connection,
      Duration untranslated,
      Duration lease,
      Duration session,
      Duration login) {

    /** The shipped limits; eight days is what Windows gives a lease. */
    public static final Limits DEFAULT =
        new Limits(
            Duration.ofMinutes(2),
            Duration.ofHours(24),
            Duration.ofMinutes(10),
            Duration.ofDays(8),
            Duration.ofHours(24),
            Duration.ofHours(12));
  }

  /** A device of the inventory. */
  public record Device(String name, String unit, String owner) {}

  /** What became of a question. */
  public sealed interface Outcome {

    record Answered(Answer answer) implements Outcome {}

    /**
     * Not answered.
     *
     * @param problem last part of the text key {@code traffic.refused.<problem>}
     */
    record Refused(String problem) implements Outcome {}
  }

  /**
   * What it is made of.
   *
   * @param search in clear and without an audit of its own
   * @param inventory finds a device by address or name; null: unknown
   * @param ids makes names of answers that nobody guesses
   */
  public record Parts(
      EventSearch search,
      Masking masking,
      AuditLog audit,
      Function<String, @Nullable Device> inventory,
      Supplier<String> ids,
      InstantSource clock) {}

  private record Kept(String owner, Answer answer) {}

  private final Parts parts;
  private final Limits limits;
  private final Map<String, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, false) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > KEPT;
        }
      };

  public LookUp(Parts parts, Limits limits) {
    this.parts = parts;
    this.limits = limits;
  }

  /** Looks up; takes some seconds at most. */
  public Outcome ask(Question question, Principal who) throws IOException {
    byte[] address = IpAddress.parse(question.address());
    if (address == null) {
      return new Outcome.Refused("address");
    }
    if (!who.readsUnmasked() && parts.masking().own(address)) {
      // The pseudonym in the answer would give away whom the clear address belongs to.
      return new Outcome.Refused("own");
    }
    Instant now = parts.clock().instant();
    if (question.at().isAfter(now.plus(limits.tolerance()))) {
      return new Outcome.Refused("future");
    }
    parts
        .audit()
        .record(
            who,
            ACTION,
            Map.of(
                "endpoint", question.endpoint(),
                "at", question.at().toString(),
                "reason", question.reason(),
                "masked", Boolean.toString(!who.readsUnmasked())));
    TrafficEvents events = new TrafficEvents(parts.search(), who, parts.clock());
    List<Answer.Candidate> candidates = new ArrayList<>();
    List<Step.Translation> found = new Translations(events, question, limits).find();
    if (found.size() > MOST_CANDIDATES) {
      events.limit("candidates");
    }
    Leases leases = new Leases(events, limits);
    Holders holders = new Holders(events, limits, parts.inventory());
    for (Step.Translation translation : found.subList(0, Math.min(found.size(), MOST_CANDIDATES))) {
      List<Step.Lease> devices =
          leases.find(translation.address(), question.at(), translation.proofs());
      candidates.add(
          new Answer.Candidate(
              translation, devices, holders.find(translation, devices, question.at())));
    }
    Answer answer =
        new Answer(
            parts.ids().get(),
            question,
            who.id(),
            now,
            limits.tolerance(),
            candidates,
            events.limits(),
            false);
    Answer shown = who.readsUnmasked() ? answer : new AnswerMask(parts.masking()).masked(answer);
    keep(who, shown);
    return new Outcome.Answered(shown);
  }

  private void keep(Principal who, Answer answer) {
    synchronized (kept) {
      kept.put(answer.id(), new Kept(who.id(), answer));
    }
  }

  /** An answer as it was given; only for who asked, and not for long. */
  public Optional<Answer> given(String id, Principal who) {
    synchronized (kept) {
      Kept found = kept.get(id);
      if (found == null
          || !found.owner().equals(who.id())
          || found.answer().masked() == who.readsUnmasked()
          || found.answer().askedAt().plus(KEPT_FOR).isBefore(parts.clock().instant())) {
        return Optional.empty();
      }
      return Optional.of(found.answer());
    }
  }
}
