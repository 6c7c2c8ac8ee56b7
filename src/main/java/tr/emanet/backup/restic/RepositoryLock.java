package tr.emanet.backup.restic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;

/**
 * A lock as stock restic sees it: a file with true host and process, written anew every five
 * minutes, foreign ones honoured. Many share a repository, or one has it alone.
 *
 * <p>The lock of a process of this host that has ended is removed at once: a killed run does not
 * stop the next one. Another's lock stands in the way even when it has gone silent, as with restic;
 * {@link UnlockRun} removes it, and the message says so. {@link #held} says whether ours is still
 * there; who deletes asks before each step.
 */
public final class RepositoryLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RepositoryLock.class);

  static final Duration STALE = Duration.ofMinutes(30);
  private static final Duration TRUSTED = Duration.ofMinutes(15);

  /** Older than this it is not made young again: another may be about to remove it. */
  private static final Duration LOST = Duration.ofMinutes(25);

  private static final long REFRESH_SECONDS = 300;

  /** Another that came at the same moment shows itself within this time. */
  private static final long SETTLE_MILLIS = 200;

  private final Repository repository;
  private final InstantSource clock;
  private final boolean exclusive;
  private final Object guard = new Object();
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lock").factory());
  private Id name;
  private Instant written;

  /** A lock in a repository. */
  public record Seen(
      String name, Instant time, boolean exclusive, String host, String user, long pid) {

    /** As people are told about it. */
    public String describe() {
      return "lock "
          + name.substring(0, 8)
          + " of process "
          + pid
          + " on "
          + host
          + " ("
          + user
          + ", "
          + time
          + (exclusive ? ", exclusive)" : ")");
    }
  }

  private RepositoryLock(Repository repository, InstantSource clock, boolean exclusive)
      throws IOException {
    this.repository = repository;
    this.clock = clock;
    this.exclusive = exclusive;
    this.written = clock.instant();
    this.name = write(written);
  }

  /**
   * Takes a lock.
   *
   * @throws RepositoryBusyException when another is in the way; it is named
   */
  public static RepositoryLock take(Repository repository, boolean exclusive, InstantSource clock)
      throws IOException {
    return take(repository, exclusive, clock, SETTLE_MILLIS);
  }

  static RepositoryLock take(
      Repository repository, boolean exclusive, InstantSource clock, long settleMillis)
      throws IOException {
    refuseOthers(repository, exclusive, clock, "");
    RepositoryLock lock = new RepositoryLock(repository, clock, exclusive);
    try {
      Thread.sleep(settleMillis);
      refuseOthers(repository, exclusive, clock, lock.name.hex());
      // Alone, whatever is unfinished is nobody's; else what is older than any write takes.
      repository
          .target()
          .sweepLeftovers(exclusive ? Instant.MAX : clock.instant().minus(Duration.ofHours(1)));
    } catch (InterruptedException e) {
      lock.close();
      Thread.currentThread().interrupt();
      throw new BackupException("interrupted while taking a lock", e);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
    var _ =
        lock.refresher.scheduleWithFixedDelay(
            lock::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    return lock;
  }

  private static void refuseOthers(
      Repository repository, boolean exclusive, InstantSource clock, String own)
      throws IOException {
    Instant now = clock.instant();
    for (Seen seen : all(repository)) {
      if (seen.name().equals(own)) {
        continue;
      }
      if (dead(seen, repository.origin(), now)) {
        LOG.atWarn()
            .addKeyValue("lock", seen.describe())
            .log("The lock of a process that has ended is removed");
        repository.target().remove(ObjectKind.LOCK, seen.name());
      } else if (exclusive || seen.exclusive()) {
        boolean silent = seen.time().isBefore(now.minus(STALE));
        throw new RepositoryBusyException(inTheWay(seen, now), seen, silent);
      }
    }
  }

  private static String inTheWay(Seen seen, Instant now) {
    long minutes = Duration.between(seen.time(), now).toMinutes();
    if (minutes < STALE.toMinutes()) {
      return seen.describe() + " is in the way; wait until it ends";
    }
    return seen.describe()
        + " is in the way and has shown no sign of life for "
        + minutes
        + " minutes; make sure on "
        + seen.host()
        + " that process "
        + seen.pid()
        + " has ended, then run 'emanet repo unlock'";
  }

  /** True when nobody can hold it any more, or nobody has shown to for thirty minutes. */
  static boolean stale(Seen seen, Origin here, Instant now) {
    return seen.time().isBefore(now.minus(STALE)) || dead(seen, here, now);
  }

  /** True when its process was one of this host and has ended; its number may be another's now. */
  private static boolean dead(Seen seen, Origin here, Instant now) {
    if (!seen.host().equals(here.host())) {
      return false;
    }
    return ProcessHandle.of(seen.pid())
        .map(
            process ->
                seen.time().isBefore(now.minus(STALE))
                    && process.info().startInstant().filter(seen.time()::isBefore).isPresent())
        .orElse(true);
  }

  /** All locks; a damaged one is an error that names it. */
  public static List<Seen> all(Repository repository) throws IOException {
    List<Seen> found = new ArrayList<>();
    for (String name : repository.names(ObjectKind.LOCK)) {
      try {
        found.add(read(repository, name));
      } catch (BackupException e) {
        if (repository.names(ObjectKind.LOCK).contains(name)) {
          throw new BackupException(
              e.getMessage() + "; 'emanet repo unlock --id " + name + " --force' removes it", e);
        } // else it was released meanwhile
      }
    }
    return found;
  }

  static Seen read(Repository repository, String name) throws IOException {
    try (Workbench bench = repository.workbench()) {
      JsonNode node = JsonTree.read(repository.load(ObjectKind.LOCK, name, bench));
      return new Seen(
          name,
          OffsetDateTime.parse(node.path("time").asText()).toInstant(),
          node.path("exclusive").asBoolean(),
          node.path("hostname").asText(),
          node.path("username").asText(),
          node.path("pid").asLong());
    } catch (DateTimeException e) {
      throw new BackupException("lock " + name + " is damaged: it has no time", e);
    }
  }

  /**
   * Makes sure that our lock still stands, and is young; it is read again from the repository.
   *
   * @throws BackupException when it is gone or older than 15 minutes: another may have taken over
   */
  public void held() throws IOException {
    synchronized (guard) {
      Instant time;
      try {
        time = read(repository, name.hex()).time();
      } catch (BackupException e) {
        throw new BackupException(
            "our lock "
                + name.brief()
                + " is gone; another may use the repository. Nothing more is deleted; run it again",
            e);
      }
      long minutes = Duration.between(time, clock.instant()).toMinutes();
      if (minutes >= TRUSTED.toMinutes()) {
        throw new BackupException(
            "our lock "
                + name.brief()
                + " is "
                + minutes
                + " minutes old; another may have passed it over. Nothing more is deleted;"
                + " run it again");
      }
    }
  }

  private Id write(Instant now) throws IOException {
    ObjectNode node = JsonTree.object();
    Origin origin = repository.origin();
    node.put("time", TreeWriter.timeText(now)).put("exclusive", exclusive);
    node.put("hostname", origin.host()).put("username", origin.user()).put("pid", origin.pid());
    node.put("uid", origin.uid()).put("gid", origin.gid());
    try (Workbench bench = repository.workbench()) {
      return repository.save(ObjectKind.LOCK, JsonTree.bytes(node), bench);
    }
  }

  /** Writes it anew; one that is gone or too old stays as it is, and {@link #held} says so. */
  void refresh() {
    synchronized (guard) {
      try {
        Instant now = clock.instant();
        if (written.isBefore(now.minus(LOST))
            || !repository.names(ObjectKind.LOCK).contains(name.hex())) {
          LOG.atError().addKeyValue("lock", name).log("Our lock of the repository was lost");
          return;
        }
        Id fresh = write(now);
        repository.target().remove(ObjectKind.LOCK, name.hex());
        name = fresh;
        written = now;
      } catch (IOException e) {
        LOG.atWarn().setCause(e).log("The lock of the repository could not be refreshed");
      }
    }
  }

  @Override
  public void close() throws IOException {
    // Not at once: a refresh under way ends first, or its file would stay.
    refresher.shutdown();
    boolean interrupted = Thread.interrupted();
    synchronized (guard) {
      try {
        repository.target().remove(ObjectKind.LOCK, name.hex());
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
