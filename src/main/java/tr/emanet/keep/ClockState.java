package tr.emanet.keep;

import java.time.Duration;
import java.time.Instant;

/** Whether the wall clock may decide what is destroyed. */
public sealed interface ClockState {

  /** It has run as evenly as the machine's own count since it was last believed. */
  record Believed() implements ClockState {}

  /**
   * It was set, or the machine was off for so long that nobody can tell.
   *
   * @param expected what it should have shown
   * @param shown what it showed
   * @param restarted whether the machine was started anew in between
   */
  record Jumped(Instant expected, Instant shown, boolean restarted) implements ClockState {

    /** How far it is off, negative when it was set back. */
    public Duration by() {
      return Duration.between(expected, shown);
    }
  }
}
