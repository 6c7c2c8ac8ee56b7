package tr.emanet.backup.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.BackupSpec;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.event.Principal;

/** Moves the jobs of a repository to a new one, all or none. */
record NewEra(KeyActs.Parts parts, KeyActStore store) {

  KeyActs.Answer begin(Principal who, String from, String to) throws IOException {
    List<BackupJob> moved = new ArrayList<>();
    List<BackupJob> jobs =
        parts.desk().jobs().stream().filter(j -> j.spec().repository().equals(from)).toList();
    if (jobs.isEmpty()) {
      return new KeyActs.Answer.Refused("era-no-job");
    }
    boolean known =
        parts.desk().jobs().stream().anyMatch(j -> j.spec().repository().equals(to))
            || store.era(to).isPresent();
    if (to.equals(from) || known) {
      return new KeyActs.Answer.Refused("era-taken");
    }
    // Before all, so that a cut leaves nothing that doing it again does not bring to its end.
    store.begun(new Era(from, to, who.id(), parts.clock().instant(), "", null));
    // Then the jobs: their check knows which places are none, before anything is made there.
    for (BackupJob job : jobs) {
      if (parts.desk().change(who, job.id(), in(job.spec(), to), none(job.spec()))
          instanceof BackupDesk.Answer.Refused(String reason)) {
        back(who, from, moved);
        return new KeyActs.Answer.Refused("era-place", reason);
      }
      moved.add(job);
    }
    String wrong;
    try (Repository repository = parts.repositories().open(to)) {
      wrong = Snapshot.all(repository).isEmpty() ? parts.repositories().notReady(to) : "not empty";
    } catch (IOException e) {
      back(who, from, moved);
      throw e;
    }
    if (!wrong.isEmpty()) {
      back(who, from, moved);
      return new KeyActs.Answer.Refused("era-place", wrong);
    }
    parts.audit().record(who, "backup-key.era-begun", Map.of("before", from, "repository", to));
    return new KeyActs.Answer.Done();
  }

  private void back(Principal who, String from, List<BackupJob> moved) {
    store.notBegun(from);
    for (BackupJob job : moved) {
      BackupDesk.Answer ignored = parts.desk().change(who, job.id(), job.spec(), none(job.spec()));
    }
  }

  /** Secrets of sources that stay as they are. */
  private static List<String> none(BackupSpec spec) {
    return Collections.nCopies(spec.sources().size(), "");
  }

  private static BackupSpec in(BackupSpec spec, String repository) {
    return new BackupSpec(
        spec.name(),
        spec.systems(),
        spec.sources(),
        repository,
        spec.schedule(),
        spec.startAt(),
        spec.keep(),
        spec.rpoHours(),
        spec.quiet(),
        spec.hooks());
  }
}
