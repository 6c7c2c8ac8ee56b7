package tr.emanet.alert.measure;

/** How many steps of a subject are done, of how many. */
public record Steps(long done, long all) {

  /** Nothing was written yet. */
  public static final Steps NONE = new Steps(0, 0);

  /** Whether anything was written and all of it is done. */
  public boolean complete() {
    return all > 0 && done == all;
  }
}
