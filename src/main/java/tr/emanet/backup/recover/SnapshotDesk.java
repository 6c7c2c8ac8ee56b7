package tr.emanet.backup.recover;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.plan.KeptSnapshot;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.plan.SnapshotStore;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restore.SnapshotArchive;
import tr.emanet.backup.restore.SnapshotBrowser;
import tr.emanet.backup.restore.SnapshotPath;
import tr.emanet.event.Principal;

/**
 * What people do with snapshots short of a restore: look, search, compare, download. Any thread.
 */
public final class SnapshotDesk {

  /** The most snapshots that a list or a search looks at. */
  public static final int LISTED = 2000;

  /** The most snapshots that a search over all of them or a list of versions looks at. */
  public static final int LOOKED_AT = 200;

  private static final int FOUND = 200;
  private static final int HITS = 1000;
  private static final int SEEN = 500;

  private final SnapshotStore store;
  private final SnapshotShelf shelf;
  private final SealLook seals;
  private final ForeignSnapshots foreign;
  private final SnapshotDownloads downloads;
  private final Map<Long, SealLook.Seen> seen = new ConcurrentHashMap<>();

  /**
   * A snapshot in the list.
   *
   * @param beforeAttack the last one without findings before files looked encrypted
   */
  public record Item(KeptSnapshot kept, boolean beforeAttack) {}

  /** A directory of a snapshot. */
  public record Folder(SnapshotPath path, SnapshotBrowser.Page page, int offset) {}

  /**
   * A name that was found.
   *
   * @param newest the newest snapshot looked at that has it
   * @param snapshots how many of those looked at have it, as far as the search went
   */
  public record Found(KeptSnapshot newest, SnapshotBrowser.Entry entry, int snapshots) {}

  /**
   * What a search found.
   *
   * @param looked how many snapshots were looked at
   * @param more whether there is more than is shown
   * @param unreadable directories that could not be read
   * @param failed repositories that could not be opened, with the reason
   */
  public record Search(
      List<Found> found, int looked, boolean more, long unreadable, List<String> failed) {

    public Search {
      found = List.copyOf(found);
      failed = List.copyOf(failed);
    }
  }

  /**
   * A version of a file.
   *
   * @param newest the newest snapshot that has it, {@code oldest} the oldest
   * @param snapshots how many have it
   */
  public record Version(
      KeptSnapshot newest, KeptSnapshot oldest, int snapshots, SnapshotBrowser.Entry entry) {}

  public SnapshotDesk(SnapshotStore store, SnapshotShelf shelf, SealLook seals, AuditLog audit) {
    this.store = store;
    this.shelf = shelf;
    this.seals = seals;
    this.foreign = new ForeignSnapshots(store, shelf);
    this.downloads = new SnapshotDownloads(shelf, audit);
  }

  /**
   * Snapshots that stand, the newest first.
   *
   * @param job of one job; 0 for all
   */
  public List<Item> list(long job) {
    List<KeptSnapshot> all = store.newest(job, LISTED);
    Map<Long, Boolean> attacked = new HashMap<>();
    List<Item> items = new ArrayList<>();
    for (KeptSnapshot kept : all) {
      RunRecord run = kept.run();
      boolean suspicious = run.state() == RunRecord.State.SUSPICIOUS;
      boolean before = !suspicious && attacked.getOrDefault(run.plan(), false);
      attacked.put(run.plan(), suspicious);
      items.add(new Item(kept, before));
    }
    return items;
  }

  /** Snapshots that no run of ours made. */
  public ForeignSnapshots foreign() {
    return foreign;
  }

  /** A snapshot by its number. */
  public Optional<Item> find(long number) {
    if (KeptSnapshot.foreign(number)) {
      return foreign.find(number).map(kept -> new Item(kept, false));
    }
    Optional<KeptSnapshot> kept = store.find(number);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    return list(kept.get().run().plan()).stream()
        .filter(item -> item.kept().number() == number)
        .findFirst()
        .or(() -> kept.map(k -> new Item(k, false)));
  }

  /** How the seal of a snapshot stands; not older than five minutes. */
  public SealLook.Seen seal(KeptSnapshot kept) throws IOException {
    SealLook.Seen known = seen.get(kept.number());
    if (known != null && seals.fresh(known)) {
      return known;
    }
    SealLook.Seen now = shelf.look(address(kept), open -> seals.look(open.repository(), kept));
    if (seen.size() >= SEEN) {
      seen.clear();
    }
    seen.put(kept.number(), now);
    return now;
  }

  private static String address(KeptSnapshot kept) {
    return kept.run().repository();
  }

  /**
   * Lists a directory.
   *
   * @throws BackupException when the snapshot has no such directory
   */
  public Folder folder(KeptSnapshot kept, SnapshotPath path, int offset, int limit)
      throws IOException {
    return shelf.look(
        address(kept),
        open ->
            new Folder(
                path, open.browser().list(open.snapshot(kept), path, offset, limit), offset));
  }

  /** One entry; empty when the snapshot has none of this path. */
  public Optional<SnapshotBrowser.Entry> entry(KeptSnapshot kept, SnapshotPath path)
      throws IOException {
    return shelf.look(
        address(kept), open -> Optional.ofNullable(open.browser().stat(open.snapshot(kept), path)));
  }

  /**
   * Finds names in snapshots, folded as the search of events folds.
   *
   * @throws BackupException when the text is empty or too long
   */
  public Search search(List<KeptSnapshot> where, String text) throws IOException {
    Map<String, List<KeptSnapshot>> places = new LinkedHashMap<>();
    int looked = 0;
    for (KeptSnapshot kept : where) {
      if (looked == LOOKED_AT) {
        break;
      }
      places.computeIfAbsent(address(kept), key -> new ArrayList<>()).add(kept);
      looked++;
    }
    Map<String, Found> found = new LinkedHashMap<>();
    List<String> failed = new ArrayList<>();
    boolean more = where.size() > looked;
    long unreadable = 0;
    for (Map.Entry<String, List<KeptSnapshot>> place : places.entrySet()) {
      try {
        SnapshotBrowser.Hits hits =
            shelf.look(place.getKey(), open -> hits(open, place.getValue(), text, found));
        more |= hits.more();
        unreadable += hits.unreadable();
      } catch (BackupException e) {
        if (text.isBlank() || text.length() > 256) {
          throw e;
        }
        failed.add(place.getKey() + ": " + e.getMessage());
      }
    }
    List<Found> shown = found.values().stream().limit(FOUND).toList();
    return new Search(shown, looked, more || found.size() > FOUND, unreadable, failed);
  }

  private static SnapshotBrowser.Hits hits(
      SnapshotShelf.Open open, List<KeptSnapshot> where, String text, Map<String, Found> found)
      throws IOException {
    Map<String, KeptSnapshot> byId = new HashMap<>();
    List<Snapshot> snapshots = new ArrayList<>();
    for (KeptSnapshot kept : open.standing(where)) {
      byId.put(kept.run().snapshot(), kept);
      snapshots.add(open.snapshot(kept));
    }
    SnapshotBrowser.Hits hits = open.browser().find(snapshots, SnapshotPath.ROOT, text, 0, HITS);
    for (SnapshotBrowser.Hit hit : hits.hits()) {
      KeptSnapshot kept = byId.get(hit.snapshot().id().hex());
      if (kept != null) {
        found.merge(
            kept.run().plan() + hit.entry().path(),
            new Found(kept, hit.entry(), 1),
            (old, one) -> new Found(old.newest(), old.entry(), old.snapshots() + 1));
      }
    }
    return hits;
  }

  /**
   * The versions of an entry over the snapshots of a job, the newest first. Two with the same
   * content, size, time and kind are one.
   */
  public List<Version> versions(KeptSnapshot kept, SnapshotPath path) throws IOException {
    List<KeptSnapshot> all =
        store.newest(kept.run().plan(), LOOKED_AT).stream()
            .filter(one -> address(one).equals(address(kept)))
            .toList();
    return shelf.look(
        address(kept),
        open -> {
          List<Version> versions = new ArrayList<>();
          List<Id> content = List.of();
          for (KeptSnapshot one : open.standing(all)) {
            SnapshotBrowser.Entry entry = open.browser().stat(open.snapshot(one), path);
            if (entry == null) {
              continue;
            }
            Version last = versions.isEmpty() ? null : versions.getLast();
            List<Id> before = content;
            content = open.browser().content(open.snapshot(one), path);
            if (last != null && same(last.entry(), entry) && before.equals(content)) {
              versions.set(
                  versions.size() - 1,
                  new Version(last.newest(), one, last.snapshots() + 1, last.entry()));
            } else {
              versions.add(new Version(one, one, 1, entry));
            }
          }
          return List.copyOf(versions);
        });
  }

  private static boolean same(SnapshotBrowser.Entry a, SnapshotBrowser.Entry b) {
    return a.type().equals(b.type()) && a.size() == b.size() && a.modified().equals(b.modified());
  }

  /**
   * One file, as it was.
   *
   * @throws BackupException when there is no such file, or another has the repository alone
   */
  public SnapshotDownload file(Principal who, KeptSnapshot kept, SnapshotPath path)
      throws IOException {
    return downloads.file(who, kept, path);
  }

  /**
   * A selection as an archive.
   *
   * @throws BackupException when nothing or too much is selected, or another has the repository
   *     alone
   */
  public SnapshotDownload archive(
      Principal who, KeptSnapshot kept, List<SnapshotPath> selection, SnapshotArchive.Format format)
      throws IOException {
    return downloads.archive(who, kept, selection, format);
  }

  /** Lets go of downloads that were asked for and never begun; called every few seconds. */
  public void tidy() {
    downloads.tidy();
  }
}
