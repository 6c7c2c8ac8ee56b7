package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import tr.emanet.backup.http.LogsResource;
import tr.emanet.backup.http.LogsScreenResource;
import tr.emanet.backup.http.RestoresResource;
import tr.emanet.backup.http.RestoresScreenResource;
import tr.emanet.backup.http.SnapshotsResource;
import tr.emanet.backup.http.SnapshotsScreenResource;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.plan.RunLogStore;
import tr.emanet.backup.plan.SnapshotStore;
import tr.emanet.backup.recover.RestoreDesk;
import tr.emanet.backup.recover.RestoreRecord;
import tr.emanet.backup.recover.RestoreRoots;
import tr.emanet.backup.recover.RestoreState;
import tr.emanet.backup.recover.SealLook;
import tr.emanet.backup.recover.SnapshotDesk;
import tr.emanet.backup.recover.SnapshotShelf;
import tr.emanet.crypto.CryptoException;
import tr.emanet.job.Jobs;
import tr.emanet.web.Pages;
import tr.emanet.web.ShellFacts;
import tr.emanet.web.Shells;

/** Getting back what was backed up, wired: snapshots that people look into. */
final class Restores implements Closeable {

  private final SnapshotShelf shelf;
  private final SnapshotDesk snapshots;
  private final RestoreRecord records;
  private final RestoreDesk desk;
  private final RunLogStore log;

  Restores(Detection.Parts parts, Repositories repositories, Jobs jobs, Sealing sealing) {
    Path own = parts.state().root().resolve("restore");
    Path folder = parts.state().root().resolve("restores");
    this.log = new RunLogStore(parts.database(), parts.clock());
    this.shelf = new SnapshotShelf(repositories, parts.clock());
    this.snapshots =
        new SnapshotDesk(
            new SnapshotStore(parts.database()),
            shelf,
            new SealLook(sealing::certificates, parts.clock()),
            parts.audit());
    this.records =
        new RestoreRecord(folder, content -> sign(sealing, content), parts.settings().zoneId());
    this.desk =
        new RestoreDesk(
            new RestoreDesk.Parts(
                folder,
                parts.database(),
                parts.audit(),
                repositories::existing,
                new RestoreRoots(
                    own,
                    parts.settings().backup().roots(),
                    Spine.reserve(parts.state(), parts.settings())),
                records,
                parts.clock()),
            jobs);
  }

  private static byte[] sign(Sealing sealing, byte[] content) throws IOException {
    try {
      return sealing.key().sign(content);
    } catch (CryptoException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  void install(Environment environment, BackupDesk jobs, Pages pages, Shells shells) {
    environment.jersey().register(new LogsResource(jobs, desk, log));
    environment.jersey().register(new LogsScreenResource(jobs, desk, log, pages, shells));
    environment.jersey().register(new SnapshotsResource(snapshots, shells));
    environment.jersey().register(new SnapshotsScreenResource(snapshots, pages, shells));
    environment.jersey().register(new RestoresResource(desk, snapshots, records, shells));
    environment
        .jersey()
        .register(new RestoresScreenResource(desk, snapshots, records, pages, shells));
  }

  RestoreDesk desk() {
    return desk;
  }

  /** What restores now, for the top bar. */
  Optional<ShellFacts.RunningJob> running() {
    return desk.underWay().stream()
        .filter(order -> order.state() != RestoreState.PAUSED)
        .findFirst()
        .map(
            order ->
                new ShellFacts.RunningJob(
                    "restore.job", order.id(), order.percent(), "/backups/restores/" + order.id()));
  }

  /** Called every few seconds. */
  void beat() {
    shelf.tidy();
    snapshots.tidy();
    desk.tick();
  }

  @Override
  public void close() {
    shelf.close();
  }
}
