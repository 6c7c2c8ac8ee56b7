package tr.emanet.backup.http;

import java.util.List;
import java.util.Locale;

/** The pages of backups, in the order of their tabs. */
public enum BackupTabs {
  JOBS("/backups"),
  SNAPSHOTS("/backups/snapshots"),
  DRILLS("/backups/drills"),
  TARGETS("/backups/targets"),
  KEYS("/backups/keys"),
  MEDIA("/backups/media");

  private final String url;

  BackupTabs(String url) {
    this.url = url;
  }

  /** Those that have a page. */
  public static List<BackupTabs> shown() {
    return List.of(JOBS, SNAPSHOTS, DRILLS, TARGETS, KEYS);
  }

  public String url() {
    return url;
  }

  /** The name in text keys. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
