package tr.emanet.backup.restic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;

/**
 * Rounds in which a backup, prune, sweep or repair is killed, or meets a full disk or an error, at
 * a random write or removal. After each the repository must be sound, no snapshot may be missing
 * that nobody forgot, and the same work must complete. One thread.
 */
public final class FaultRounds implements AutoCloseable {

  /** What a process that was killed leaves in its locks: a number that no process has. */
  private static final long NOBODY = 1L << 40;

  private final Path work;
  private final Path source;
  private final Random random;
  private final MemoryTarget memory = new MemoryTarget();
  private final FaultyTarget target = new FaultyTarget(memory);
  private final Repository repository;
  private final int[] struck = new int[Work.values().length];
  private Instant now = Fixture.NOW;

  private enum Work {
    BACKUP,
    PRUNE,
    SWEEP,
    FORGET,
    REPAIR
  }

  /** Makes a repository in memory, and a source in the directory. */
  public FaultRounds(Path work, long seed) throws IOException {
    this.work = work;
    this.random = new Random(seed);
    this.source = Files.createDirectories(work.resolve("source"));
    Origin origin = new Origin("sunucu", "root", NOBODY, 0, 0);
    this.repository =
        Repository.init(
            target, Fixture.PASSWORD, Fixture.RANDOM, origin, now, new KeyFile.Cost(1 << 10, 8, 1));
    for (int i = 0; i < 8; i++) {
      Files.write(source.resolve("file" + i), Fixture.random(20_000, seed + i));
    }
    backup();
  }

  /** One round; false when the work had ended before the fault came. */
  public boolean round() throws IOException {
    change();
    backup();
    Work next = Work.values()[random.nextInt(Work.values().length)];
    while (Snapshot.all(repository).size() > (next == Work.PRUNE ? 3 : 5)) {
      forget();
    }
    FaultyTarget.Fault fault =
        FaultyTarget.Fault.values()[random.nextInt(FaultyTarget.Fault.values().length)];
    Set<String> before = repository.names(ObjectKind.SNAPSHOT);
    target.arm(fault, 1 + random.nextInt(changes(next)));
    String end = "it ended";
    try {
      run(next);
    } catch (IOException e) {
      end = String.valueOf(e.getMessage());
    }
    boolean hit = target.struck();
    target.disarm();
    String what = next + ", " + fault + ", " + end;
    if (next != Work.REPAIR) {
      sound(what); // a repair that was cut has an index to make still
    }
    Set<String> missing = new HashSet<>(before);
    missing.removeAll(repository.names(ObjectKind.SNAPSHOT));
    if (missing.size() > (next == Work.FORGET ? 1 : 0)) {
      throw new IllegalStateException(what + ": snapshots are missing: " + missing);
    }
    run(next == Work.FORGET ? Work.PRUNE : next);
    sound(what + ", then the next run");
    struck[next.ordinal()] += hit ? 1 : 0;
    return hit;
  }

  /** About how many writes and removals the work has. */
  private static int changes(Work work) {
    return switch (work) {
      case BACKUP -> 6;
      case FORGET -> 3;
      case PRUNE -> 12;
      case SWEEP -> 20;
      case REPAIR -> 4;
    };
  }

  /** How often a fault hit each kind of work, in words. */
  public String summary() {
    StringBuilder text = new StringBuilder();
    for (Work kind : Work.values()) {
      text.append(kind).append(' ').append(struck[kind.ordinal()]).append(' ');
    }
    return text.toString().strip();
  }

  /** Writes the repository out, for the stock tool; its password is {@code password}'s. */
  public Path writeOut(String name) throws IOException {
    return memory.toDirectory(work.resolve(name));
  }

  /** Opens a repository of {@link TestRepository} in a directory. */
  public static Repository open(Path directory) throws IOException {
    return Repository.open(
        new LocalTarget(directory), Fixture.PASSWORD, Fixture.RANDOM, Fixture.ORIGIN);
  }

  /** The password of the repository. */
  public static byte[] password() {
    return Fixture.PASSWORD.clone();
  }

  private void sound(String what) throws IOException {
    CheckRun.Report report = CheckRun.run(repository, true);
    if (!report.sound()) {
      throw new IllegalStateException(
          what + ": " + report.problems() + " in " + MemoryTarget.keep(memory));
    }
  }

  private void change() throws IOException {
    for (int i = 0; i < 3; i++) {
      Path file = source.resolve("file" + random.nextInt(8));
      Files.write(file, Fixture.random(1000 + random.nextInt(60_000), random.nextLong()));
    }
  }

  private void run(Work kind) throws IOException {
    switch (kind) {
      case BACKUP -> backup();
      case PRUNE -> {
        try (RepositoryLock lock = lock(true)) {
          PruneRun.run(repository, lock);
        }
      }
      case SWEEP -> sweep();
      case FORGET -> forget();
      case REPAIR -> {
        Set<String> indexes = repository.names(ObjectKind.INDEX);
        if (random.nextBoolean() && !indexes.isEmpty()) {
          memory.of(ObjectKind.INDEX).remove(indexes.iterator().next());
        }
        try (RepositoryLock lock = lock(true)) {
          Aside aside = new Aside(work.resolve("aside"));
          RepairRun.run(repository, lock, true, new RepairRun.Sources(aside, null));
        }
      }
    }
  }

  private RepositoryLock lock(boolean exclusive) throws IOException {
    return RepositoryLock.take(repository, exclusive, () -> now, 0);
  }

  private void backup() throws IOException {
    now = now.plusSeconds(1);
    try (RepositoryLock lock = lock(false)) {
      BackupRun.run(repository, List.of(source), now, lock);
    }
  }

  private void sweep() throws IOException {
    PruneMark mark;
    try (RepositoryLock lock = lock(false)) {
      mark = PruneRun.mark(repository, lock, now);
    }
    backup();
    now = now.plus(PruneRun.GRACE).plusSeconds(1);
    try (RepositoryLock lock = lock(true)) {
      PruneRun.sweep(repository, lock, mark, now, PruneRun.GRACE, planned -> {});
    }
  }

  private void forget() throws IOException {
    try (RepositoryLock lock = lock(true)) {
      List<Snapshot> all = Snapshot.all(repository);
      if (all.size() > 1) {
        Snapshot.forget(repository, all.get(random.nextInt(all.size() - 1)), lock);
      }
    }
  }

  @Override
  public void close() {
    repository.close();
  }
}
