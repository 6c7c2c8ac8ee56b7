package tr.emanet.keep;

import java.util.Optional;

/**
 * How far one look of retention is, and whether somebody asked it to stop. What has its record when
 * it stops is destroyed; everything else stays until the next look. Safe for many threads.
 */
public final class DestructionRound {

  /**
   * How far it is.
   *
   * @param done expired segments that were looked at
   * @param total all of them
   */
  public record Standing(int done, int total) {

    /** 0 to 100. */
    public int percent() {
      return total == 0 ? 0 : (int) (100L * done / total);
    }
  }

  private boolean runs;
  private boolean stopped;
  private int done;
  private int total;

  synchronized void begin(int expired) {
    runs = expired > 0;
    stopped = false;
    done = 0;
    total = expired;
  }

  synchronized void step() {
    done++;
  }

  synchronized void end() {
    runs = false;
  }

  synchronized boolean stopped() {
    return stopped;
  }

  /** Asks for the end; false when nothing is destroyed now. */
  synchronized boolean stop() {
    stopped |= runs;
    return runs;
  }

  /** How far it is; empty while nothing has expired. */
  public synchronized Optional<Standing> standing() {
    return runs ? Optional.of(new Standing(done, total)) : Optional.empty();
  }
}
