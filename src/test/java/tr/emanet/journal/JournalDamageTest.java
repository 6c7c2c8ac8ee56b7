package tr.emanet.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.Position;

/**
 * Damage of every kind at every kind of place. Whatever is read is right, whatever lies outside the
 * damaged frame is read, and the damage is named.
 */
@ExtendWith(QuietLog.class)
class JournalDamageTest {

  private static final int RECORDS = 6000;

  private final BatchPool pool = new BatchPool(8);
  @TempDir Path directory = Path.of("");
  private Path sound = Path.of("");
  private int copies;

  /** A part of a segment file. */
  private record Part(boolean frame, int from, int to, long first, long last) {}

  @BeforeEach
  void writeASoundJournal() throws Exception {
    sound = directory.resolve("sound");
    try (FileJournal journal = TestJournals.openUnforced(TestJournals.config(sound))) {
      for (int n = 0; n < RECORDS; n += 60) {
        Batch batch = Lines.batch(pool, n, Math.min(60, RECORDS - n));
        if (n % 300 == 0) {
          batch.onDurable(() -> {});
        }
        journal.append("a", batch);
      }
    }
  }

  private static Path segment(Path journal, String stream) throws IOException {
    try (Stream<Path> walk = Files.walk(journal.resolve(stream))) {
      return walk.filter(f -> f.toString().endsWith(".emj")).sorted().findFirst().orElseThrow();
    }
  }

  /** The frame headers and chunks of a sound segment, in order. */
  private static List<Part> parts(Path file) throws IOException {
    List<Part> parts = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    int at = Format.SEGMENT_HEADER;
    while (at < bytes.limit()) {
      long first = bytes.getLong(at + 12);
      boolean frame = bytes.getInt(at) == Format.FRAME_MAGIC;
      int length = frame ? Format.FRAME_HEADER : Format.CHUNK_HEADER + bytes.getInt(at + 28);
      long last = frame ? first : first + bytes.getInt(at + 20) - 1;
      parts.add(new Part(frame, at, at + length, first, last));
      at += length;
    }
    return parts;
  }

  /** Sequences of the frame that the part belongs to. */
  private static Set<Long> frameOf(List<Part> parts, Part part) {
    int i = parts.indexOf(part);
    while (!parts.get(i).frame()) {
      i--;
    }
    Set<Long> sequences = new HashSet<>();
    for (int k = i + 1; k < parts.size() && !parts.get(k).frame(); k++) {
      for (long s = parts.get(k).first(); s <= parts.get(k).last(); s++) {
        sequences.add(s);
      }
    }
    return sequences;
  }

  private Path damaged(Consumer<byte[]> damage) throws IOException {
    Path copy = directory.resolve("copy" + copies++);
    Path from = segment(sound, "a");
    Path to = copy.resolve(sound.relativize(from));
    Files.createDirectories(to.getParent());
    byte[] bytes = Files.readAllBytes(from);
    damage.accept(bytes);
    Files.write(to, bytes);
    return copy;
  }

  /** Reads by reader and by look-up; checks every byte; returns the sequences. */
  private static Set<Long> readable(FileJournal journal) throws Exception {
    Set<Long> read = new HashSet<>();
    for (JournalRecord record : Lines.readAll(journal, "a", 1)) {
      long sequence = record.position().sequence();
      Lines.check(record, (int) sequence - 1);
      assertThat(read.add(sequence)).isTrue();
    }
    for (long s = RECORDS; s >= 1; s--) {
      assertThat(journal.find(new Position("a", s)).isPresent())
          .as("find %d", s)
          .isEqualTo(read.contains(s));
    }
    return read;
  }

  private void check(Path journal, Set<Long> mayBeLost) throws Exception {
    JournalTool.Report report = JournalTool.verify(journal, name -> {});
    assertThat(report.damages()).as("damage is named").isNotEmpty();
    try (FileJournal opened = TestJournals.openUnforced(TestJournals.config(journal))) {
      Set<Long> read = readable(opened);
      for (long s = 1; s <= RECORDS; s++) {
        if (!read.contains(s)) {
          assertThat(mayBeLost).as("lost by the damage").contains(s);
        }
      }
      assertThat(opened.status().problems()).isNotEmpty();
    }
  }

  private static Set<Long> all(Set<Long> one, Set<Long> other) {
    Set<Long> both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  @Test
  void aSoundJournalIsSound() throws Exception {
    JournalTool.Report report = JournalTool.verify(sound, name -> {});

    assertThat(report.sound()).isTrue();
    assertThat(report.damages()).isEmpty();
    assertThat(report.gaps()).isEmpty();
    assertThat(report.records()).isEqualTo(RECORDS);
    assertThat(parts(segment(sound, "a")).stream().filter(Part::frame).count()).isGreaterThan(4);
  }

  @Test
  void aFlippedBitCostsAtMostItsFrame() throws Exception {
    List<Part> parts = parts(segment(sound, "a"));
    Random random = new Random(11);
    for (int k = 0; k < 32; k++) {
      Part part = parts.get(k < 8 ? k : random.nextInt(parts.size()));
      int header = part.frame() ? Format.FRAME_HEADER : Format.CHUNK_HEADER;
      int at =
          part.from()
              + (k % 2 == 0 ? random.nextInt(header) : random.nextInt(part.to() - part.from()));
      int bit = 1 << random.nextInt(8);

      check(damaged(bytes -> bytes[at] ^= (byte) bit), frameOf(parts, part));
    }
  }

  @Test
  void aDamagedSegmentHeaderCostsNoRecord() throws Exception {
    for (int at = 0; at < Format.SEGMENT_HEADER; at += 23) {
      int offset = at;

      check(damaged(bytes -> bytes[offset] ^= 0x10), Set.of());
    }
    check(damaged(bytes -> java.util.Arrays.fill(bytes, 0, 128, (byte) 0)), Set.of());
  }

  @Test
  void zeroedSpaceIsNeverValid() throws Exception {
    List<Part> parts = parts(segment(sound, "a"));
    Random random = new Random(12);
    for (int k = 0; k < 12; k++) {
      int i = 1 + random.nextInt(parts.size() - 2);
      Part one = parts.get(i);
      Part two = parts.get(i + 1);

      check(
          damaged(bytes -> java.util.Arrays.fill(bytes, one.from(), two.to(), (byte) 0)),
          all(frameOf(parts, one), frameOf(parts, two)));
    }
  }

  @Test
  void swappedChunksAreNotDecoded() throws Exception {
    List<Part> parts = parts(segment(sound, "a"));
    int swapped = 0;
    for (int i = 0; i + 1 < parts.size() && swapped < 10; i++) {
      Part one = parts.get(i);
      Part two = parts.get(i + 1);
      if (!one.frame() && !two.frame()) {
        swapped++;
        Set<Long> lost = frameOf(parts, one);

        check(
            damaged(
                bytes -> {
                  byte[] first = java.util.Arrays.copyOfRange(bytes, one.from(), one.to());
                  int length = two.to() - two.from();
                  System.arraycopy(bytes, two.from(), bytes, one.from(), length);
                  System.arraycopy(first, 0, bytes, one.from() + length, first.length);
                }),
            lost);
      }
    }
    assertThat(swapped).isPositive();
  }

  @Test
  void aCutEndCostsTheTailOnlyAndIsKeptBeside() throws Exception {
    Path file = segment(sound, "a");
    List<Part> parts = parts(file);
    Random random = new Random(13);
    for (int k = 0; k < 15; k++) {
      Part part = parts.get(parts.size() - 1 - random.nextInt(5));
      int size = part.from() + 1 + random.nextInt(part.to() - part.from() - 1);
      Path copy = directory.resolve("cut" + k);
      Path to = copy.resolve(sound.relativize(file));
      Files.createDirectories(to.getParent());
      Files.write(to, java.util.Arrays.copyOf(Files.readAllBytes(file), size));

      try (FileJournal journal = TestJournals.openUnforced(TestJournals.config(copy))) {
        Set<Long> read = readable(journal);
        Part before = parts.get(parts.indexOf(part) - 1);
        long last = before.frame() ? before.first() - 1 : before.last();
        assertThat(read).hasSize((int) last);
        assertThat(journal.committed("a")).isEqualTo(last);
        assertThat(journal.status().problems()).singleElement().asString().contains("torn tail");
      }
      try (Stream<Path> beside = Files.list(to.getParent())) {
        assertThat(beside.filter(f -> f.toString().endsWith(".torn"))).hasSize(1);
      }
      assertThat(JournalTool.verify(copy, name -> {}).sound()).isTrue();
    }
  }

  @Test
  void damageBeforeValidRecordsIsQuarantinedAndRemembered() throws Exception {
    List<Part> parts = parts(segment(sound, "a"));
    Part part = parts.get(parts.size() / 2);
    Path copy = damaged(bytes -> bytes[part.from() + 50] ^= 1);
    long size = Files.size(segment(copy, "a"));
    JournalConfig config = TestJournals.config(copy);
    List<String> problems;
    try (FileJournal journal = TestJournals.openUnforced(config)) {
      problems = journal.status().problems();
      try (JournalReader reader = journal.read("a", 1)) {
        RecordBlock block = new RecordBlock();
        int count = 0;
        while (reader.next(block, Duration.ZERO) != null) {
          count += block.count();
        }
        assertThat(reader.quarantinedRecords()).isEqualTo(RECORDS - count).isPositive();
      }
      journal.append("a", Lines.batch(pool, RECORDS, 10));
    }

    assertThat(Files.size(segment(copy, "a"))).as("nothing is cut").isEqualTo(size);
    assertThat(problems).singleElement().asString().contains("00000000000000000001.emj");
    try (FileJournal journal = TestJournals.openUnforced(config)) {
      assertThat(journal.status().problems()).isEqualTo(problems);
      assertThat(journal.find(new Position("a", RECORDS + 1))).isPresent();
    }
  }

  @Test
  void aSegmentInAnotherStreamsPlaceIsNotRead() throws Exception {
    Path copy = damaged(bytes -> {});
    Path file = segment(copy, "a");
    Path moved = copy.resolve("b").resolve(copy.resolve("a").relativize(file));
    Files.createDirectories(moved.getParent());
    Files.copy(file, moved);
    Path headless = copy.resolve("c").resolve(copy.resolve("a").relativize(file));
    Files.createDirectories(headless.getParent());
    byte[] bytes = Files.readAllBytes(file);
    bytes[3] ^= 1;
    Files.write(headless, bytes);

    assertThat(JournalTool.verify(copy, name -> {}).sound()).isFalse();
    try (FileJournal journal = TestJournals.openUnforced(TestJournals.config(copy))) {
      assertThat(journal.streams()).containsExactly("a");
      assertThat(Lines.readAll(journal, "b", 1)).isEmpty();
      assertThat(Lines.readAll(journal, "c", 1)).isEmpty();
      assertThat(journal.status().problems()).isNotEmpty();
    }
  }

  @Test
  void aRenamedOrMissingSegmentIsNamed() throws Exception {
    Path copy = directory.resolve("several");
    JournalConfig config = TestJournals.config(copy).withSegments(64 * 1024, Duration.ofHours(1));
    try (FileJournal journal = TestJournals.openUnforced(config)) {
      for (int n = 0; n < RECORDS; n += 60) {
        journal.append("a", Lines.batch(pool, n, 60));
      }
    }
    assertThat(JournalTool.verify(copy, name -> {}).damages()).isEmpty();
    List<Path> files = SegmentFiles.list(copy, "a", ".emj");
    assertThat(files).hasSizeGreaterThan(3);
    Files.delete(files.get(1));

    JournalTool.Report report = JournalTool.verify(copy, name -> {});

    assertThat(report.sound()).isFalse();
    assertThat(report.damages().toString()).contains("digest").contains("missing");
    assertThat(report.gaps()).hasSize(1);
    Files.move(files.get(3), files.get(1), StandardCopyOption.REPLACE_EXISTING);
    assertThat(JournalTool.verify(copy, name -> {}).damages().toString()).contains("belongs to");
  }

  @Test
  void anyBytesAtAllNeverGiveAWrongRecord() throws Exception {
    Random random = new Random(14);
    int size = (int) Files.size(segment(sound, "a"));
    for (int k = 0; k < 12; k++) {
      int at = random.nextInt(size);
      byte[] noise = new byte[1 + random.nextInt(Math.min(5000, size - at))];
      random.nextBytes(noise);
      Path copy = damaged(bytes -> System.arraycopy(noise, 0, bytes, at, noise.length));

      try (FileJournal journal = TestJournals.openUnforced(TestJournals.config(copy))) {
        readable(journal);
      }
      JournalTool.cat(
          copy, null, 1, Long.MAX_VALUE, r -> Lines.check(r, (int) r.position().sequence() - 1));
    }
  }
}
