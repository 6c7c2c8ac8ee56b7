package tr.emanet.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code emanet journal verify|repair|cat} do. Verifying and printing only read and may run
 * beside the service; they then see everything up to what was just written.
 */
public final class JournalTool {

  /**
   * One thing that is wrong.
   *
   * @param segment {@code stream/file}
   * @param offset first damaged byte, 0 for the segment as a whole
   * @param end offset behind the last damaged byte
   * @param afterSequence last good sequence before it
   * @param beforeSequence first good sequence after it, 0 when there is none
   * @param torn whether it is an unfinished end, as a crash or a running service leaves it: nothing
   *     in it was acknowledged
   */
  public record Damage(
      String segment,
      long offset,
      long end,
      long afterSequence,
      long beforeSequence,
      boolean torn,
      String reason) {

    @Override
    public String toString() {
      return segment
          + " bytes "
          + offset
          + "-"
          + end
          + ", sequences after "
          + afterSequence
          + (beforeSequence > 0 ? " and before " + beforeSequence : "")
          + ": "
          + reason;
    }
  }

  /**
   * The result of a verification.
   *
   * @param records records that were read and decoded
   * @param rawBytes their bytes
   * @param storedBytes bytes of all segments
   * @param gaps ranges {@code first-last} of sequences that are in no stream; a crash leaves such
   *     gaps where a group was not yet acknowledged, so they are told but are no damage
   * @param damages what is wrong; records that a later frame counts on but are not there included
   */
  public record Report(
      int segments,
      long records,
      long rawBytes,
      long storedBytes,
      long firstSequence,
      long lastSequence,
      List<String> gaps,
      List<Damage> damages) {

    public Report {
      gaps = List.copyOf(gaps);
      damages = List.copyOf(damages);
    }

    /** Whether nothing is damaged or missing; a torn end alone is sound. */
    public boolean sound() {
      return damages.stream().allMatch(Damage::torn);
    }
  }

  /** What came of a repair. */
  public sealed interface Repair {
    /**
     * It ran.
     *
     * @param done what was changed, in words; empty when nothing had to be
     * @param problems what is damaged and was left as it is
     */
    record Done(List<String> done, List<String> problems) implements Repair {
      public Done {
        done = List.copyOf(done);
        problems = List.copyOf(problems);
      }
    }

    /** The service, or another repair, holds the state directory. */
    record Refused(String pid) implements Repair {}
  }

  private JournalTool() {}

  /**
   * Reads every byte of every segment: headers and their chain of digests, check sums, order,
   * decodability, and that no sequence is missing over all streams.
   *
   * @param journal the directory that holds the streams
   * @param progress hears the name of each segment before it is read
   */
  public static Report verify(Path journal, Consumer<String> progress) throws IOException {
    return verify(journal, List.of(), progress);
  }

  /**
   * As above.
   *
   * @param destroyed segments that retention has destroyed on record: not missing, no gap
   */
  public static Report verify(
      Path journal, List<DestroyedSegment> destroyed, Consumer<String> progress)
      throws IOException {
    Verification run = new Verification(journal, destroyed);
    for (String stream : SegmentFiles.streams(journal)) {
      run.stream(stream, progress);
    }
    return run.report();
  }

  /**
   * Cuts torn tails, each kept as {@code .torn}, exactly as the service does at its start, and
   * touches nothing else.
   *
   * @param state the state directory, whose lock is taken
   * @param journal the directory that holds the streams
   */
  public static Repair repair(Path state, Path journal) throws IOException {
    return switch (StateLock.acquire(state)) {
      case StateLock.Outcome.Busy(String pid) -> new Repair.Refused(pid);
      case StateLock.Outcome.Held(StateLock lock) -> {
        try (lock) {
          Quarantine quarantine = new Quarantine();
          Recovery recovery = new Recovery(journal, new Storage.Disk(true), quarantine);
          recovery.run();
          yield new Repair.Done(recovery.done(), quarantine.problems());
        }
      }
    };
  }

  /**
   * Hands out records in sequence order, stream by stream; damaged ranges are skipped.
   *
   * @param stream null for all
   * @param from lowest sequence wanted
   * @param to highest sequence wanted
   * @return what had to be skipped
   */
  public static List<Damage> cat(
      Path journal, @Nullable String stream, long from, long to, Consumer<JournalRecord> out)
      throws IOException {
    List<Damage> damages = new ArrayList<>();
    List<String> there = SegmentFiles.streams(journal);
    if (stream != null && !there.contains(stream)) {
      throw new IOException("there is no stream '" + stream + "' in " + journal);
    }
    for (String name : stream == null ? there : List.of(stream)) {
      cat(journal, name, Math.max(1, from), to, damages, out);
    }
    return damages;
  }

  private static void cat(
      Path journal,
      String stream,
      long from,
      long to,
      List<Damage> damages,
      Consumer<JournalRecord> out)
      throws IOException {
    try (SegmentScanner scanner = new SegmentScanner();
        SegmentWalk walk = new SegmentWalk()) {
      List<SegmentFiles.Found> all = SegmentFiles.segments(journal, stream, scanner);
      for (int i = 0; i < all.size(); i++) {
        SegmentFiles.Found found = all.get(i);
        boolean last = i == all.size() - 1;
        boolean before = !last && all.get(i + 1).firstSequence() <= from;
        if (found.readable() && !before && found.firstSequence() <= to) {
          walk.run(
              found,
              last,
              damages::add,
              record -> {
                long sequence = record.position().sequence();
                if (sequence >= from && sequence <= to) {
                  out.accept(record);
                }
              });
        }
      }
    }
  }
}
