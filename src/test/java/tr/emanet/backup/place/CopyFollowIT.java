package tr.emanet.backup.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.backup.restic.PruneCycle;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.seal.Removal;
import tr.emanet.backup.seal.SealedKeys;
import tr.emanet.backup.seal.SealedRemoval;

/** A copy loses what was removed under seal, late enough, and nothing else. */
class CopyFollowIT {

  @TempDir Path directory;
  private CopyBench bench;

  @BeforeEach
  void copies() throws Exception {
    bench = new CopyBench(directory);
    bench.backUp("ölçü.bin", 300_000);
    Files.delete(bench.source.resolve("ölçü.bin"));
    bench.backUp("İlçe.bin", 200_000);
    bench.copied();
  }

  @AfterEach
  void closes() throws Exception {
    bench.close();
  }

  private static Set<String> names(Path side) throws Exception {
    Set<String> found = new TreeSet<>();
    Target target = new LocalTarget(side);
    for (ObjectKind kind :
        List.of(ObjectKind.KEY, ObjectKind.DATA, ObjectKind.INDEX, ObjectKind.SNAPSHOT)) {
      target.list(kind).forEach(entry -> found.add(kind + " " + entry.name()));
    }
    return found;
  }

  /** Forgets the oldest snapshot and sweeps what nothing uses then, all of it sealed. */
  private void prune() throws Exception {
    Path note = directory.resolve("note");
    Path mark = directory.resolve("mark");
    try (Repository repository = bench.repositories.existing(bench.primary.toString())) {
      SealedRemoval removal =
          new SealedRemoval(bench.new Sealer().get(), repository, note, "Zabıta");
      String oldest = Snapshot.all(repository).getFirst().id().hex();
      try (RepositoryLock lock = RepositoryLock.take(repository, true, () -> bench.now)) {
        removal.snapshots(
            List.of(new Removal(oldest, "retention", List.of("approved rule"))),
            () -> repository.target().remove(ObjectKind.SNAPSHOT, oldest));
        lock.held();
      }
      for (int step = 0; step < 2; step++) {
        PruneCycle.Step done =
            PruneCycle.step(repository, mark, () -> bench.now, Duration.ofDays(1), removal);
        assertThat(done).isNotNull();
        bench.now = bench.now.plus(Duration.ofDays(2));
      }
    }
  }

  private void freeze(@Nullable Long at) {
    int rows =
        bench.database.write(
            h -> h.createUpdate("UPDATE backup_plan SET frozen_at = :at").bind("at", at).execute());
    assertThat(rows).isEqualTo(1);
  }

  @Test
  void removesWhatASealedPruneRemovedOnceItsGraceIsOver() throws Exception {
    Set<String> before = names(bench.copy);
    prune();
    Set<String> here = names(bench.primary);
    assertThat(here).isNotEqualTo(before).doesNotContainAnyElementsOf(List.of("x"));

    CopyRecord young = bench.copied();
    assertThat(young.followed()).isEqualTo(CopyRecord.Followed.NONE);
    assertThat(names(bench.copy)).containsAll(before);

    // While the chain is broken nothing goes, however old it is.
    bench.now = bench.now.plus(Duration.ofDays(9));
    Path seal = bench.primary.resolve("seals/00000001.json");
    byte[] sound = Files.readAllBytes(seal);
    CopyBench.flip(seal);
    CopyRecord held = bench.copied();
    assertThat(held.followed().removed()).isZero();
    assertThat(held.followed().held()).contains("00000001.json");
    assertThat(names(bench.copy)).containsAll(before);

    // Nor while a job looks like an attack.
    Files.write(seal, sound);
    freeze(bench.now.toEpochMilli());
    assertThat(bench.copied().followed().held()).contains("frozen");
    freeze(null);
    assertThat(names(bench.copy)).containsAll(before);

    // Nor while the copy itself lacks what stands.
    Path snapshot = CopyBench.files(bench.primary, "snapshots").getFirst();
    CopyBench.flip(bench.copy.resolve(bench.primary.relativize(snapshot)));
    CopyRecord unsound = bench.copied();
    assertThat(unsound.followed().held()).contains("does not hold");
    assertThat(names(bench.copy)).containsAll(before);

    assertThat(bench.healed(HealRecord.Side.COPY).healed()).isEqualTo(1);
    CopyRecord done = bench.copied();
    assertThat(done.followed().held()).isEmpty();
    assertThat(done.followed().removed()).isPositive();
    assertThat(done.followed().freed()).isGreaterThan(300_000);
    assertThat(names(bench.copy)).isEqualTo(here);
    assertThat(bench.findings(bench.copy)).isEmpty();
  }

  @Test
  void takesAWithdrawnPasswordAwayAtOnce() throws Exception {
    byte[] old = bench.password;
    byte[] fresh = "yeni parola".getBytes(StandardCharsets.US_ASCII);
    bench.tending.tick();
    await().until(() -> bench.jobs.unfinished(KeysWork.KIND).isEmpty());
    SealedKeys keys = new SealedKeys(bench.new Sealer().get(), () -> bench.now);
    try (Repository repository = bench.repositories.existing(bench.primary.toString())) {
      String name = repository.key();
      keys.add(repository, fresh, "mudur");
      bench.password = fresh;
      try (Repository again = bench.repositories.existing(bench.primary.toString())) {
        keys.remove(again, name, "mudur");
      }
    }

    bench.tending.tick();
    await().until(() -> bench.jobs.unfinished(KeysWork.KIND).isEmpty());

    try (Repository copy =
        bench.repositories.copy(bench.primary.toString(), new LocalTarget(bench.copy))) {
      assertThat(copy.id()).isNotEmpty();
    }
    bench.password = old;
    assertThatThrownBy(
            () -> bench.repositories.copy(bench.primary.toString(), new LocalTarget(bench.copy)))
        .hasMessageContaining("password");
  }
}
