package tr.emanet.backup.restic;

/** What a blob holds. */
enum BlobType {
  DATA("data"),
  TREE("tree");

  private final String word;

  BlobType(String word) {
    this.word = word;
  }

  /** How index files call it. */
  String word() {
    return word;
  }
}
