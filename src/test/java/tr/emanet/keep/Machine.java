package tr.emanet.keep;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A wall clock and a machine's count; time passes for both, setting the clock moves one. */
final class Machine implements InstantSource, BootClock {

  private Instant wall;
  private Duration since = Duration.ofHours(3);
  private int boots = 1;

  Machine(Instant wall) {
    this.wall = wall;
  }

  void pass(Duration time) {
    wall = wall.plus(time);
    since = since.plus(time);
  }

  void set(Duration by) {
    wall = wall.plus(by);
  }

  void reboot(Duration off) {
    wall = wall.plus(off);
    since = Duration.ofSeconds(20);
    boots++;
  }

  @Override
  public Instant instant() {
    return wall;
  }

  @Override
  public Reading read() {
    return new Reading("boot-" + boots, since);
  }
}
