package tr.emanet.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a question.
 *
 * @param id names the answer for as long as it is kept
 * @param tolerance by how much clocks of two devices may differ
 * @param candidates the likeliest first; empty when nothing is known
 * @param limits what was not read or left out: last parts of {@code traffic.limit.<key>}
 * @param masked whether personal data are pseudonyms
 */
public record Answer(
    String id,
    Question question,
    String askedBy,
    Instant askedAt,
    Duration tolerance,
    List<Candidate> candidates,
    List<String> limits,
    boolean masked) {

  public Answer {
    candidates = List.copyOf(candidates);
    limits = List.copyOf(limits);
  }

  /**
   * One possible way from the address to persons.
   *
   * @param leases the likeliest first
   * @param holders the likeliest first
   */
  public record Candidate(
      Step.Translation translation, List<Step.Lease> leases, List<Step.Holder> holders) {
    public Candidate {
      leases = List.copyOf(leases);
      holders = List.copyOf(holders);
    }
  }

  /** Whether more than one inside address is possible, or one has several devices or persons. */
  public boolean ambiguous() {
    return candidates.size() > 1
        || candidates.stream()
            .anyMatch(
                c ->
                    c.leases().size() > 1
                        || c.holders().stream().map(Step.Holder::user).distinct().count() > 1);
  }

  /** Whether all was read that could tell. */
  public boolean complete() {
    return limits.isEmpty();
  }
}
