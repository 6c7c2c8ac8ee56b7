package tr.emanet.backup.seal;

/** Something that the check of a repository against its seals has found. */
public sealed interface SealFinding {

  /** The file, relative to the repository. */
  String object();

  /** What is wrong, a sentence without the file's name, in English. */
  String text();

  /** Whether it is only worth knowing, and nothing is wrong. */
  default boolean isNote() {
    return false;
  }

  /** Sealed, and gone without a seal of its removal. */
  record Missing(String object) implements SealFinding {
    @Override
    public String text() {
      return "is sealed and missing; heal it from another copy";
    }
  }

  /** A sealed snapshot that is gone. */
  record MissingSnapshot(String object) implements SealFinding {
    @Override
    public String text() {
      return "is a sealed snapshot that was taken away without approval";
    }
  }

  /** There, and in no seal: another tool, or a run that was cut. */
  record Foreign(String object) implements SealFinding {
    @Override
    public String text() {
      return "is in no seal: another tool wrote it, or a run was cut";
    }
  }

  /** A snapshot in no seal. */
  record UnsealedSnapshot(String object) implements SealFinding {
    @Override
    public String text() {
      return "is a snapshot without a seal: another tool made it, or a run was cut before its seal";
    }
  }

  /** A stored object with other bytes. */
  record Altered(String object, String text) implements SealFinding {}

  /** A seal that is missing, altered, swapped, or whose signature does not hold. */
  record Broken(String object, String text) implements SealFinding {}

  /** The repository is older than what is kept elsewhere. */
  record RolledBack(String object, String text) implements SealFinding {}

  /** A day without a time stamp. */
  record Unstamped(String object, String text) implements SealFinding {
    @Override
    public boolean isNote() {
      return true;
    }
  }
}
