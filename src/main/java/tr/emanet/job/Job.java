package tr.emanet.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work.
 *
 * @param id rising over all kinds
 * @param kind which work it is, such as {@code hunt}
 * @param subject what it is about, for finding it again, such as {@code revision:12}; may be empty
 * @param owner who started it; {@code -} for the program itself
 * @param input what the work needs, in its own form
 * @param token where the work goes on after an interruption, in its own form; empty: at the begin
 * @param problem why it failed, English; else empty
 */
public record Job(
    long id,
    String kind,
    String subject,
    String owner,
    String input,
    JobState state,
    Progress progress,
    String token,
    Instant queuedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    String problem) {}
