package tr.emanet.backup.recover;

import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.restic.Repository;
import tr.emanet.job.JobRun;
import tr.emanet.job.JobWork;

/** Looks what an order would do, beside a restore that may be running. */
final class PreviewWork implements JobWork {

  static final String KIND = "restore-preview";

  private static final Logger LOG = LoggerFactory.getLogger(PreviewWork.class);

  private final RestoreStore store;
  private final RestoreWork.Opener repositories;
  private final RestoreLook look;
  private final InstantSource clock;

  PreviewWork(
      RestoreStore store, RestoreWork.Opener repositories, RestoreLook look, InstantSource clock) {
    this.store = store;
    this.repositories = repositories;
    this.look = look;
    this.clock = clock;
  }

  @Override
  public void run(JobRun run) {
    long id = Long.parseLong(run.job().input());
    RestoreOrder order = store.find(id).orElse(null);
    if (order == null
        || order.state() != RestoreState.PREVIEWING
        || order.course().job() != run.job().id()) {
      return; // the plan was changed, and another preview waits
    }
    try (Repository repository = repositories.open(order.plan().repository())) {
      RestoreLook.Seen seen = look.look(repository, order, RestoreWork.stopping(run));
      store
          .database()
          .transaction(
              () -> {
                boolean still =
                    store
                        .find(id)
                        .filter(o -> o.state() == RestoreState.PREVIEWING)
                        .filter(o -> o.course().job() == run.job().id())
                        .isPresent();
                return still
                    && store.previewed(id, seen.forecast(), seen.lists(), "", clock.instant());
              });
    } catch (IOException | RuntimeException e) {
      // Boundary: whatever a repository throws, the page must say why there is no preview.
      if (run.stopped()) {
        return;
      }
      LOG.atWarn().addKeyValue("restore", id).setCause(e).log("The preview of a restore failed");
      store.draft(id, String.valueOf(e.getMessage()), clock.instant());
    }
  }
}
