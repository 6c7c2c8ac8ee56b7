package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;

/** What can be put right is; what is lost is named by snapshot and path; nothing is invented. */
class RepairTest {

  private static final KeyFile.Cost CHEAP = new KeyFile.Cost(1 << 10, 8, 1);

  @TempDir Path place;
  private final MemoryTarget target = new MemoryTarget();
  private Path source = Path.of("");
  private @Nullable Repository made;

  @BeforeEach
  void makesARepository() throws IOException {
    source = Files.createDirectory(place.resolve("source"));
    made =
        Repository.init(
            target, Fixture.PASSWORD, Fixture.RANDOM, Fixture.ORIGIN, Fixture.NOW, CHEAP);
    for (int i = 0; i < 3; i++) {
      Files.write(source.resolve("file" + i), Fixture.random(3000, i));
      Files.writeString(Files.createDirectories(source.resolve("d" + i)).resolve("t"), "t" + i);
      backup(repository());
    }
  }

  @AfterEach
  void close() {
    repository().close();
  }

  private Repository repository() {
    Repository found = made;
    if (found == null) {
      throw new IllegalStateException("not made");
    }
    return found;
  }

  private BackupRun.Result backup(Repository into) throws IOException {
    try (RepositoryLock lock = RepositoryLock.take(into, false, () -> Fixture.NOW, 0)) {
      Instant now = Fixture.NOW.plusSeconds(Snapshot.all(into).size());
      return BackupRun.run(into, List.of(source), now, lock);
    }
  }

  private RepairRun.Result repair(@Nullable Repository copy) throws IOException {
    Aside aside = new Aside(place.resolve("aside"));
    try (RepositoryLock lock = RepositoryLock.take(repository(), true, () -> Fixture.NOW, 0)) {
      if (copy == null) {
        return RepairRun.run(repository(), lock, true, new RepairRun.Sources(aside, null));
      }
      try (SecondCopy second = new SecondCopy(copy)) {
        return RepairRun.run(repository(), lock, true, new RepairRun.Sources(aside, second));
      }
    }
  }

  private List<CheckRun.Problem> problems() throws IOException {
    return CheckRun.run(repository(), true).problems();
  }

  private Repository open(MemoryTarget other) throws IOException {
    return Repository.open(other, Fixture.PASSWORD, Fixture.RANDOM, Fixture.ORIGIN);
  }

  /** The packs with data, or trees, the oldest file's first. */
  private List<String> packs(BlobType type) throws IOException {
    List<String> found = new java.util.ArrayList<>();
    try (Workbench bench = repository().workbench()) {
      BlobIndex index = repository().loadIndex(bench);
      for (int i = 0; i < index.size(); i++) {
        String pack = index.place(i).pack().hex();
        if (index.place(i).type() == type && !found.contains(pack)) {
          found.add(pack);
        }
      }
    }
    return found;
  }

  private void damage(ObjectKind kind, String name) {
    byte[] bytes = target.of(kind).getOrDefault(name, new byte[0]).clone();
    bytes[40] ^= 4;
    target.put(kind, name, bytes);
  }

  @Test
  void leavesASoundRepositoryAsItIs() throws IOException {
    MemoryTarget before = target.copy();

    RepairRun.Result result = repair(null);

    assertThat(result.whole()).isTrue();
    assertThat(result.healed()).isEmpty();
    for (ObjectKind kind : ObjectKind.values()) {
      assertThat(target.of(kind)).containsExactlyEntriesOf(before.of(kind));
    }
    assertThat(place.resolve("aside")).doesNotExist();
  }

  @Test
  void makesTheIndexAgainWhenFilesAreDamagedOrAllAreGone() throws Exception {
    damage(ObjectKind.INDEX, target.of(ObjectKind.INDEX).firstKey());
    RepairRun.Result one = repair(null);
    assertThat(one.whole()).isTrue();
    assertThat(problems()).isEmpty();

    target.of(ObjectKind.INDEX).clear();
    assertThat(problems()).isNotEmpty();
    RepairRun.Result all = repair(null);

    assertThat(all.whole()).isTrue();
    assertThat(all.newIndexes()).isNotEmpty();
    assertThat(problems()).isEmpty();
    Path store = target.toDirectory(place.resolve("store"));
    assertThat(Fixture.restic(store, "check", "--read-data").out())
        .contains("no errors were found");
  }

  @Test
  void listsWhatIsLostByPathKeepsTheBytesAndTakesThemBackFromACopy() throws IOException {
    MemoryTarget second = target.copy();
    Repository copy = open(second);
    String pack = packs(BlobType.DATA).getFirst();
    damage(ObjectKind.DATA, pack);

    RepairRun.Result result = repair(null);

    assertThat(result.damaged()).anyMatch(label -> label.contains(pack));
    // One chunk is damaged; the other in the same pack is saved.
    assertThat(result.losses().stream().map(RepairRun.Loss::path).distinct())
        .singleElement()
        .asString()
        .startsWith(source.toString());
    assertThat(result.newPacks()).hasSize(1);
    assertThat(Snapshot.all(repository())).hasSize(3);
    assertThat(result.removedPacks()).hasSize(1);
    assertThat(place.resolve("aside/data").resolve(pack.substring(0, 2)).resolve(pack)).exists();
    assertThat(problems()).allMatch(problem -> problem.what().contains("is in no index"));

    RepairRun.Result healed = repair(copy);

    assertThat(healed.whole()).as(healed.toString()).isTrue();
    assertThat(healed.healed()).contains("pack " + pack);
    assertThat(problems()).isEmpty();
    assertThat(place.resolve("aside/data").resolve(pack.substring(0, 2)).resolve(pack))
        .doesNotExist();
    copy.close();
  }

  @Test
  void theNextBackupStoresAnewWhatTheSourceStillHas() throws IOException {
    target.of(ObjectKind.DATA).remove(packs(BlobType.DATA).getFirst());
    assertThat(repair(null).losses()).isNotEmpty();

    backup(repository());

    assertThat(problems()).isEmpty();
    assertThat(repair(null).whole()).isTrue();
  }

  @Test
  void healsTreesAndSnapshotsAndCutPacks() throws IOException {
    MemoryTarget second = target.copy();
    target.of(ObjectKind.DATA).remove(packs(BlobType.TREE).getFirst());
    damage(ObjectKind.DATA, packs(BlobType.TREE).getLast());
    String snapshot = target.of(ObjectKind.SNAPSHOT).firstKey();
    damage(ObjectKind.SNAPSHOT, snapshot);
    assertThatThrownBy(() -> Snapshot.all(repository())).isInstanceOf(BackupException.class);

    try (Repository copy = open(second)) {
      RepairRun.Result healed = repair(copy);

      assertThat(healed.whole()).as(healed.toString()).isTrue();
      assertThat(healed.healed()).contains("snapshot " + snapshot).hasSize(3);
    }
    assertThat(problems()).isEmpty();
    assertThat(target.of(ObjectKind.DATA)).containsOnlyKeys(second.of(ObjectKind.DATA).keySet());
  }

  @Test
  void takesSingleBlobsFromARepositoryWithOtherKeysAndPacks() throws IOException {
    MemoryTarget stranger = new MemoryTarget();
    try (Repository other =
        Repository.init(
            stranger, Fixture.PASSWORD, Fixture.RANDOM, Fixture.ORIGIN, Fixture.NOW, CHEAP)) {
      backup(other);
      target.of(ObjectKind.DATA).remove(packs(BlobType.DATA).getFirst());

      RepairRun.Result healed = repair(other);

      assertThat(healed.losses()).as(healed.toString()).isEmpty();
      assertThat(healed.healed()).anyMatch(label -> label.startsWith("data blob"));
      assertThat(problems()).isEmpty();
    }
  }

  @Test
  void keepsADamagedSnapshotUntilItIsGivenUp() throws IOException {
    String snapshot = target.of(ObjectKind.SNAPSHOT).firstKey();
    String sound = target.of(ObjectKind.SNAPSHOT).lastKey();
    damage(ObjectKind.SNAPSHOT, snapshot);

    RepairRun.Result result = repair(null);

    assertThat(result.damaged()).containsExactly("snapshot " + snapshot);
    try (RepositoryLock lock = RepositoryLock.take(repository(), true, () -> Fixture.NOW, 0)) {
      assertThatThrownBy(() -> PruneRun.run(repository(), lock)).hasMessageContaining(snapshot);
      Aside aside = new Aside(place.resolve("aside"));
      assertThatThrownBy(() -> RepairRun.dropSnapshot(repository(), lock, sound, aside))
          .hasMessageContaining("is not damaged");
      RepairRun.dropSnapshot(repository(), lock, snapshot, aside);
      PruneRun.run(repository(), lock);
    }
    assertThat(problems()).isEmpty();
    assertThat(place.resolve("aside/snapshots").resolve(snapshot)).exists();
  }

  @Test
  void takesKeysAndConfigurationBackFromACopy() throws IOException {
    MemoryTarget second = target.copy();
    String key = target.of(ObjectKind.KEY).firstKey();
    repository()
        .addPassword("ikinci".getBytes(java.nio.charset.StandardCharsets.UTF_8), Fixture.NOW);
    damage(ObjectKind.KEY, key);
    target.of(ObjectKind.CONFIG).put("config", new byte[80]);
    assertThatThrownBy(() -> open(target)).isInstanceOf(BackupException.class);

    assertThatThrownBy(() -> heal(second)).hasMessageContaining("shares no key");
    target.put(ObjectKind.CONFIG, "config", second.read(ObjectKind.CONFIG, "config", 1 << 16));
    List<String> healed = heal(second);

    assertThat(healed).containsExactly("key " + key);
    open(target).close();
    target.of(ObjectKind.CONFIG).clear();
    assertThat(heal(second)).containsExactly("file config");
    open(target).close();
    assertThat(problems()).isEmpty();
  }

  @Test
  void bringsNoPasswordBackThatWasTakenAway() throws IOException {
    byte[] former = "eski parola".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    String old = repository().addPassword(former, Fixture.NOW).hex();
    MemoryTarget second = target.copy();
    try (RepositoryLock lock = RepositoryLock.take(repository(), true, () -> Fixture.NOW)) {
      repository().removePassword(old, lock);
    }
    target.of(ObjectKind.CONFIG).clear();

    List<String> healed = heal(second);

    assertThat(healed).containsExactly("file config");
    assertThat(target.of(ObjectKind.KEY)).doesNotContainKey(old);
  }

  @Test
  void refusesThePasswordThatTheSealsSayWasTakenAway() throws IOException {
    byte[] former = "eski parola".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    String old = repository().addPassword(former, Fixture.NOW).hex();
    MemoryTarget second = target.copy();
    try (RepositoryLock lock = RepositoryLock.take(repository(), true, () -> Fixture.NOW)) {
      repository().removePassword(old, lock);
    }
    Inventory sealed = Inventory.of(target);

    assertThatThrownBy(
            () ->
                SecondCopy.healEntrance(
                    target, second, former, Fixture.RANDOM, Fixture.ORIGIN, sealed))
        .hasMessageContaining("was taken away");
    assertThat(target.of(ObjectKind.KEY)).doesNotContainKey(old);
  }

  private List<String> heal(MemoryTarget copy) throws IOException {
    return SecondCopy.healEntrance(target, copy, Fixture.PASSWORD, Fixture.RANDOM, Fixture.ORIGIN);
  }

  @Test
  void knowsALocalCopyToo() throws IOException {
    Path store = target.toDirectory(place.resolve("store"));
    String pack = packs(BlobType.DATA).getLast();
    target.of(ObjectKind.DATA).put(pack, new byte[10]);

    try (Repository copy =
        Repository.open(new LocalTarget(store), Fixture.PASSWORD, Fixture.RANDOM, Fixture.ORIGIN)) {
      assertThat(repair(copy).healed()).containsExactly("pack " + pack);
    }

    assertThat(problems()).isEmpty();
  }
}
