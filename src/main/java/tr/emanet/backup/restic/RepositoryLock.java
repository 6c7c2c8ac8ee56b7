package tr.emanet.backup.restic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 * <p>A lock without a sign of life for thirty minutes, or of a process of this host that has ended,
 * is stale: named, and passed over. {@link #held} says whether ours is still there; who deletes
 * asks before each step.
 */
public final class RepositoryLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RepositoryLock.class);

  private static final Duration STALE = Duration.ofMinutes(30);
  private static final Duration TRUSTED = Duration.ofMinutes(15);
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
   * @throws BackupException when another is in the way; it is named
   */
  public static RepositoryLock take(Repository repository, boolean exclusive, InstantSource clock)
      throws IOException {
    refuseOthers(repository, exclusive, clock, "");
    RepositoryLock lock = new RepositoryLock(repository, clock, exclusive);
    try {
      Thread.sleep(SETTLE_MILLIS);
      refuseOthers(repository, exclusive, clock, lock.name.hex());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lock.close();
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
    for (Seen seen : all(repository)) {
      if (seen.name().equals(own) || !(exclusive || seen.exclusive())) {
        continue;
      }
      if (stale(seen, repository.origin(), clock.instant())) {
        LOG.atWarn().addKeyValue("lock", seen.describe()).log("A stale lock is passed over");
        continue;
      }
      throw new BackupException(
          seen.describe() + " is in the way; wait until it ends, or remove it when it is dead");
    }
  }

  /** True when nobody can hold it any more. */
  static boolean stale(Seen seen, Origin here, Instant now) {
    return seen.time().isBefore(now.minus(STALE))
        || seen.host().equals(here.host()) && ProcessHandle.of(seen.pid()).isEmpty();
  }

  /** All locks; a damaged one is an error that names it. */
  public static List<Seen> all(Repository repository) throws IOException {
    List<Seen> found = new ArrayList<>();
    try (Workbench bench = repository.workbench()) {
      for (String name : repository.names(ObjectKind.LOCK)) {
        byte[] json;
        try {
          json = repository.load(ObjectKind.LOCK, name, bench);
        } catch (BackupException e) {
          if (!repository.names(ObjectKind.LOCK).contains(name)) {
            continue; // released meanwhile
          }
          throw e;
        }
        found.add(decode(name, json));
      }
    }
    return found;
  }

  private static Seen decode(String name, byte[] json) throws IOException {
    JsonNode node = new ObjectMapper().readTree(json);
    try {
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
   * Makes sure that our lock still stands, and is young.
   *
   * @throws BackupException when it is gone or older than 15 minutes: another may have taken over
   */
  void held() throws IOException {
    synchronized (guard) {
      if (written.isBefore(clock.instant().minus(TRUSTED))
          || !repository.names(ObjectKind.LOCK).contains(name.hex())) {
        throw new BackupException("our lock is gone or too old; nothing more is deleted");
      }
    }
  }

  private Id write(Instant now) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode node = mapper.createObjectNode();
    Origin origin = repository.origin();
    node.put("time", TreeWriter.timeText(now)).put("exclusive", exclusive);
    node.put("hostname", origin.host()).put("username", origin.user()).put("pid", origin.pid());
    node.put("uid", origin.uid()).put("gid", origin.gid());
    try (Workbench bench = repository.workbench()) {
      return repository.save(ObjectKind.LOCK, mapper.writeValueAsBytes(node), bench);
    }
  }

  private void refresh() {
    synchronized (guard) {
      try {
        Instant now = clock.instant();
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
    refresher.shutdownNow();
    synchronized (guard) {
      repository.target().remove(ObjectKind.LOCK, name.hex());
    }
  }
}
