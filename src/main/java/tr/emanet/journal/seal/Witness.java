package tr.emanet.journal.seal;

import java.io.IOException;
import java.time.Instant;

/**
 * A second place that keeps checkpoints, so that whoever rules this machine cannot take them back.
 * Called by one thread.
 */
public interface Witness {

  /**
   * What is handed over.
   *
   * @param digest SHA-256 of the statement, in hex
   */
  record Entry(long number, Instant time, String digest, byte[] statement, byte[] signature) {

    /** The one line for places that keep lines. */
    public String line() {
      return "emanet-checkpoint " + number + ' ' + Checkpoint.time(time) + ' ' + digest;
    }

    /** File name of the statement; its signature's ends in {@code .p7s} too. */
    public String fileName() {
      String digits = Long.toString(number);
      return "0".repeat(Math.max(0, 12 - digits.length())) + digits + SealPaths.STATEMENT;
    }
  }

  /** Its kind and where it is, without secrets; unique. */
  String name();

  /**
   * Hands one checkpoint over; returns when it is there as far as can be known.
   *
   * @throws IOException when it is not; it is tried again
   */
  void hand(Entry entry) throws IOException;
}
