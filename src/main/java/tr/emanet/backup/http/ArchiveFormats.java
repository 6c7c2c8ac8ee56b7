package tr.emanet.backup.http;

import java.util.Locale;
import tr.emanet.backup.restore.SnapshotArchive;

/** The formats of downloads, as people name them. */
final class ArchiveFormats {

  private ArchiveFormats() {}

  /** The format that a person named; zip when it is none of ours. */
  static SnapshotArchive.Format of(String word) {
    return word.toLowerCase(Locale.ROOT).equals("tar")
        ? SnapshotArchive.Format.TAR
        : SnapshotArchive.Format.ZIP;
  }
}
