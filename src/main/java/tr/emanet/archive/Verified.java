package tr.emanet.archive;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What a verification of some days of the journal found.
 *
 * @param code of the verifier: 0 nothing wrong, 1 something, above that it could not be checked
 * @param report the verifier's lines, cut when there are very many
 */
public record Verified(
    long job,
    LocalDate first,
    LocalDate last,
    String owner,
    Instant at,
    int code,
    long findings,
    long notes,
    String report) {

  /** Whether everything was as it was sealed. */
  public boolean sound() {
    return code == 0;
  }

  boolean covers(LocalDate day) {
    return !day.isBefore(first) && !day.isAfter(last);
  }
}
