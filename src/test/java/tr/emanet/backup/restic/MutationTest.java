package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.ObjectKind;

/**
 * Whatever happens to whatever object, a check finds it and names the object. The number of
 * mutations is the system property {@code emanet.mutations}, 2,000 unless it is set.
 */
class MutationTest {

  private static final int MUTATIONS = Integer.getInteger("emanet.mutations", 2000);

  /** What can be told apart in a repository: trees and data have packs of their own. */
  private enum Sort {
    CONFIG(ObjectKind.CONFIG),
    KEY(ObjectKind.KEY),
    TREE_PACK(ObjectKind.DATA),
    DATA_PACK(ObjectKind.DATA),
    INDEX(ObjectKind.INDEX),
    SNAPSHOT(ObjectKind.SNAPSHOT),
    LOCK(ObjectKind.LOCK);

    final ObjectKind kind;

    Sort(ObjectKind kind) {
      this.kind = kind;
    }
  }

  private enum Harm {
    FLIP,
    TRUNCATE,
    GROW,
    SWAP,
    RENAME,
    REPLAY,
    DELETE
  }

  @TempDir Path place;
  private final MemoryTarget target = new MemoryTarget();
  private final Random random = new Random(41);
  private final Map<Sort, List<String>> names = new EnumMap<>(Sort.class);

  /** Valid once, and removed since. */
  private final Map<Sort, Map<String, byte[]>> old = new EnumMap<>(Sort.class);

  private @Nullable Repository repository;
  private @Nullable RepositoryLock lock;
  private @Nullable Inventory inventory;

  @BeforeEach
  void makesARepositoryWithAPast() throws IOException {
    Path source = Files.createDirectory(place.resolve("source"));
    Repository made =
        Repository.init(
            target,
            Fixture.PASSWORD,
            Fixture.RANDOM,
            Fixture.ORIGIN,
            Fixture.NOW,
            new KeyFile.Cost(1 << 10, 8, 1));
    repository = made;
    byte[] second = target.of(ObjectKind.KEY).firstEntry().getValue().clone();
    old.put(Sort.CONFIG, Map.of("config", anotherConfig()));
    made.addPassword("ikinci".getBytes(StandardCharsets.UTF_8), Fixture.NOW);
    String removed = made.addPassword(second, Fixture.NOW).hex();
    old.put(Sort.KEY, Map.of(removed, taken(ObjectKind.KEY, removed)));
    for (int i = 0; i < 3; i++) {
      Files.write(source.resolve("goes"), Fixture.random(2500, 70 + i));
      Files.write(source.resolve("file" + i), Fixture.random(3000, i));
      Files.writeString(Files.createDirectories(source.resolve("d" + i)).resolve("t"), "t" + i);
      backup(source);
    }
    forgetTheFirst();
    RepositoryLock released = RepositoryLock.take(made, false, () -> Fixture.NOW, 0);
    String name = target.of(ObjectKind.LOCK).firstKey();
    byte[] bytes = taken(ObjectKind.LOCK, name);
    released.close();
    old.put(Sort.LOCK, Map.of(name, bytes));
    lock = RepositoryLock.take(made, false, () -> Fixture.NOW, 0);
    RepositoryLock.take(made, false, () -> Fixture.NOW, 0);
    for (Sort sort : Sort.values()) {
      names.put(sort, new ArrayList<>(target.of(sort.kind).keySet()));
    }
    names.put(Sort.TREE_PACK, packs(BlobType.TREE));
    names.put(Sort.DATA_PACK, packs(BlobType.DATA));
    inventory = Inventory.of(target);
  }

  @AfterEach
  void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
    if (repository != null) {
      repository.close();
    }
  }

  private Repository repository() {
    if (repository == null) {
      throw new IllegalStateException("not made");
    }
    return repository;
  }

  /** Sealed with the same keys, and with another IV. */
  private byte[] anotherConfig() throws IOException {
    try (Workbench bench = repository().workbench()) {
      byte[] json =
          bench.sealer().open(target.read(ObjectKind.CONFIG, "config", 1 << 16), "config");
      return bench.sealer().seal(json);
    }
  }

  private byte[] taken(ObjectKind kind, String name) {
    byte[] bytes = target.of(kind).remove(name);
    if (bytes == null) {
      throw new IllegalStateException(name);
    }
    return bytes;
  }

  private void backup(Path source) throws IOException {
    try (RepositoryLock held = RepositoryLock.take(repository(), false, () -> Fixture.NOW, 0)) {
      Instant now = Fixture.NOW.plusSeconds(Snapshot.all(repository()).size());
      BackupRun.run(repository(), List.of(source), now, held);
    }
  }

  private void forgetTheFirst() throws IOException {
    MemoryTarget before = target.copy();
    List<String> trees = packs(BlobType.TREE);
    try (RepositoryLock alone = RepositoryLock.take(repository(), true, () -> Fixture.NOW, 0)) {
      Snapshot.forget(repository(), Snapshot.all(repository()).getFirst(), alone);
      PruneRun.run(repository(), alone);
    }
    for (Sort sort : List.of(Sort.TREE_PACK, Sort.DATA_PACK, Sort.INDEX, Sort.SNAPSHOT)) {
      Map<String, byte[]> gone = new TreeMap<>(before.of(sort.kind));
      gone.keySet().removeAll(target.of(sort.kind).keySet());
      if (sort.kind == ObjectKind.DATA) {
        gone.keySet().removeIf(name -> trees.contains(name) != (sort == Sort.TREE_PACK));
      }
      assertThat(gone).as("gone of %s", sort).isNotEmpty();
      old.put(sort, gone);
    }
  }

  private List<String> packs(BlobType type) throws IOException {
    Set<String> found = new java.util.TreeSet<>();
    try (Workbench bench = repository().workbench()) {
      BlobIndex index = repository().loadIndex(bench);
      for (int i = 0; i < index.size(); i++) {
        if (index.place(i).type() == type) {
          found.add(index.place(i).pack().hex());
        }
      }
    }
    return List.copyOf(found);
  }

  /** What the check of the format says; what only a seal can know is asked for apart. */
  private String verdict(boolean readData, boolean sealed) throws IOException {
    Inventory expected = inventory;
    CheckRun.Report report =
        sealed && expected != null
            ? CheckRun.run(repository(), readData, expected)
            : CheckRun.run(repository(), readData);
    return report.problems().toString();
  }

  @Test
  void findsAndNamesEveryHarmToEveryObject() throws IOException {
    assertThat(verdict(true, true)).isEqualTo("[]");
    Map<String, Integer> done = new TreeMap<>();
    int count = 0;
    while (count < MUTATIONS) {
      for (Sort sort : Sort.values()) {
        for (Harm harm : Harm.values()) {
          List<String> of = names.getOrDefault(sort, List.of());
          if (one(sort, harm, of.get(random.nextInt(of.size())))) {
            done.merge(sort + " " + harm, 1, Integer::sum);
            count++;
          }
        }
      }
    }
    assertThat(verdict(true, true)).isEqualTo("[]");
    assertThat(done).hasSize(Sort.values().length * Harm.values().length);
  }

  /** Harms, looks, repairs; false when this harm cannot be done to this object. */
  private boolean one(Sort sort, Harm harm, String name) throws IOException {
    Map<String, byte[]> objects = target.of(sort.kind);
    Map<String, byte[]> before = Map.copyOf(objects);
    byte[] bytes = before.get(name);
    if (bytes == null) {
      throw new IllegalStateException(name);
    }
    List<String> expected = new ArrayList<>(List.of(name));
    switch (harm) {
      case FLIP -> {
        byte[] flipped = bytes.clone();
        flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        objects.put(name, flipped);
      }
      case TRUNCATE -> objects.put(name, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      case GROW -> objects.put(name, Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(99)));
      case SWAP -> {
        byte[] other = swap(sort, name, objects, expected);
        if (Arrays.equals(bytes, other)) {
          return false;
        }
        objects.put(name, other);
      }
      case RENAME -> {
        char last = name.charAt(name.length() - 1);
        String renamed = name.substring(0, name.length() - 1) + (last == '0' ? '1' : '0');
        objects.remove(name);
        objects.put(renamed, bytes);
        if (sort == Sort.LOCK) {
          expected.clear(); // no seal says which locks there should be
        }
        expected.add(renamed);
      }
      case REPLAY -> {
        Map<String, byte[]> past = old.getOrDefault(sort, Map.of());
        expected.clear();
        objects.putAll(past);
        expected.addAll(past.keySet());
      }
      case DELETE -> objects.remove(name);
    }
    boolean sealed = harm == Harm.RENAME || harm == Harm.REPLAY || harm == Harm.DELETE;
    String verdict = verdict(sort.kind == ObjectKind.DATA, sealed);
    if (sort == Sort.LOCK && (harm == Harm.DELETE || harm == Harm.REPLAY)) {
      lockIsMissedOrSeen(harm, name, expected);
    } else if (sort == Sort.CONFIG && harm == Harm.RENAME) {
      assertThat(verdict).contains("file config");
    } else {
      assertThat(verdict).as("%s of %s %s", harm, sort, name).contains(expected);
    }
    objects.clear();
    objects.putAll(before);
    return true;
  }

  /** Exchanges with a sibling, or takes another object's bytes when it has none. */
  private byte[] swap(Sort sort, String name, Map<String, byte[]> objects, List<String> expected) {
    List<String> siblings = new ArrayList<>(names.getOrDefault(sort, List.of()));
    siblings.remove(name);
    byte[] own = objects.get(name);
    if (siblings.isEmpty() || own == null) {
      return target.of(ObjectKind.SNAPSHOT).firstEntry().getValue();
    }
    String sibling = siblings.get(random.nextInt(siblings.size()));
    byte[] other = objects.get(sibling);
    objects.put(sibling, own);
    expected.add(sibling);
    return other == null ? own : other;
  }

  /** A lock that is gone its holder misses; one that is back stands in the way. */
  private void lockIsMissedOrSeen(Harm harm, String name, List<String> expected)
      throws IOException {
    if (harm == Harm.DELETE) {
      RepositoryLock held = Objects.requireNonNull(lock);
      target.of(ObjectKind.LOCK).clear();
      assertThatThrownBy(held::held).as(name).hasMessageContaining("is gone");
    } else {
      assertThat(CheckRun.run(repository(), false).notes())
          .anyMatch(note -> note.contains(expected.getFirst().substring(0, 8)));
    }
  }
}
