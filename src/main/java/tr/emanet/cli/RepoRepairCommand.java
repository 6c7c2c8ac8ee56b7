package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.Aside;
import tr.emanet.backup.restic.Inventory;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.RepairRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.SecondCopy;
import tr.emanet.backup.seal.PruneIntent;
import tr.emanet.backup.seal.Removal;
import tr.emanet.backup.seal.SealedInventory;
import tr.emanet.backup.target.Targets;

/** {@code emanet repo repair}: what can be put right is, what is lost is listed. */
@Command(
    name = "repair",
    description = {
      "Makes damaged indexes again from the packs, takes damaged objects from a second copy, keeps"
          + " damaged packs aside and lists every file that is lost; invents nothing.",
      "Exit code 4 when something stays damaged or lost."
    })
final class RepoRepairCommand extends RepoCommand.OnRepository {

  private static final InstantSource CLOCK = InstantSource.system();
  private static final int MAX_PASSWORD = 4096;

  @Mixin private SealKeyOption key = new SealKeyOption();

  @Option(names = "--read-data", description = "Reads every pack, not those of trees alone")
  private boolean readData;

  @Option(
      names = "--heal-from",
      paramLabel = "REPO",
      description = "A second copy, or another repository of the same files")
  private @Nullable String healFrom;

  @Option(
      names = "--heal-access",
      paramLabel = "FILE",
      description = "How to identify at the server of the second copy")
  private @Nullable Path healAccess;

  @Option(
      names = "--heal-password-file",
      paramLabel = "FILE",
      description = "Its password, when it is another")
  private @Nullable Path healPassword;

  @Option(
      names = "--aside",
      paramLabel = "DIR",
      description = "Where damaged packs are kept (default: 'damaged' in the repository)")
  private @Nullable Path asideDirectory;

  @Option(
      names = "--drop-snapshot",
      paramLabel = "ID",
      description = "The full name of a damaged snapshot that is given up; it is kept aside")
  private @Nullable String drop;

  RepoRepairCommand(PrintStream out) {
    super(out);
  }

  @Override
  SealKeyOption seal() {
    return key;
  }

  private Aside aside(Repository repository) throws CommandFailed {
    Path named = asideDirectory;
    Path place = repository.target().directory();
    if (named == null && place == null) {
      throw new CommandFailed(
          ExitCode.USAGE, "name a directory of this machine for damaged packs: --aside DIR");
    }
    return new Aside(named == null ? Objects.requireNonNull(place).resolve("damaged") : named);
  }

  private byte[] copyPassword() throws IOException, CommandFailed {
    Path file = healPassword;
    if (file == null) {
      return options.password();
    }
    if (Files.size(file) > MAX_PASSWORD) {
      throw new CommandFailed(ExitCode.USAGE, "'" + file + "' is too long for a password");
    }
    return Files.readString(file, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Integer call() throws IOException, CommandFailed {
    String from = healFrom;
    if (from != null) {
      try (Targets.OpenTarget place = options.target(address, key)) {
        Repository opened = null;
        try {
          opened = options.open(place);
        } catch (BackupException | CommandFailed e) {
          out.println("cannot be opened as it is: " + e.getMessage());
          healEntrance(place, from);
        }
        // Only what does not open is entered by the copy: a repair that fails says so itself.
        try (Repository ours = opened == null ? options.open(place) : opened) {
          return run(ours);
        }
      }
    }
    return super.call();
  }

  private void healEntrance(Targets.OpenTarget place, String from)
      throws IOException, CommandFailed {
    try (Targets.OpenTarget second = RepositoryOptions.target(from, healAccess)) {
      SecondCopy.healEntrance(
              place.target(),
              second.target(),
              copyPassword(),
              new SecureRandom(),
              Origin.ofThisProcess(),
              SealedInventory.of(place.target()).orElse(null))
          .forEach(object -> out.println("healed: " + object));
    }
  }

  @Override
  int run(Repository repository) throws IOException, CommandFailed {
    try (RepositoryLock lock = RepositoryLock.take(repository, true, CLOCK)) {
      String dropped = drop;
      if (dropped != null) {
        RepairRun.dropSnapshot(repository, lock, dropped, aside(repository));
        out.println("snapshot " + dropped + " is given up and kept in " + aside(repository));
      }
      Aside aside = aside(repository);
      String from = healFrom;
      if (from == null) {
        return report(
            repository,
            RepairRun.run(repository, lock, readData, new RepairRun.Sources(aside, null)));
      }
      try (Targets.OpenTarget second = RepositoryOptions.target(from, healAccess);
          Repository other = RepositoryOptions.open(second, copyPassword());
          SecondCopy copy = new SecondCopy(other)) {
        Inventory sealed = SealedInventory.of(repository.target()).orElse(null);
        if (sealed != null) {
          copy.healMissing(repository, sealed, lock)
              .forEach(object -> out.println("healed: " + object));
        }
        return report(
            repository,
            RepairRun.run(repository, lock, readData, new RepairRun.Sources(aside, copy)));
      }
    }
  }

  /** Seals what the repair took away and wrote in its place; what was lost before stays missing. */
  private void seal(Repository repository, RepairRun.Result result)
      throws IOException, CommandFailed {
    List<Removal> dropped =
        drop == null
            ? List.of()
            : List.of(
                new Removal(drop, "damaged, given up", List.of(Origin.ofThisProcess().user())));
    boolean changed =
        !dropped.isEmpty()
            || !result.newPacks().isEmpty()
            || !result.removedPacks().isEmpty()
            || !result.newIndexes().isEmpty()
            || !result.removedIndexes().isEmpty();
    if (!changed) {
      return;
    }
    if (!key.isNamed()) {
      SealKeyOption.warn(repository, out);
      return;
    }
    PruneIntent intent =
        PruneIntent.of("repair", result.removedPacks(), result.removedIndexes(), dropped);
    out.println(key.<String>work(s -> SealKeyOption.said(s.sealPrune(repository, intent))));
  }

  private int report(Repository repository, RepairRun.Result result)
      throws IOException, CommandFailed {
    seal(repository, result);
    result.healed().forEach(object -> out.println("healed: " + object));
    result.damaged().forEach(object -> out.println("DAMAGED: " + object));
    result
        .losses()
        .forEach(
            loss ->
                out.println(
                    "LOST: snapshot "
                        + loss.snapshot().brief()
                        + ": "
                        + loss.path()
                        + ": "
                        + loss.what()));
    out.println(
        result.whole()
            ? "every snapshot is whole"
            : result.losses().size() + " files or directories are lost");
    return result.whole() ? ExitCode.OK : ExitCode.DAMAGED;
  }
}
