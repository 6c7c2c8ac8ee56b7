package tr.emanet.backup.recover;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.plan.KeptSnapshot;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restore.RestoreProgress;
import tr.emanet.backup.restore.SnapshotArchive;
import tr.emanet.backup.restore.SnapshotFile;
import tr.emanet.backup.restore.SnapshotPath;
import tr.emanet.event.Principal;

/** Opens downloads, audits them, and lets go of those that nobody comes for. Any thread. */
final class SnapshotDownloads {

  /** A browser comes at once; a request of the headers only never does. */
  static final Duration WAITS = Duration.ofMinutes(2);

  private static final int MAX_SELECTED = 1000;

  /** 1 TiB: whoever needs more restores. */
  private static final long MAX_ARCHIVE = 1L << 40;

  private final SnapshotShelf shelf;
  private final AuditLog audit;
  private final Set<SnapshotDownload> waiting = ConcurrentHashMap.newKeySet();

  /** What is made of a snapshot of a repository that is open and locked. */
  private interface Maker {
    SnapshotDownload of(Repository repository, RepositoryLock lock, Snapshot snapshot)
        throws IOException;
  }

  SnapshotDownloads(SnapshotShelf shelf, AuditLog audit) {
    this.shelf = shelf;
    this.audit = audit;
  }

  private Instant now() {
    return shelf.clock().instant();
  }

  private SnapshotDownload open(KeptSnapshot kept, Maker maker) throws IOException {
    Repository repository = shelf.openOwn(kept.run().repository());
    RepositoryLock lock = null;
    try {
      lock = RepositoryLock.take(repository, false, shelf.clock());
      SnapshotDownload made =
          maker.of(repository, lock, Snapshot.find(repository, kept.run().snapshot()));
      boolean ignored = waiting.add(made);
      return made;
    } catch (IOException | RuntimeException e) {
      try {
        if (lock != null) {
          lock.close();
        }
      } finally {
        repository.close();
      }
      throw e;
    }
  }

  SnapshotDownload file(Principal who, KeptSnapshot kept, SnapshotPath path) throws IOException {
    return open(
        kept,
        (repository, lock, snapshot) -> {
          SnapshotFile file = SnapshotFile.open(repository, snapshot, path);
          try {
            audit.record(who, "backup.snapshot-downloaded", details(kept, "file", path.toString()));
          } catch (RuntimeException e) {
            file.close();
            throw e;
          }
          return new SnapshotDownload(
              file.name(),
              file.size(),
              new SnapshotDownload.Source(repository, lock, file, now()),
              file::writeTo);
        });
  }

  SnapshotDownload archive(
      Principal who, KeptSnapshot kept, List<SnapshotPath> selection, SnapshotArchive.Format format)
      throws IOException {
    if (selection.isEmpty() || selection.size() > MAX_SELECTED) {
      throw new BackupException("select 1 to " + MAX_SELECTED + " entries");
    }
    String kind = format == SnapshotArchive.Format.ZIP ? "zip" : "tar";
    String what =
        String.join(" ", selection.stream().limit(20).map(SnapshotPath::toString).toList());
    return open(
        kept,
        (repository, lock, snapshot) -> {
          audit.record(who, "backup.snapshot-downloaded", details(kept, kind, what));
          return new SnapshotDownload(
              "emanet-" + kept.number() + "." + kind,
              -1,
              new SnapshotDownload.Source(repository, lock, null, now()),
              out ->
                  told(
                      who,
                      details(kept, kind, what),
                      SnapshotArchive.write(
                          repository,
                          snapshot,
                          selection,
                          format,
                          out,
                          MAX_ARCHIVE,
                          RestoreProgress.NONE)));
        });
  }

  /** The archive has its list; that it was not whole stands in the audit log, too. */
  private void told(Principal who, Map<String, String> details, SnapshotArchive.Result result) {
    if (result.left() > 0) {
      details.put("files", Long.toString(result.files()));
      details.put("missing", Long.toString(result.missing()));
      details.put("left", Long.toString(result.left()));
      audit.record(who, "backup.snapshot-download-incomplete", details);
    }
  }

  private static Map<String, String> details(KeptSnapshot kept, String kind, String what) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("job", kept.job());
    details.put("number", Long.toString(kept.number()));
    details.put("snapshot", kept.run().snapshot());
    details.put("kind", kind);
    details.put("what", what.length() <= 2000 ? what : what.substring(0, 2000));
    return details;
  }

  /** Closes those that nobody began in time: their locks would stand in the way of a prune. */
  void tidy() {
    Instant late = now().minus(WAITS);
    for (SnapshotDownload one : List.copyOf(waiting)) {
      if (one.begun() || one.at().isBefore(late)) {
        one.close();
        boolean ignored = waiting.remove(one);
      }
    }
  }
}
