package tr.emanet.indicator;

/**
 * When a fetch waits for approval.
 *
 * @param share more changes than this part of the list in force wait, 0 to 1
 * @param floor so many changes never wait, whatever their share
 * @param maxRows most rows of one feed
 */
public record RevisionRules(double share, int floor, int maxRows) {

  /** A tenth, fifty rows, two million rows. */
  public static final RevisionRules DEFAULT = new RevisionRules(0.10, 50, 2_000_000);

  /** Whether so many changes never wait. */
  boolean few(int changes) {
    return changes <= floor;
  }

  boolean tooMuch(int changes, int before) {
    return before > 0 && !few(changes) && changes > share * before;
  }
}
