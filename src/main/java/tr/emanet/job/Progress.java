package tr.emanet.job;

/**
 * How far a job is.
 *
 * @param done steps done
 * @param total steps in all, 0 while nobody knows; never below {@code done}
 * @param note what is being done, English and short; may be empty
 */
public record Progress(long done, long total, String note) {

  private static final int MAX_NOTE = 200;

  /** Nothing done, nothing known. */
  public static final Progress NONE = new Progress(0, 0, "");

  public Progress {
    done = Math.max(0, done);
    total = total <= 0 ? 0 : Math.max(done, total);
    note = note.length() <= MAX_NOTE ? note : note.substring(0, MAX_NOTE);
  }

  /** 0 to 100; 0 while the total is not known. */
  public int percent() {
    return total == 0 ? 0 : (int) Math.clamp(done * 100.0 / total, 0, 100);
  }
}
