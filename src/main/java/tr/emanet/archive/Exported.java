package tr.emanet.archive;

import java.time.Instant;
import java.time.LocalDate;

/**
 * An archive that was written.
 *
 * @param job its job, and its number
 * @param name its directory below {@code archives} of the state
 * @param manifest SHA-256 of {@code MANIFEST.sha256}
 * @param findings how much was wrong when it was verified after it was written
 * @param report the verifier's lines, cut when there are very many
 */
public record Exported(
    long job,
    String name,
    LocalDate first,
    LocalDate last,
    String owner,
    Instant at,
    long files,
    long bytes,
    String manifest,
    long findings,
    String report) {}
