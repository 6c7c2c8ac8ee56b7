package tr.emanet.backup.recover;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.plan.KeptSnapshot;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restore.SnapshotBrowser;

/**
 * Repositories that people look into, kept open between two clicks and closed when nobody has
 * looked for ten minutes, so that keys and indexes do not stay in memory. Safe for many threads;
 * those that look into the same repository wait for each other.
 */
public final class SnapshotShelf implements Closeable {

  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final int OPEN = 3;

  private final Repositories repositories;
  private final InstantSource clock;
  private final Map<String, Place> places = new LinkedHashMap<>();

  /** Something that is done with a repository while it is open. */
  @FunctionalInterface
  public interface Look<T> {
    T at(Open open) throws IOException;
  }

  /** A repository that is open. */
  public static final class Open {

    private final Repository repository;
    private final SnapshotBrowser browser;
    private final Map<String, Snapshot> known = new HashMap<>();

    private Open(Repository repository, SnapshotBrowser browser) {
      this.repository = repository;
      this.browser = browser;
    }

    Repository repository() {
      return repository;
    }

    SnapshotBrowser browser() {
      return browser;
    }

    /**
     * A snapshot as the repository has it.
     *
     * @throws BackupException when it is not there
     */
    Snapshot snapshot(KeptSnapshot kept) throws IOException {
      Snapshot found = known.get(kept.run().snapshot());
      if (found == null) {
        known.clear();
        for (Snapshot one : Snapshot.all(repository)) {
          known.put(one.id().hex(), one);
        }
        found = known.get(kept.run().snapshot());
      }
      if (found == null) {
        throw new BackupException(
            "snapshot "
                + kept.run().snapshot().substring(0, 8)
                + " is not in '"
                + kept.run().repository()
                + "' any more");
      }
      return found;
    }

    /** Those of the list that the repository still has, in the order of the list. */
    List<KeptSnapshot> standing(List<KeptSnapshot> list) throws IOException {
      List<KeptSnapshot> found = new ArrayList<>();
      if (!list.isEmpty()) {
        try {
          Snapshot ignored = snapshot(list.getFirst());
        } catch (BackupException e) {
          // Gone; the others were read anew by that.
          known.remove(list.getFirst().run().snapshot());
        }
      }
      for (KeptSnapshot kept : list) {
        if (known.containsKey(kept.run().snapshot())) {
          found.add(kept);
        }
      }
      return found;
    }
  }

  private static final class Place {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Open open;
    private Instant used = Instant.MIN;
  }

  public SnapshotShelf(Repositories repositories, InstantSource clock) {
    this.repositories = repositories;
    this.clock = clock;
  }

  /** Looks into the repository at an address. */
  <T> T look(String address, Look<T> look) throws IOException {
    Place place;
    synchronized (places) {
      place = places.computeIfAbsent(address, key -> new Place());
    }
    place.lock.lock();
    try {
      Open open = place.open;
      if (open == null) {
        open = open(address);
        place.open = open;
      }
      place.used = clock.instant();
      return look.at(open);
    } finally {
      place.lock.unlock();
      tidy(IDLE);
    }
  }

  private Open open(String address) throws IOException {
    Repository repository = repositories.existing(address);
    try {
      return new Open(repository, SnapshotBrowser.open(repository));
    } catch (IOException | RuntimeException e) {
      repository.close();
      throw e;
    }
  }

  /** Opens a repository for one longer work; the caller closes it. */
  Repository openOwn(String address) throws IOException {
    return repositories.existing(address);
  }

  InstantSource clock() {
    return clock;
  }

  /** Closes what nobody has looked into for long; called now and then. */
  public void tidy() {
    tidy(IDLE);
  }

  private void tidy(Duration idle) {
    Instant now = clock.instant();
    List<Place> all;
    synchronized (places) {
      all = new ArrayList<>(places.values());
    }
    all.sort((a, b) -> b.used.compareTo(a.used));
    int open = 0;
    for (Place place : all) {
      if (!place.lock.tryLock()) {
        open++;
        continue;
      }
      try {
        if (place.open != null && (open >= OPEN || !now.isBefore(place.used.plus(idle)))) {
          close(place);
        }
        open += place.open == null ? 0 : 1;
      } finally {
        place.lock.unlock();
      }
    }
  }

  private static void close(Place place) {
    Open open = place.open;
    place.open = null;
    if (open != null) {
      open.browser.close();
      open.repository.close();
    }
  }

  /** Closes all; waits for who looks. */
  @Override
  public void close() {
    List<Place> all;
    synchronized (places) {
      all = new ArrayList<>(places.values());
    }
    for (Place place : all) {
      place.lock.lock();
      try {
        close(place);
      } finally {
        place.lock.unlock();
      }
    }
  }
}
