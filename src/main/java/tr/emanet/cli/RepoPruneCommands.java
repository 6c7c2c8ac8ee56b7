package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.PruneMark;
import tr.emanet.backup.restic.PruneRun;
import tr.emanet.backup.restic.PruneWitness;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restic.UnlockRun;
import tr.emanet.backup.seal.Removal;

/** {@code emanet repo prune} and {@code unlock}: what takes something away from a repository. */
final class RepoPruneCommands {

  private static final InstantSource CLOCK = InstantSource.system();

  private RepoPruneCommands() {}

  /** Removes a snapshot. */
  @Command(name = "forget", description = "Removes one snapshot; prune then frees its space.")
  static final class Forget extends RepoCommand.OnRepository {

    @Mixin private SealKeyOption key = new SealKeyOption();

    @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "First digits of its id")
    private String snapshot = "";

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Why, for the seal (default: by hand)")
    private String reason = "by hand";

    Forget(PrintStream out) {
      super(out);
    }

    @Override
    SealKeyOption seal() {
      return key;
    }

    @Override
    int run(Repository repository) throws IOException, CommandFailed {
      try (RepositoryLock lock = RepositoryLock.take(repository, true, CLOCK)) {
        Snapshot found = Snapshot.find(repository, snapshot);
        String who = Origin.ofThisProcess().user();
        Removal gone = new Removal(found.id().hex(), reason, List.of(who));
        key.removing(
            repository,
            out,
            removal ->
                removal.snapshots(List.of(gone), () -> Snapshot.forget(repository, found, lock)),
            () -> Snapshot.forget(repository, found, lock));
        out.println("removed snapshot " + found.id());
      }
      return ExitCode.OK;
    }
  }

  /** Frees space, at once or in two phases. */
  @Command(
      name = "prune",
      description = {
        "Removes what no snapshot uses.",
        "Without --mark and --sweep at once, while nobody else uses the repository; with them the"
            + " long part runs beside backups, and only the removal needs the repository alone."
      })
  static final class Prune extends RepoCommand.OnRepository {

    @Mixin private SealKeyOption key = new SealKeyOption();

    @Option(
        names = "--mark",
        paramLabel = "FILE",
        description = "Only finds what is unused and writes it into this file; removes nothing")
    private @Nullable Path mark;

    @Option(
        names = "--sweep",
        paramLabel = "FILE",
        description = "Only removes what this file of --mark names and nothing newer uses")
    private @Nullable Path sweep;

    @Option(
        names = "--grace",
        paramLabel = "HOURS",
        description = "How old the mark must be for --sweep, in hours (default 24)")
    private int graceHours = (int) PruneRun.GRACE.toHours();

    Prune(PrintStream out) {
      super(out);
    }

    @Override
    SealKeyOption seal() {
      return key;
    }

    @Override
    int run(Repository repository) throws IOException, CommandFailed {
      Path marking = mark;
      Path sweeping = sweep;
      if (marking != null && sweeping != null || graceHours < 0) {
        throw new CommandFailed(ExitCode.USAGE, "name --mark or --sweep, and no negative --grace");
      }
      if (marking != null) {
        return mark(repository, marking);
      }
      try (RepositoryLock lock = RepositoryLock.take(repository, true, CLOCK)) {
        PruneMark found = sweeping == null ? null : PruneMark.load(repository, sweeping);
        key.removing(
            repository,
            out,
            removal -> say(prune(repository, lock, found, removal)),
            () -> say(prune(repository, lock, found, planned -> {})));
      }
      return ExitCode.OK;
    }

    private PruneRun.Result prune(
        Repository repository, RepositoryLock lock, @Nullable PruneMark found, PruneWitness witness)
        throws IOException {
      return found == null
          ? PruneRun.run(repository, lock, witness)
          : PruneRun.sweep(
              repository, lock, found, CLOCK.instant(), Duration.ofHours(graceHours), witness);
    }

    private void say(PruneRun.Result result) {
      out.println(
          "removed "
              + result.removedPacks().size()
              + " packs ("
              + result.removedBytes()
              + " bytes), rewrote "
              + result.rewrittenPacks()
              + ", kept "
              + result.keptPacks());
    }

    private int mark(Repository repository, Path file) throws IOException {
      try (RepositoryLock lock = RepositoryLock.take(repository, false, CLOCK)) {
        PruneMark found = PruneRun.mark(repository, lock, CLOCK.instant());
        found.save(repository, file);
        out.println(
            "no snapshot uses "
                + found.unused()
                + " blobs; "
                + found.packs()
                + " packs looked at. Remove them with --sweep "
                + file
                + " after "
                + found.time().plus(PruneRun.GRACE));
      }
      return ExitCode.OK;
    }
  }

  /** Removes locks. */
  @Command(
      name = "unlock",
      description =
          "Removes locks that nobody holds: of ended processes of this machine, or without a sign"
              + " of life for 30 minutes. Exit code 3 when others stay.")
  static final class Unlock extends RepoCommand.OnRepository {

    @Option(names = "--id", paramLabel = "ID", description = "Only the lock whose name begins so")
    private @Nullable String id;

    @Option(
        names = "--force",
        description =
            "With --id: even a live or damaged one; a backup that holds it may lose its data")
    private boolean force;

    Unlock(PrintStream out) {
      super(out);
    }

    @Override
    int run(Repository repository) throws IOException, CommandFailed {
      String named = id;
      if (force && named == null) {
        throw new CommandFailed(ExitCode.USAGE, "--force needs --id: name the lock");
      }
      UnlockRun.Audit audit = (lock, description) -> out.println("removing " + description);
      UnlockRun.Result result =
          named == null
              ? UnlockRun.stale(repository, CLOCK, audit)
              : UnlockRun.named(repository, named, force, CLOCK, audit);
      List<String> kept = result.kept();
      kept.forEach(lock -> out.println("stays: " + lock));
      out.println("removed " + result.removed().size() + " locks");
      return kept.isEmpty() ? ExitCode.OK : ExitCode.NOT_AVAILABLE;
    }
  }
}
