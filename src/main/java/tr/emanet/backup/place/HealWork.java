package tr.emanet.backup.place;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.Target;
import tr.emanet.backup.plan.Healing;
import tr.emanet.backup.plan.LockTurn;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.restic.RepairWatch;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.target.Targets;
import tr.emanet.job.JobRun;
import tr.emanet.job.JobWork;
import tr.emanet.job.Progress;

/**
 * Heals a job's repository from its copy at a place, or the copy from the repository. What the end
 * of the process breaks off is begun anew at the next start; what was healed is sound then.
 */
final class HealWork implements JobWork {

  static final String KIND = "backup-heal";

  private final Parts parts;
  private final PlaceStore places;
  private final HealStore store;

  /**
   * What healings need.
   *
   * @param after hears the address of a repository that was healed: its checks are done again
   */
  record Parts(
      Repositories repositories,
      Healing healing,
      PlaceFiles files,
      AuditLog audit,
      Consumer<String> after,
      InstantSource clock) {}

  HealWork(Parts parts, PlaceStore places, HealStore store) {
    this.parts = parts;
    this.places = places;
    this.store = store;
  }

  /** Collects what is healed, also of a healing that fails. */
  private record Heard(JobRun run, List<String> healed) implements RepairWatch {

    @Override
    public void at(long done, long total, String current) {
      run.progress(new Progress(done, total, current));
    }

    @Override
    public boolean stopped() {
      return run.stopped();
    }

    @Override
    public void healed(String label) {
      healed.add(label);
    }
  }

  @Override
  public void run(JobRun run) throws IOException, InterruptedException {
    HealRecord heal =
        store
            .find(Long.parseLong(run.job().input()))
            .orElseThrow(() -> new BackupException("the record of this healing is gone"));
    store.running(heal.id());
    Heard heard = new Heard(run, new ArrayList<>(heal.healedNames()));
    try {
      List<String> left = heal(heal, heard);
      HealRecord.State state = left.isEmpty() ? HealRecord.State.WHOLE : HealRecord.State.PARTLY;
      end(heal, new HealStore.End(state, heard.healed(), left, ""));
      parts.after().accept(heal.repository());
    } catch (IOException | RuntimeException e) {
      String why = String.valueOf(e.getMessage());
      boolean left = run.stopped() && !run.stoppedByPerson();
      if (left) {
        return; // the next process begins it anew
      }
      HealRecord.State state = run.stopped() ? HealRecord.State.STOPPED : HealRecord.State.FAILED;
      end(heal, new HealStore.End(state, heard.healed(), List.of(), why));
      if (!run.stopped()) {
        throw e;
      }
    }
  }

  private void end(HealRecord heal, HealStore.End end) {
    store.end(heal.id(), end, parts.clock().instant());
    parts
        .audit()
        .record(
            heal.owner(),
            "backup.healed",
            Map.of(
                "repository", heal.repository(),
                "place", Long.toString(heal.place()),
                "side", heal.side().id(),
                "state", end.state().id(),
                "healed", Integer.toString(end.healed().size()),
                "left", Integer.toString(end.left().size()),
                "problem", end.problem()));
  }

  private List<String> heal(HealRecord heal, Heard heard) throws IOException, InterruptedException {
    Place place =
        places
            .place(heal.place())
            .orElseThrow(() -> new BackupException("the second place was removed"));
    CopyWork.requireDisk(place);
    CopyWork.requireCopy(CopyWork.below(place, heal.repository()), true);
    try (Targets.OpenTarget open =
        Targets.open(CopyWork.below(place, heal.repository()), parts.files().access(place))) {
      Target copy = CopyWork.limited(open.target(), place.spec().mebibytesPerSecond());
      return switch (heal.side()) {
        case REPOSITORY -> parts.healing().heal(heal.repository(), copy, heard, heard.run()).left();
        case COPY -> copy(heal.repository(), copy, heard);
      };
    }
  }

  /** Reads every byte of the copy; what is damaged there is written anew. */
  private List<String> copy(String address, Target copy, Heard heard) throws IOException {
    try (Repository repository = parts.repositories().existing(address);
        RepositoryLock lock = LockTurn.take(repository, parts.clock(), heard.run())) {
      CopyMend mend = new CopyMend(repository.target(), copy);
      if (mend.config()) {
        heard.healed("file config");
      }
      List<CopyReader.Item> all = CopyReader.list(copy);
      List<String> left = new ArrayList<>();
      long done = 0;
      for (CopyReader.Item item : all) {
        if (heard.stopped()) {
          throw new BackupException("stopped; what is healed stays");
        }
        heard.at(done++, all.size(), item.label());
        String trouble = CopyReader.trouble(copy, item);
        boolean went =
            trouble.equals(CopyReader.GONE)
                && CopyReader.trouble(repository.target(), item).equals(CopyReader.GONE);
        if (!trouble.isEmpty() && !went) { // a copy beside us follows a sealed removal
          if (mend.heal(item)) {
            heard.healed(item.label());
          } else {
            left.add(item.label() + ": " + trouble + "; the repository has no sound one either");
          }
        }
      }
      mend.missing(heard::healed, heard::stopped)
          .forEach(problem -> left.add(problem.object() + ": " + problem.why()));
      lock.held();
      return left;
    }
  }
}
