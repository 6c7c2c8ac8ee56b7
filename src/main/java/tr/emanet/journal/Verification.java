package tr.emanet.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of {@link JournalTool#verify}. One thread only. */
final class Verification {

  private static final int MAX_GAPS = 1000;

  private final Path journal;
  private final List<JournalTool.Damage> damages = new ArrayList<>();

  /** First and last of each gap-free run of decoded records, over all streams. */
  private final List<long[]> runs = new ArrayList<>();

  private final List<DestroyedSegment> destroyed;
  private int segments;
  private long records;
  private long rawBytes;
  private long storedBytes;

  /**
   * @param destroyed what retention has destroyed on record: it is not missing
   */
  Verification(Path journal, List<DestroyedSegment> destroyed) {
    this.journal = journal;
    this.destroyed = List.copyOf(destroyed);
  }

  void stream(String stream, Consumer<String> progress) throws IOException {
    try (SegmentScanner scanner = new SegmentScanner();
        SegmentWalk walk = new SegmentWalk(sequence -> wasDestroyed(stream, sequence))) {
      List<SegmentFiles.Found> all = SegmentFiles.segments(journal, stream, scanner);
      SegmentFiles.@Nullable Found before = null;
      for (SegmentFiles.Found found : all) {
        progress.accept(SegmentWalk.name(stream, found.file()));
        segments++;
        storedBytes += Files.size(found.file());
        boolean last = found.file().equals(all.getLast().file());
        header(found, before, last);
        if (found.readable()) {
          walk.run(found, last, damages::add, record -> ran(record.position().sequence()));
          records += walk.records();
          rawBytes += walk.rawBytes();
        }
        before = found;
      }
    }
  }

  private void header(SegmentFiles.Found found, SegmentFiles.@Nullable Found before, boolean last)
      throws IOException {
    SegmentHeader header = found.header();
    if (!found.problem().isEmpty()) {
      boolean unfinished = last && header == null && !found.readable();
      damage(found, unfinished, found.problem());
    } else if (header != null && before != null) {
      if (!Arrays.equals(header.previousDigest(), Recovery.digest(before.file()))
          && !follows(found.stream(), header.previousDigest())) {
        damage(
            found,
            false,
            "digest of the segment before, " + before.file().getFileName() + ", does not match");
      }
    }
  }

  /** Whether the digest is that of a segment destroyed on record. */
  private boolean follows(String stream, byte[] digest) {
    String hex = HexFormat.of().formatHex(digest);
    return destroyed.stream().anyMatch(d -> d.stream().equals(stream) && d.sha256().equals(hex));
  }

  /** Whether the stream's record before a frame was destroyed on record. */
  private boolean wasDestroyed(String stream, long sequence) {
    return destroyed.stream()
        .anyMatch(d -> d.stream().equals(stream) && d.lastSequence() == sequence);
  }

  private void damage(SegmentFiles.Found found, boolean torn, String reason) throws IOException {
    damages.add(
        new JournalTool.Damage(
            SegmentWalk.name(found.stream(), found.file()),
            0,
            found.readable() ? Format.SEGMENT_HEADER : Files.size(found.file()),
            found.firstSequence() - 1,
            0,
            torn,
            reason));
  }

  private void ran(long sequence) {
    if (!runs.isEmpty() && runs.getLast()[1] == sequence - 1) {
      runs.getLast()[1] = sequence;
    } else {
      runs.add(new long[] {sequence, sequence});
    }
  }

  JournalTool.Report report() {
    long first = runs.stream().mapToLong(run -> run[0]).min().orElse(0);
    // Another stream's sequences lie between a destroyed segment's, so this may hide a gap there;
    // a gap alone is no damage, and what a frame counts on was compared before.
    for (DestroyedSegment one : destroyed) {
      runs.add(new long[] {one.firstSequence(), one.lastSequence()});
    }
    runs.sort((a, b) -> Long.compare(a[0], b[0]));
    List<String> gaps = new ArrayList<>();
    long last = first - 1;
    for (long[] run : runs) {
      if (run[0] > last + 1 && gaps.size() < MAX_GAPS) {
        gaps.add(last + 1 + "-" + (run[0] - 1));
      }
      last = Math.max(last, run[1]);
    }
    return new JournalTool.Report(
        segments, records, rawBytes, storedBytes, first, Math.max(last, 0), gaps, damages);
  }
}
