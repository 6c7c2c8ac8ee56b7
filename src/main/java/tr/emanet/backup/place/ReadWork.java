package tr.emanet.backup.place;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.SealedGone;
import tr.emanet.backup.target.Targets;
import tr.emanet.job.JobRun;
import tr.emanet.job.JobWork;
import tr.emanet.job.Progress;

/**
 * Reads a sample of a copy back: the objects that follow the last sample in the order of their
 * names, so that all is read within four weeks. Each is compared with its name; what the seals
 * promise and was copied must be there. Ends when the quiet hours begin, and goes on after them.
 */
final class ReadWork implements JobWork {

  static final String KIND = "backup-copy-read";

  private final PlaceDesk.Parts parts;
  private final PlaceStore places;
  private final ReadStore store;

  ReadWork(PlaceDesk.Parts parts, PlaceStore places, ReadStore store) {
    this.parts = parts;
    this.places = places;
    this.store = store;
  }

  @Override
  public void run(JobRun run) throws IOException {
    String[] input = run.job().input().split(" ", -1);
    Place place = places.place(Long.parseLong(input[0])).orElse(null);
    BackupJob plan = parts.desk().job(Long.parseLong(input[1])).orElse(null);
    if (place == null || plan == null) {
      return; // removed meanwhile
    }
    Instant now = now();
    Reading before =
        store
            .reading(place.id(), plan)
            .orElse(new Reading("", now, now, null, null, "", "", 0, 0, 0, ""));
    Sample sample = new Sample(run, place, plan, before);
    try {
      sample.read();
    } catch (IOException e) {
      sample.keep(false, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private Instant now() {
    return parts.clock().instant();
  }

  /** One sample. */
  private final class Sample {

    private final JobRun run;
    private final Place place;
    private final BackupJob plan;
    private final Reading before;
    private final Instant begun = now();
    private String cursor;
    private String first = "";
    private String last = "";
    private boolean round;
    private long objects;
    private long bytes;
    private long total;

    Sample(JobRun run, Place place, BackupJob plan, Reading before) {
      this.run = run;
      this.place = place;
      this.plan = plan;
      this.before = before;
      this.cursor = before.cursor();
    }

    void read() throws IOException {
      String address = plan.spec().repository();
      CopyWork.requireDisk(place);
      CopyWork.requireCopy(CopyWork.below(place, address), true);
      try (Targets.OpenTarget open =
          Targets.open(CopyWork.below(place, address), parts.files().access(place))) {
        Target copy = CopyWork.limited(open.target(), place.spec().mebibytesPerSecond());
        Map<ObjectKind, Map<String, Instant>> standing = standing(address);
        List<CopyReader.Item> all = CopyReader.list(copy);
        if (all.isEmpty() && copy.list(ObjectKind.CONFIG).isEmpty()) {
          throw new BackupException("nothing of the copy is at " + copy.describe() + " any more");
        }
        missing(standing, all);
        total = all.stream().mapToLong(CopyReader.Item::size).sum();
        long budget = Reading.budget(total, before.readAt(), begun);
        boolean whole = sample(copy, all, budget);
        keep(whole, "");
      }
    }

    /** Whether it came to the end of its budget or of the round. */
    private boolean sample(Target copy, List<CopyReader.Item> all, long budget) throws IOException {
      String after = cursor;
      for (CopyReader.Item item : all) {
        if (item.name().compareTo(after) <= 0) {
          continue;
        }
        if (bytes >= budget) {
          return true;
        }
        if (run.stopped() || place.spec().quietAt(now().atZone(parts.zone()).toLocalTime())) {
          return false;
        }
        run.progress(new Progress(bytes, Math.min(budget, total), item.label()));
        check(copy, item);
      }
      round = true;
      cursor = "";
      return true;
    }

    private void check(Target copy, CopyReader.Item item) throws IOException {
      String trouble = CopyReader.trouble(copy, item);
      // What is gone since the list was made went on purpose, or the next reading misses it.
      if (!trouble.isEmpty() && !trouble.equals(CopyReader.GONE)) {
        store.found(place.id(), plan, item, trouble, now());
      }
      first = first.isEmpty() ? item.name() : first;
      last = item.name();
      cursor = last;
      objects++;
      bytes += item.size();
    }

    /** What was sealed before the last good copy began lies there since. */
    private void missing(
        Map<ObjectKind, Map<String, Instant>> standing, List<CopyReader.Item> all) {
      Instant copied =
          places
              .lastGood(place.id(), plan.id(), plan.spec().repository())
              .map(CopyRecord::startedAt)
              .orElse(Instant.MIN);
      Set<String> there = new HashSet<>();
      all.forEach(item -> there.add(item.kind() + item.name()));
      standing.forEach(
          (kind, names) ->
              names.forEach(
                  (name, at) -> {
                    if (at.isBefore(copied) && !there.contains(kind + name)) {
                      store.found(
                          place.id(),
                          plan,
                          new CopyReader.Item(kind, name, 0),
                          CopyReader.GONE,
                          now());
                    }
                  }));
    }

    /** Empty when the repository itself cannot be asked now. */
    private Map<ObjectKind, Map<String, Instant>> standing(String address) {
      try (Repository repository = parts.repositories().existing(address)) {
        return SealedGone.of(repository.target(), repository.id(), null, null, now()).standing();
      } catch (IOException e) {
        return Map.of();
      }
    }

    void keep(boolean whole, String problem) {
      Instant now = now();
      store.keep(
          place.id(),
          plan,
          new Reading(
              cursor,
              round ? now : before.cycleAt(),
              begun,
              whole ? now : before.readAt(),
              round ? now : before.wholeAt(),
              first,
              last,
              objects,
              bytes,
              total,
              problem));
    }
  }
}
