package tr.emanet.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

  private int segments;
  private long records;
  private long rawBytes;
  private long storedBytes;

  Verification(Path journal) {
    this.journal = journal;
  }

  void stream(String stream, Consumer<String> progress) throws IOException {
    try (SegmentScanner scanner = new SegmentScanner();
        SegmentWalk walk = new SegmentWalk()) {
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
      if (!Arrays.equals(header.previousDigest(), Recovery.digest(before.file()))) {
        damage(
            found,
            false,
            "digest of the segment before, " + before.file().getFileName() + ", does not match");
      }
    }
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
    runs.sort((a, b) -> Long.compare(a[0], b[0]));
    List<String> gaps = new ArrayList<>();
    long first = runs.isEmpty() ? 0 : runs.getFirst()[0];
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
