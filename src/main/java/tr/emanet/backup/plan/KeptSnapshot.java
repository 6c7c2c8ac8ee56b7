package tr.emanet.backup.plan;

/**
 * A snapshot that retention has not removed.
 *
 * @param run the run that made it; its id is the number under which people know the snapshot
 * @param job name of the job, also of one that was removed from the list
 * @param systems what the job protects, as its owner wrote it
 */
public record KeptSnapshot(RunRecord run, String job, String systems) {

  /** Numbers from here on are of snapshots that no run of ours made; exact in any JSON reader. */
  private static final long FOREIGN = 1L << 52;

  /** The number of a snapshot of another tool: it says the same tomorrow. */
  public static long foreignNumber(String snapshot) {
    return FOREIGN | Long.parseUnsignedLong(snapshot.substring(0, 13), 16) & FOREIGN - 1;
  }

  /** Whether a number is one of another tool's snapshot. */
  public static boolean foreign(long number) {
    return number >= FOREIGN;
  }

  /** Whether another tool made it: no run, no figures, no judgement. */
  public boolean foreign() {
    return foreign(number());
  }

  /** As people read it: the number, or the first digits of what another tool made. */
  public static String label(long number, String snapshot, String shown) {
    return foreign(number) ? snapshot.substring(0, Math.min(8, snapshot.length())) : "#" + shown;
  }

  /** The number that people see. */
  public long number() {
    return run.id();
  }
}
