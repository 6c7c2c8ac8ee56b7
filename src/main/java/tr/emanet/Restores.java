package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import tr.emanet.backup.http.SnapshotsResource;
import tr.emanet.backup.http.SnapshotsScreenResource;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.plan.SnapshotStore;
import tr.emanet.backup.recover.SealLook;
import tr.emanet.backup.recover.SnapshotDesk;
import tr.emanet.backup.recover.SnapshotShelf;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;

/** Getting back what was backed up, wired: snapshots that people look into. */
final class Restores implements Closeable {

  private final SnapshotShelf shelf;
  private final SnapshotDesk snapshots;

  Restores(Detection.Parts parts, Repositories repositories, Sealing sealing) {
    this.shelf = new SnapshotShelf(repositories, parts.clock());
    this.snapshots =
        new SnapshotDesk(
            new SnapshotStore(parts.database()),
            shelf,
            new SealLook(sealing::certificates, parts.clock()),
            parts.audit());
  }

  void install(Environment environment, Pages pages, Shells shells) {
    environment.jersey().register(new SnapshotsResource(snapshots, shells));
    environment.jersey().register(new SnapshotsScreenResource(snapshots, pages, shells));
  }

  /** Called every few seconds. */
  void beat() {
    shelf.tidy();
  }

  @Override
  public void close() {
    shelf.close();
  }
}
