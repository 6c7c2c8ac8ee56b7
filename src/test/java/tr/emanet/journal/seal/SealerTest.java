package tr.emanet.journal.seal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.Digests;
import tr.emanet.store.StoreException;

class SealerTest {

  @TempDir Path state;

  private static List<Checkpoint> checkpoints(SealRig rig) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(rig.paths().root())) {
      walk.filter(p -> p.toString().endsWith(".checkpoint"))
          .forEach(p -> files.put(String.valueOf(p.getFileName()), p));
    }
    List<Checkpoint> out = new ArrayList<>();
    String previous = Checkpoint.ZEROS;
    for (Path file : files.values()) {
      byte[] bytes = Files.readAllBytes(file);
      Checkpoint one = Checkpoint.parse(bytes);
      assertThat(one.number()).isEqualTo(out.size() + 1);
      assertThat(one.previous()).isEqualTo(previous);
      assertThat(SealPaths.signature(file)).exists();
      previous = Ledger.digest(bytes);
      out.add(one);
    }
    return out;
  }

  /** The last line about each segment. */
  private static Map<String, SealedSegment> segments(SealRig rig) throws IOException {
    Map<String, SealedSegment> out = new LinkedHashMap<>();
    for (Checkpoint one : checkpoints(rig)) {
      for (SealedSegment segment : one.segments()) {
        SealedSegment before = out.put(segment.path(), segment);
        assertThat(before == null || !before.closed()).as(segment.path()).isTrue();
      }
    }
    return out;
  }

  /** Compares every leaf with the bytes it is about. */
  private static void verify(SealRig rig) throws IOException {
    for (SealedSegment segment : segments(rig).values()) {
      byte[] file = Files.readAllBytes(rig.state.resolve("journal").resolve(segment.path()));
      byte[] leaves = Files.readAllBytes(rig.paths().leaves(segment.path()));
      assertThat(leaves.length).isEqualTo(16 + segment.leaves() * Leaf.BYTES);
      Merkle merkle = new Merkle();
      long at = 0;
      for (int i = 0; i < segment.leaves(); i++) {
        ByteBuffer leaf = ByteBuffer.wrap(leaves, 16 + i * Leaf.BYTES, Leaf.BYTES);
        assertThat(leaf.getLong()).isEqualTo(at);
        int length = leaf.getInt();
        leaf.getLong();
        leaf.getInt();
        byte[] digest = new byte[32];
        leaf.get(digest);
        byte[] range = Arrays.copyOfRange(file, (int) at, (int) at + length);
        assertThat(digest).isEqualTo(Digests.sha256().digest(range));
        at += length;
        merkle.add(Arrays.copyOfRange(leaves, 16 + i * Leaf.BYTES, 16 + (i + 1) * Leaf.BYTES));
      }
      assertThat(segment.bytes()).isEqualTo(at);
      assertThat(segment.root()).isEqualTo(HexFormat.of().formatHex(merkle.root()));
      if (segment.closed()) {
        assertThat(at).isEqualTo(file.length);
        assertThat(segment.digest()).isEqualTo(Ledger.digest(file));
      }
    }
  }

  @Test
  void sealsWhatIsDurableAndTellsClosedSegmentsOnce()
      throws IOException, StoreException, InterruptedException {
    try (SealRig rig = new SealRig(state)) {
      rig.append("syslog", 5, 300);
      rig.sealer().step(null);
      rig.append("syslog", 20, 8000);
      rig.append("syslog", 20, 8000);
      rig.append("mqtt", 1, 10);
      rig.sealer().step(null);
      rig.append("syslog", 3, 100);
      rig.pass(Duration.ofMinutes(5));
      rig.sealer().step(null);

      verify(rig);
      List<Checkpoint> all = checkpoints(rig);
      assertThat(all.getFirst().cause()).isEqualTo(Checkpoint.Cause.START);
      assertThat(all.getLast().cause()).isEqualTo(Checkpoint.Cause.TICK);
      assertThat(all.getLast().streams()).containsEntry("syslog", 49L).containsEntry("mqtt", 46L);
      assertThat(segments(rig).values()).filteredOn(SealedSegment::closed).isNotEmpty();
    }
  }

  @Test
  void signsACheckpointThoughNothingCame() throws IOException, StoreException {
    try (SealRig rig = new SealRig(state)) {
      rig.sealer().step(null);
      assertThat(rig.sealer().step(null)).isFalse();
      rig.pass(Duration.ofMinutes(5));

      assertThat(rig.sealer().step(null)).isTrue();

      assertThat(checkpoints(rig)).hasSize(2);
      assertThat(rig.sealer().status().number()).isEqualTo(2);
      assertThat(rig.sealer().status().late()).isFalse();
      rig.pass(Duration.ofMinutes(11));
      assertThat(rig.sealer().status().late()).isTrue();
    }
  }

  @Test
  void goesOnAtTheLastCheckpointAfterFailingAtAnyStep()
      throws IOException, StoreException, InterruptedException {
    for (int k = 1; k < 60; k++) {
      Path here = Files.createDirectory(state.resolve("run" + k));
      try (SealRig rig = new SealRig(here)) {
        int[] left = {k};
        rig.step =
            name -> {
              if (--left[0] == 0) {
                throw new UncheckedIOException(new IOException("fails at " + name));
              }
            };
        for (int i = 0; i < 3; i++) {
          rig.append("syslog", 20, 8000);
          stepWithFailure(rig);
          if (left[0] <= 0 && i == 1) {
            rig.crash();
          }
        }
        rig.pass(Duration.ofMinutes(5));
        stepWithFailure(rig);
        rig.step = name -> {};
        rig.sealer().step(Checkpoint.Cause.ASKED);

        verify(rig);
        assertThat(rig.sealer().status().findings()).isEmpty();
        if (left[0] > 0) {
          assertThat(k).as("steps that were tried").isGreaterThan(10);
          return;
        }
      }
    }
  }

  private static void stepWithFailure(SealRig rig) throws IOException {
    try {
      rig.sealer().step(null);
    } catch (UncheckedIOException e) {
      assertThat(e.getMessage()).contains("fails at");
      assertThat(rig.sealer().status().problem()).contains("fails at");
    }
  }

  @Test
  void makesTheSameLeavesHoweverItsFileWasCut()
      throws IOException, StoreException, InterruptedException {
    try (SealRig rig = new SealRig(state)) {
      rig.append("syslog", 4, 200);
      rig.append("syslog", 4, 300);
      rig.append("syslog", 4, 100);
      rig.sealer().step(null);
      String path = segments(rig).keySet().iterator().next();
      rig.forgetSealer();
      byte[] whole = Files.readAllBytes(rig.paths().leaves(path));

      for (int cut = 0; cut <= whole.length; cut += 7) {
        Files.write(rig.paths().leaves(path), Arrays.copyOf(whole, cut));
        rig.sealer().step(null);
        byte[] now = Files.readAllBytes(rig.paths().leaves(path));
        assertThat(Arrays.copyOf(now, whole.length)).as("cut at %d", cut).isEqualTo(whole);
        assertThat(rig.sealer().status().findings()).isEmpty();
        rig.forgetSealer();
      }
      verify(rig);
    }
  }

  @Test
  void doesNotSealAnewWhatWasChanged() throws IOException, StoreException, InterruptedException {
    try (SealRig rig = new SealRig(state)) {
      rig.append("syslog", 4, 200);
      rig.sealer().step(null);
      String path = segments(rig).keySet().iterator().next();
      rig.crash();
      rig.journal();
      try (RandomAccessFile file =
          new RandomAccessFile(rig.state.resolve("journal").resolve(path).toFile(), "rw")) {
        file.seek(400);
        int old = file.read();
        file.seek(400);
        file.write(old ^ 1);
      }
      String root = requireNonNull(segments(rig).get(path)).root();

      rig.sealer().step(null);

      assertThat(rig.sealer().status().findings()).singleElement().asString().contains(path);
      assertThat(requireNonNull(segments(rig).get(path)).root()).isEqualTo(root);
    }
  }

  @Test
  void namesASegmentThatIsGone() throws IOException, StoreException, InterruptedException {
    try (SealRig rig = new SealRig(state)) {
      rig.append("syslog", 40, 500);
      rig.append("syslog", 4, 200);
      rig.sealer().step(null);
      String path = segments(rig).keySet().iterator().next();
      rig.crash();
      Files.delete(rig.state.resolve("journal").resolve(path));

      rig.sealer().step(null);

      assertThat(rig.sealer().status().findings()).singleElement().asString().contains(path);
    }
  }

  @Test
  void removesAStatementThatWasNeverSignedAndNamesRemovedOnes()
      throws IOException, StoreException, InterruptedException {
    try (SealRig rig = new SealRig(state)) {
      rig.sealer().step(null);
      rig.sealer().step(Checkpoint.Cause.ASKED);
      rig.sealer().step(Checkpoint.Cause.ASKED);
      var day = rig.paths().day(rig.now());
      Files.write(rig.paths().checkpoint(day, 4), new byte[] {1});
      Files.delete(rig.paths().checkpoint(day, 2));
      rig.crash();

      rig.sealer().step(null);

      assertThat(rig.sealer().status().number()).isEqualTo(4);
      assertThat(Checkpoint.parse(Files.readAllBytes(rig.paths().checkpoint(day, 4))).cause())
          .isEqualTo(Checkpoint.Cause.START);
      assertThat(rig.sealer().status().findings())
          .singleElement()
          .asString()
          .contains("checkpoints 2 to 2 are gone");
    }
  }

  @Test
  void learnsEverythingFromTheFilesWhenTheTablesAreNew()
      throws IOException, StoreException, InterruptedException {
    Path other = Files.createDirectory(state.resolve("b"));
    try (SealRig rig = new SealRig(Files.createDirectory(state.resolve("a")))) {
      rig.append("syslog", 40, 500);
      rig.append("syslog", 4, 200);
      rig.sealer().step(null);
      rig.crash();
      Files.move(rig.state.resolve("journal"), other.resolve("journal"));
      Files.move(rig.state.resolve("seals"), other.resolve("seals"));
    }

    try (SealRig rig = new SealRig(other)) {
      rig.append("syslog", 4, 200);
      rig.sealer().step(null);

      verify(rig);
      assertThat(rig.sealer().status().number()).isEqualTo(2);
      assertThat(rig.sealer().status().findings()).isEmpty();
    }
  }

  @Test
  void notesATimeWithoutCheckpoints() throws IOException, StoreException {
    try (SealRig rig = new SealRig(state)) {
      rig.sealer().step(null);
      rig.crash();
      rig.pass(Duration.ofHours(3));

      rig.sealer().step(null);

      assertThat(rig.sealer().status().gaps())
          .singleElement()
          .satisfies(gap -> assertThat(gap.cause()).isEqualTo("start"));
    }
  }

  @Test
  void refusesEveryOtherWayToWriteACheckpoint() {
    Checkpoint one =
        new Checkpoint(
            1,
            SealRig.BEGIN,
            Checkpoint.Cause.START,
            SealRig.KEY,
            Checkpoint.ZEROS,
            new Checkpoint.Audit(0, Checkpoint.ZEROS),
            List.of(),
            List.of(),
            new TreeMap<>(Map.of("syslog", 7L)));
    String text = new String(one.bytes(), java.nio.charset.StandardCharsets.US_ASCII);

    assertThat(Checkpoint.parse(one.bytes())).isEqualTo(one);
    for (String bad :
        List.of(
            text.replace("number 1", "number 01"),
            text.replace("end\n", "end"),
            text + "\n",
            text.replace("\n", "\r\n"),
            text.replace(".000000Z", "Z"),
            "")) {
      assertThatThrownBy(
              () -> Checkpoint.parse(bad.getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
