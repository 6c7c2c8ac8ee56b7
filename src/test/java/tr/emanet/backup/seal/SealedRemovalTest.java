package tr.emanet.backup.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.Target;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.PruneRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;

/** Removals that end at any change of the repository, and what the next start makes of them. */
class SealedRemovalTest {

  private static final int MORE_THAN_ALL = 100;

  @TempDir Path root;
  private SealedRepository place;

  @BeforeEach
  void make() throws Exception {
    place = new SealedRepository(root.resolve("kaynak"));
    place.backup();
    place.backup();
    place.backup();
  }

  @AfterEach
  void close() {
    place.close();
  }

  private Path copy(String name) throws IOException {
    Path to = root.resolve(name);
    try (Stream<Path> all = Files.walk(place.directory)) {
      for (Path from : all.toList()) {
        Path at = to.resolve(place.directory.relativize(from).toString());
        if (Files.isDirectory(from)) {
          Files.createDirectories(at);
        } else {
          Files.copy(from, at);
        }
      }
    }
    return to;
  }

  /** Gives a repository whose process is killed at the n-th change. */
  private Repository killedAt(Path directory, int n) throws IOException {
    Target target = new LocalTarget(directory);
    AtomicInteger left = new AtomicInteger(n);
    Target killed =
        (Target)
            Proxy.newProxyInstance(
                Target.class.getClassLoader(),
                new Class<?>[] {Target.class},
                (proxy, method, arguments) -> {
                  boolean change =
                      method.getName().equals("write") || method.getName().equals("remove");
                  if (left.get() <= 0 || change && left.decrementAndGet() <= 0) {
                    throw new IOException("killed");
                  }
                  try {
                    return method.invoke(target, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return open(killed);
  }

  private static Repository open(Target target) throws IOException {
    Origin origin = new Origin("sunucu", "root", ProcessHandle.current().pid(), 0, 0);
    return Repository.open(target, SealedRepository.PASSWORD, new SecureRandom(), origin);
  }

  /** Forgets the oldest and prunes, both under the seal. */
  private void remove(Repository repository, Path note) throws IOException {
    try (RepositoryLock lock = RepositoryLock.take(repository, true, place.now::get)) {
      SealedRemoval removal = new SealedRemoval(place.seals, repository, note, "İmar");
      List<Snapshot> all = Snapshot.all(repository);
      if (all.size() == 3) {
        Removal oldest =
            new Removal(all.getFirst().id().hex(), "retention", List.of("approved rule"));
        removal.snapshots(List.of(oldest), () -> Snapshot.forget(repository, all.getFirst(), lock));
      }
      var ignored = PruneRun.run(repository, lock, removal);
    }
  }

  @Test
  void endsSealedWhereverTheProcessWasKilled() throws Exception {
    int rounds = 0;
    boolean cut = true;
    while (cut) {
      rounds++;
      Path directory = copy("depo " + rounds);
      Path note = root.resolve("durum/" + rounds + ".note");
      try (Repository repository = killedAt(directory, rounds)) {
        remove(repository, note);
        cut = false;
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("killed");
      }
      try (Repository repository = open(new LocalTarget(directory))) {
        unlock(directory);
        boolean ignored = new SealedRemoval(place.seals, repository, note, "").complete();
        List<SealFinding> gone =
            place.seals.verify(repository, place.trust(), true, null).findings().stream()
                .filter(f -> f instanceof SealFinding.Missing || !f.isNote())
                .toList();
        assertThat(gone).as("killed at change %d", rounds).isEmpty();
        remove(repository, note);
        SealReport report = place.seals.verify(repository, place.trust(), true, null);
        assertThat(report.findings()).allMatch(SealFinding::isNote);
        assertThat(Snapshot.all(repository)).hasSize(2);
        assertThat(note).doesNotExist();
      }
      assertThat(rounds).isLessThan(MORE_THAN_ALL);
    }
    assertThat(rounds).isGreaterThan(6);
  }

  private static void unlock(Path directory) throws IOException {
    try (Stream<Path> locks = Files.list(directory.resolve("locks"))) {
      for (Path lock : locks.toList()) {
        Files.delete(lock);
      }
    }
  }

  @Test
  void sealsNothingThatSomebodyElseTookAway() throws Exception {
    Path note = root.resolve("durum/x.note");
    new PruneIntent("İmar", java.util.Set.of(), List.of()).save(note);
    Path pack;
    try (Stream<Path> all = Files.walk(place.directory.resolve("data"))) {
      pack = all.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    Files.delete(pack);

    boolean done = new SealedRemoval(place.seals, place.repository, note, "").complete();

    assertThat(done).isTrue();
    assertThat(place.verify(false).findings())
        .anyMatch(f -> f instanceof SealFinding.Missing && f.object().contains("data/"));
  }
}
