package tr.emanet.backup.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says whether a snapshot looks like the ones before it, or like what an attacker leaves behind.
 * Pure functions.
 *
 * <p>Encryption shows as two things at once: files that were there have other bytes, and these
 * bytes do not compress. New archives and pictures do not compress either, but leave the other
 * files alone; a release that touches every file compresses as before. Beside a large dump the
 * bytes of the files do not count for much, and an attacker may go slowly: so files that look
 * encrypted and stand in place of others are counted, too, and added up over the last runs.
 */
public final class Guard {

  /** With fewer files than this, shares of files say nothing. */
  private static final int ENOUGH_FILES = 20;

  /** With fewer bytes than this, sizes say nothing. */
  private static final long ENOUGH_BYTES = 4096;

  /** A snapshot of less than so much of the usual is too small. */
  private static final double SHRUNK = 0.5;

  /** So much of the files that were there being other ones, with bytes that do not compress. */
  private static final double ENCRYPTED_CHURN = 0.2;

  /**
   * New data that keeps more than this of its size under compression has no pattern left; the
   * directories among it do compress.
   */
  private static final double RANDOM = 0.85;

  /** So much of the files being other ones is a jump, whatever is in them. */
  private static final double CHURN = 0.6;

  private static final int LOOKS_BACK = 7;

  /** Runs that add up, the one that is judged among them. */
  private static final int SLOW_RUNS = 20;

  /** So few files of a run, or so small a share, are what people do, and do not add up. */
  private static final int SLOW_FILES = 5;

  private static final double SLOW_SHARE = 0.01;

  /** What a guard does not like. */
  public enum Finding {
    TOO_SMALL,
    TOO_FEW,
    ENCRYPTED,
    CHURN;

    /** The name in store, API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Finding ofId(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  private Guard() {}

  /**
   * Judges a run.
   *
   * @param before good runs of the job, the newest first; without one nothing is suspicious
   * @param since those of them that are newer than the last one that was suspicious
   */
  public static List<Finding> judge(
      RunRecord.Figures now, List<RunRecord.Figures> before, List<RunRecord.Figures> since) {
    List<Finding> out = new ArrayList<>();
    if (before.isEmpty()) {
      return out;
    }
    List<RunRecord.Figures> recent = before.subList(0, Math.min(LOOKS_BACK, before.size()));
    long usualBytes = median(recent.stream().mapToLong(RunRecord.Figures::bytes).toArray());
    long usualFiles = median(recent.stream().mapToLong(RunRecord.Figures::files).toArray());
    if (usualBytes >= ENOUGH_BYTES && now.bytes() < usualBytes * SHRUNK) {
      out.add(Finding.TOO_SMALL);
    }
    if (usualFiles >= ENOUGH_FILES && now.files() < usualFiles * SHRUNK) {
      out.add(Finding.TOO_FEW);
    }
    double churn = churn(now, before.getFirst());
    if (before.getFirst().files() >= ENOUGH_FILES && now.fresh() >= ENOUGH_BYTES) {
      boolean random = now.stored() >= now.fresh() * RANDOM;
      if (churn >= ENCRYPTED_CHURN && random || replaced(now, before, since)) {
        out.add(Finding.ENCRYPTED);
      } else if (churn >= CHURN && now.fresh() >= before.getFirst().bytes() * SHRUNK) {
        out.add(Finding.CHURN);
      }
    }
    return out;
  }

  /** Whether encrypted files have taken the place of others, at once or run by run. */
  private static boolean replaced(
      RunRecord.Figures now, List<RunRecord.Figures> before, List<RunRecord.Figures> since) {
    long sum = struck(now, before.getFirst());
    if (sum == 0) {
      return false;
    }
    for (int i = 0; i + 1 < Math.min(SLOW_RUNS, since.size()); i++) {
      sum += struck(since.get(i), since.get(i + 1));
    }
    return sum >= before.getFirst().files() * ENCRYPTED_CHURN;
  }

  /** Files that were there before and may stand encrypted now; 0 when they are few. */
  private static long struck(RunRecord.Figures now, RunRecord.Figures before) {
    long gone = Math.max(0, before.files() - now.unchanged());
    long struck = Math.min(gone, now.scrambled());
    return struck >= Math.max(SLOW_FILES, before.files() * SLOW_SHARE) ? struck : 0;
  }

  /** The share of the files of the run before that are not there unchanged any more, 0 to 1. */
  public static double churn(RunRecord.Figures now, RunRecord.Figures before) {
    if (before.files() == 0) {
      return 0;
    }
    return Math.clamp(1 - (double) now.unchanged() / before.files(), 0, 1);
  }

  private static long median(long[] values) {
    java.util.Arrays.sort(values);
    return values[values.length / 2];
  }
}
