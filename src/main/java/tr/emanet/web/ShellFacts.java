package tr.emanet.web;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the top bar shows; the root implements it. Called for every page, so answers must come from
 * memory. Safe for many threads.
 */
public interface ShellFacts {

  /** Institution and unit, such as {@code Örnek Belediyesi · SOME}. */
  String institution();

  /** Records received a second, averaged over the last ten seconds. */
  long eventsPerSecond();

  /** Health of intake: the shape before the rate. */
  Health intake();

  /** The job that runs now, if any. */
  Optional<RunningJob> job();

  /** Alerts that nobody has acknowledged: the number at the rail. */
  default long newAlerts() {
    return 0;
  }

  /** When it was last proven that backups come back. */
  default Proven proven() {
    return Proven.NEVER;
  }

  Instant now();

  /** The one zone in which the institution counts its days. */
  ZoneId zone();

  /**
   * The proof of backups.
   *
   * @param at when a restore was last tried and found good; null for never
   * @param trouble whether a job is not proven, or too long ago
   */
  record Proven(@Nullable Instant at, boolean trouble) {

    public static final Proven NEVER = new Proven(null, true);
  }

  /**
   * A running job.
   *
   * @param key text key of its name, which may have a place for the number
   * @param number which one of its kind
   * @param percent 0 to 100, or -1 when nobody can say
   * @param href page of the job
   */
  record RunningJob(String key, long number, int percent, String href) {}
}
