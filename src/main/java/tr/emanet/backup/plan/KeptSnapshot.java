package tr.emanet.backup.plan;

/**
 * A snapshot that retention has not removed.
 *
 * @param run the run that made it; its id is the number under which people know the snapshot
 * @param job name of the job, also of one that was removed from the list
 * @param systems what the job protects, as its owner wrote it
 */
public record KeptSnapshot(RunRecord run, String job, String systems) {

  /** The number that people see. */
  public long number() {
    return run.id();
  }
}
