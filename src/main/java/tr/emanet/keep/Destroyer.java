package tr.emanet.keep;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.crypto.Digests;
import tr.emanet.journal.DestroyedSegment;
import tr.emanet.journal.FileJournal;
import tr.emanet.journal.StoredSegment;

/**
 * Destroys what has passed its retention: record first, then files. Each step can be repeated after
 * a crash. One thread at a time.
 */
final class Destroyer {

  private static final Logger LOG = LoggerFactory.getLogger(Destroyer.class);

  /** A segment ends an hour after its first record, and takes late ones for five minutes. */
  private static final Duration LONGEST = Duration.ofMinutes(65);

  /** A record stays small enough to be read by a person. */
  private static final int MOST_SEGMENTS = 500;

  private static final int BUFFER = 1 << 18;

  /** What it works on. */
  record Parts(
      FileJournal journal,
      DestructionFiles files,
      KeepStore store,
      Holds holds,
      RetentionRules rules,
      SealedSegments sealed,
      StatementSigner signer,
      DayDropped dropped,
      InstantSource clock) {}

  /**
   * How one run went.
   *
   * @param destroyed segments that are gone
   * @param held expired segments that a hold keeps
   * @param unsealed expired segments that no checkpoint has yet
   * @param changed expired segments whose file is not what the checkpoint says
   */
  record Outcome(int destroyed, int held, int unsealed, List<String> changed) {
    Outcome {
      changed = List.copyOf(changed);
    }
  }

  private final Parts parts;

  /** Held while a record is written, and while roots are made. */
  private final Object records = new Object();

  Destroyer(Parts parts) {
    this.parts = parts;
  }

  /** Ends what a crash left half done. Call once, before the first {@link #run}. */
  void resume() throws IOException {
    parts.files().removeUnfinished(parts.store()::noted);
    for (DestructionRecord record : parts.files().all()) {
      parts.store().destroyed(record);
    }
    delete();
  }

  /** Destroys what may go now. The caller has asked the clock guard. */
  Outcome run(DestructionRound round) throws IOException {
    delete();
    Instant now = parts.clock().instant();
    List<StoredSegment> expired =
        segments().stream()
            .filter(one -> one.closed() && one.createdMicros() != 0 && expired(one, now))
            .toList();
    round.begin(expired.size());
    try {
      return run(round, expired);
    } finally {
      round.end();
    }
  }

  private Outcome run(DestructionRound round, List<StoredSegment> expired) throws IOException {
    Map<String, List<DestroyedSegment>> due = new LinkedHashMap<>();
    List<String> changed = new ArrayList<>();
    int held = 0;
    int unsealed = 0;
    for (StoredSegment one : expired) {
      if (round.stopped()) {
        return new Outcome(0, held, unsealed, changed);
      }
      round.step();
      LocalDate day = day(one.path());
      if (parts.holds().covers(one.stream(), day)) {
        held++;
        continue;
      }
      Optional<SealedSegments.Entry> entry = parts.sealed().find(one.path());
      if (entry.isEmpty()) {
        unsealed++;
        continue;
      }
      SealedSegments.Entry seal = entry.get();
      String sha256 = digest(one.file());
      if (!sha256.equals(seal.sha256())) {
        changed.add(one.path());
        continue;
      }
      due.computeIfAbsent(one.stream(), stream -> new ArrayList<>())
          .add(
              new DestroyedSegment(
                  one.path(),
                  one.durableBytes(),
                  seal.firstSequence(),
                  seal.lastSequence(),
                  sha256));
    }
    int destroyed = 0;
    for (Map.Entry<String, List<DestroyedSegment>> stream : due.entrySet()) {
      List<DestroyedSegment> all = new ArrayList<>(stream.getValue());
      all.sort(Comparator.comparing(DestroyedSegment::path));
      for (int from = 0; from < all.size() && !round.stopped(); from += MOST_SEGMENTS) {
        List<DestroyedSegment> some = all.subList(from, Math.min(all.size(), from + MOST_SEGMENTS));
        record(stream.getKey(), some);
        delete();
        destroyed += some.size();
      }
    }
    return new Outcome(destroyed, held, unsealed, changed);
  }

  /** All but the newest of each stream, which carries the stream's position over a restart. */
  private List<StoredSegment> segments() {
    List<StoredSegment> out = new ArrayList<>();
    for (String stream : parts.journal().streams()) {
      List<StoredSegment> all = parts.journal().segments(stream, 0);
      out.addAll(all.subList(0, Math.max(0, all.size() - 1)));
    }
    return out;
  }

  private boolean expired(StoredSegment one, Instant now) {
    Duration kept = Duration.ofDays(parts.rules().of(one.stream()));
    Instant created = Instant.ofEpochMilli(one.createdMicros() / 1_000);
    return created.plus(LONGEST).plus(kept).isBefore(now);
  }

  /** Does it while no record is written. */
  void between(DestroyedLines.Work work) throws IOException {
    synchronized (records) {
      work.run();
    }
  }

  private void record(String stream, List<DestroyedSegment> segments) throws IOException {
    synchronized (records) {
      write(stream, segments);
    }
  }

  private void write(String stream, List<DestroyedSegment> segments) throws IOException {
    long number = parts.files().all().stream().mapToLong(DestructionRecord::number).max().orElse(0);
    DestructionRecord record =
        new DestructionRecord(
            number + 1,
            parts.clock().instant(),
            stream,
            parts.rules().of(stream),
            DestructionRecord.SERVICE,
            "retention ended",
            segments);
    parts.files().write(record, parts.signer().sign(record.statement()));
    parts.store().destroyed(record);
    step("keep.record-noted");
    LOG.atInfo()
        .addKeyValue("record", record.number())
        .addKeyValue("stream", stream)
        .addKeyValue("segments", segments.size())
        .log("Retention has ended: a signed record is made, the segments go");
  }

  private void delete() throws IOException {
    List<KeepStore.Pending> due = parts.store().undeleted();
    if (due.isEmpty()) {
      return;
    }
    Map<String, StoredSegment> there = new HashMap<>();
    segments().forEach(segment -> there.put(segment.path(), segment));
    for (KeepStore.Pending one : due) {
      StoredSegment segment = there.get(one.path());
      if (segment != null) {
        parts.journal().destroy(segment);
      }
      step("keep.segment-removed");
      // Before it is noted: a crash between them must not leave the day in the index for ever.
      tellIndex(one.path());
      step("keep.index-told");
      parts.store().deleted(one.path());
      step("keep.removal-noted");
    }
  }

  private void step(String name) {
    parts.files().step().accept(name);
  }

  /** What the index holds of a day goes with the day's last segment. */
  private void tellIndex(String path) throws IOException {
    String stream = path.substring(0, path.indexOf('/'));
    String day = path.substring(0, path.lastIndexOf('/') + 1);
    if (parts.journal().segments(stream, 0).stream().noneMatch(s -> s.path().startsWith(day))) {
      parts.dropped().dropped(stream, day(path));
    }
  }

  /** {@code stream/YYYY/MM/DD/FIRST.emj}. */
  static LocalDate day(String path) {
    String[] part = path.split("/", 5);
    return LocalDate.of(
        Integer.parseInt(part[1]), Integer.parseInt(part[2]), Integer.parseInt(part[3]));
  }

  private static String digest(Path file) throws IOException {
    MessageDigest sha256 = Digests.sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
