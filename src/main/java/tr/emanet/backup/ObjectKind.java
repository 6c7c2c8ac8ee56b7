package tr.emanet.backup;

/** The classes of objects in a repository, each in a directory of its own. */
public enum ObjectKind {
  CONFIG(""),
  KEY("keys"),
  DATA("data"),
  INDEX("index"),
  SNAPSHOT("snapshots"),
  LOCK("locks");

  private final String directory;

  ObjectKind(String directory) {
    this.directory = directory;
  }

  /** Where they lie below the root of the repository; empty for the one that is a file. */
  public String directory() {
    return directory;
  }
}
