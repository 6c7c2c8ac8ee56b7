package tr.emanet.backup.proof;

/**
 * How much of a snapshot a drill restores: random files until either bound is reached. Dumps of
 * databases that were counted at the backup are always among them.
 *
 * @param files the most files, 0 for no bound
 * @param bytes the most bytes, at least 1
 */
public record DrillScope(long files, long bytes) {

  /** The whole snapshot. */
  public static final DrillScope ALL = new DrillScope(0, Long.MAX_VALUE);

  public DrillScope {
    if (files < 0 || bytes < 1) {
      throw new IllegalArgumentException(files + " files, " + bytes + " bytes");
    }
  }

  /** Whether nothing is left out. */
  public boolean whole() {
    return files == 0 && bytes == Long.MAX_VALUE;
  }
}
