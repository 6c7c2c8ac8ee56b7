package tr.emanet.job;

import java.util.Locale;

/** How far a job is. */
public enum JobState {
  QUEUED,
  RUNNING,
  DONE,
  /** Ended by a problem, see {@link Job#problem}. */
  FAILED,
  /** A person stopped it. */
  STOPPED;

  /** Whether it will not change any more. */
  public boolean ended() {
    return this == DONE || this == FAILED || this == STOPPED;
  }

  /** The name in store, API and text keys. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static JobState ofId(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
