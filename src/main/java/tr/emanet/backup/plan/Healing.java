package tr.emanet.backup.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.Target;
import tr.emanet.backup.restic.Aside;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Inventory;
import tr.emanet.backup.restic.RepairRun;
import tr.emanet.backup.restic.RepairWatch;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.SecondCopy;
import tr.emanet.backup.seal.SealFinding;
import tr.emanet.backup.seal.SealMend;
import tr.emanet.backup.seal.SealOutcome;
import tr.emanet.backup.seal.SealTrust;
import tr.emanet.backup.seal.SealedInventory;
import tr.emanet.backup.seal.SealedRemoval;
import tr.emanet.job.JobRun;

/**
 * Heals the repository of a job from a copy of it: what the seals promise and is gone comes back,
 * every pack is read, what is damaged is taken from the copy, and what no copy has is moved, kept
 * aside and listed. Every object is compared with its name, which is the SHA-256 of its bytes,
 * before it replaces anything. What the repair writes and removes is sealed. Any thread; one at a
 * time for each repository.
 */
public final class Healing {

  private final Upkeep upkeep;
  private final Upkeep.Parts parts;

  /**
   * How a repository stands after it.
   *
   * @param left objects that stay damaged or missing, and files of snapshots that are lost, a line
   *     each, English
   */
  public record Result(List<String> left) {
    public Result {
      left = List.copyOf(left);
    }
  }

  public Healing(Upkeep upkeep, Upkeep.Parts parts) {
    this.upkeep = upkeep;
    this.parts = parts;
  }

  /**
   * Heals.
   *
   * @param copy where the copy lies; the caller closes it
   * @param watch hears of each object that is sound again, also when this ends with an error
   * @throws IOException when a side cannot be reached, or somebody stopped it
   */
  public Result heal(String address, Target copy, RepairWatch watch, JobRun run)
      throws IOException, InterruptedException {
    try (Turns.Turn turn = parts.places().turns().take(address, run::stopped);
        Repository repository = opened(address, copy, watch)) {
      List<String> left = new ArrayList<>();
      try (Repository other = parts.repositories().copy(address, copy);
          SecondCopy second = new SecondCopy(other);
          RepositoryLock lock = LockTurn.alone(repository, parts.clock(), run)) {
        left.addAll(heal(repository, address, second, lock, watch));
      }
      parts.places().keep(repository, address);
      String unstamped = upkeep.state(address).map(RepositoryState::unstamped).orElse("");
      upkeep.compare(repository, address, unstamped);
      upkeep
          .state(address)
          .ifPresent(state -> state.findings().forEach(f -> add(left, f.object(), f.text())));
      return new Result(left);
    }
  }

  private static void add(List<String> left, String object, String text) {
    // The repair names a pack by its label, the seals by its path: once is enough.
    String name = object.substring(object.lastIndexOf('/') + 1);
    if (left.stream().noneMatch(line -> line.contains(name))) {
      left.add(object + ": " + text);
    }
  }

  /** What does not open gets its keys and its configuration back first. */
  private Repository opened(String address, Target copy, RepairWatch watch) throws IOException {
    try {
      return parts.repositories().existing(address);
    } catch (BackupException e) {
      try {
        parts.repositories().healEntrance(address, copy).forEach(watch::healed);
      } catch (IOException second) {
        e.addSuppressed(second);
        throw e;
      }
      return parts.repositories().existing(address);
    }
  }

  private List<String> heal(
      Repository repository,
      String address,
      SecondCopy copy,
      RepositoryLock lock,
      RepairWatch watch)
      throws IOException {
    String broken = seals(repository, address, copy.target(), watch);
    Inventory sealed = SealedInventory.of(repository.target()).orElse(null);
    if (sealed != null) {
      List<String> ignored = copy.healMissing(repository, sealed, lock, watch);
    }
    if (!broken.isEmpty()) {
      // What a repair moves and removes could not be sealed: only whole objects came back.
      return List.of("nothing is repaired behind broken seals: " + broken);
    }
    SealedRemoval removal = parts.places().removal(repository, address, "");
    RepairRun.Result done =
        RepairRun.run(
            repository,
            lock,
            true,
            new RepairRun.Sources(aside(repository, address), copy, new Noted(watch, removal)));
    if (!done.newPacks().isEmpty()
        || !done.newIndexes().isEmpty()
        || !done.removedPacks().isEmpty()
        || !done.removedIndexes().isEmpty()) {
      removal.repaired(done.removedPacks(), done.removedIndexes());
    }
    List<String> left = new ArrayList<>(done.damaged());
    done.losses()
        .forEach(
            loss ->
                left.add(
                    "lost of snapshot "
                        + loss.snapshot().brief()
                        + ": "
                        + loss.path()
                        + ": "
                        + loss.what()));
    return List.copyOf(left);
  }

  /** Takes seals back from beside the copy; what is wrong with them still, else empty. */
  private String seals(Repository repository, String address, Target copy, RepairWatch watch)
      throws IOException {
    Path scratch =
        Files.createTempDirectory(parts.places().mark(address).resolveSibling("."), "seals");
    String why = "";
    try {
      new SealMend(
              repository.target(),
              copy,
              new SealTrust(parts.places().certificates(), List.of()),
              parts.places().store().head(address),
              parts.clock().instant())
          .run(repository.id(), scratch)
          .forEach(file -> watch.healed("file " + file));
    } catch (BackupException e) {
      why = String.valueOf(e.getMessage());
    } finally {
      remove(scratch);
    }
    List<SealFinding> broken = parts.places().seals().broken(repository);
    return broken.isEmpty() ? "" : why.isEmpty() ? new SealOutcome.Refused(broken).reason() : why;
  }

  private static void remove(Path scratch) throws IOException {
    try (Stream<Path> all = Files.walk(scratch)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  private Aside aside(Repository repository, String address) throws IOException {
    Path here = repository.target().directory();
    return new Aside(
        here != null
            ? here.resolve("damaged")
            : parts
                .places()
                .mark(address)
                .resolveSibling(KeyedRepositories.name(address) + ".damaged"));
  }

  /** Passes on, and writes down what goes before it goes. */
  private record Noted(RepairWatch watch, SealedRemoval removal) implements RepairWatch {

    @Override
    public void at(long done, long total, String current) {
      watch.at(done, total, current);
    }

    @Override
    public boolean stopped() {
      return watch.stopped();
    }

    @Override
    public void healed(String label) {
      watch.healed(label);
    }

    @Override
    public void removing(List<Id> packs, List<Id> indexes) throws IOException {
      if (!packs.isEmpty() || !indexes.isEmpty()) {
        removal.repairing(packs, indexes);
      }
    }
  }
}
