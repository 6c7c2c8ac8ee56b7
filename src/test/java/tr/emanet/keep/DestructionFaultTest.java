package tr.emanet.keep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Digests;
import tr.emanet.event.Attributes;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.event.SourceAddress;
import tr.emanet.journal.Batch;
import tr.emanet.journal.BatchPool;
import tr.emanet.journal.DestroyedSegment;
import tr.emanet.journal.FileJournal;
import tr.emanet.journal.JournalConfig;
import tr.emanet.journal.JournalTool;
import tr.emanet.journal.StoredSegment;
import tr.emanet.store.Database;

/** Destruction that ends at every one of its steps, and the start after it. */
class DestructionFaultTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final Instant FIRST_DAY = Instant.parse("2026-03-02T09:00:00Z");
  private static final int DAYS = 3;
  private static final List<String> STREAMS = List.of("mqtt", "syslog");

  @TempDir Path work;
  private final Machine machine = new Machine(FIRST_DAY);
  private final Map<String, SealedSegments.Entry> seals = new HashMap<>();
  private final Set<String> dropped = new HashSet<>();

  /** An end of the process, so to speak: nothing on the way catches it. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash(String step) {
      super(step, null, false, false);
    }
  }

  /** One life of the process on a state directory. */
  private final class Life implements Closeable {
    final Database database;
    final FileJournal journal;
    final DestructionFiles files;
    final Retention retention;

    Life(Path state, Consumer<String> step) throws Exception {
      database = Database.open(state, List.of("audit", "keep"));
      journal =
          FileJournal.open(
              JournalConfig.of(state.resolve("journal"), ZONE).withReserve(0),
              machine,
              new SecureRandom(),
              code -> {},
              () -> Long.MAX_VALUE);
      files = new DestructionFiles(state.resolve("seals"), ZONE, step);
      retention =
          new Retention(
              new Retention.Parts(
                  database,
                  new AuditLog(database, machine),
                  journal,
                  files,
                  new RetentionRules(730, Map.of()),
                  path -> java.util.Optional.ofNullable(seals.get(path)),
                  statement -> new byte[] {0x30, 0},
                  (stream, day) -> dropped.add(stream + " " + day),
                  machine,
                  machine));
    }

    Set<String> paths() {
      Set<String> out = new HashSet<>();
      for (String stream : STREAMS) {
        journal.segments(stream, 0).stream().map(StoredSegment::path).forEach(out::add);
      }
      return out;
    }

    @Override
    public void close() throws IOException {
      journal.close();
      database.close();
    }
  }

  /** Three days in two streams, four segments of which may go later. */
  private Path threeDays() throws Exception {
    Path state = Files.createDirectory(work.resolve("template"));
    BatchPool pool = new BatchPool(2);
    try (Life life = new Life(state, step -> {})) {
      for (int day = 0; day < DAYS; day++) {
        for (String stream : STREAMS) {
          receive(life.journal, pool.take(), stream);
        }
        machine.pass(Duration.ofDays(1));
      }
      life.retention.run();
    }
    try (Life life = new Life(state, step -> {})) {
      for (String path : life.paths()) {
        long first = Long.parseLong(path.replaceAll(".*/0*([0-9]+)\\.emj", "$1"));
        byte[] content = Files.readAllBytes(state.resolve("journal").resolve(path));
        String sha256 = HexFormat.of().formatHex(Digests.sha256().digest(content));
        seals.put(path, new SealedSegments.Entry(first, first, sha256));
      }
    }
    for (int left = 800; left > 0; left -= 90) {
      machine.pass(Duration.ofDays(Math.min(left, 90)));
    }
    return state;
  }

  private void receive(FileJournal journal, Batch batch, String stream) throws Exception {
    byte[] line = "<13>a line".getBytes(StandardCharsets.UTF_8);
    SourceAddress source = SourceAddress.of("udp", InetAddress.getLoopbackAddress(), 514);
    long micros = machine.instant().getEpochSecond() * 1_000_000;
    assertThat(batch.add(line, 0, line.length, micros, source, Attributes.NONE, 0)).isTrue();
    CountDownLatch durable = new CountDownLatch(1);
    batch.onDurable(durable::countDown);
    journal.append(stream, batch);
    durable.await();
  }

  private Path copy(Path state, String name) throws IOException {
    Path to = work.resolve(name);
    try (Stream<Path> all = Files.walk(state)) {
      for (Path one : all.toList()) {
        Files.copy(one, to.resolve(state.relativize(one)));
      }
    }
    return to;
  }

  @Test
  void endsWhatACrashAtAnyStepHasLeft() throws Exception {
    Path template = threeDays();
    List<String> reached = new ArrayList<>();
    for (int last = 1; ; last++) {
      Path state = copy(template, "crash-" + last);
      dropped.clear();
      String where = crashAt(state, last);
      if (where.isEmpty()) {
        break;
      }
      reached.add(where);
      goesOn(state, last + " " + where);
    }

    assertThat(reached)
        .contains(
            "keep.statement-written",
            "keep.signature-written",
            "keep.record-signed",
            "keep.record-noted",
            "keep.segment-removed",
            "keep.index-told",
            "keep.removal-noted")
        .hasSize(2 * (4 + 2 * 3));
  }

  @Test
  void endsADeletionThatStoppedBetweenTwoFilesOfASegment() throws Exception {
    Path template = threeDays();
    List<String> beside = List.of(".128.torn", ".96.torn");
    for (int deleted = 0; deleted <= beside.size(); deleted++) {
      Path state = copy(template, "between-" + deleted);
      dropped.clear();
      Path segment =
          state
              .resolve("journal")
              .resolve(seals.keySet().stream().min(String::compareTo).orElseThrow());
      for (String ending : beside) {
        Files.writeString(Path.of(segment + ending), "what recovery has cut off");
      }
      assertThat(crashAt(state, 4)).isEqualTo("keep.record-noted");
      // What recovery has left beside goes first, the segment last.
      for (String ending : beside.subList(0, deleted)) {
        Files.delete(Path.of(segment + ending));
      }

      goesOn(state, "between " + deleted);

      assertThat(segment).doesNotExist();
      for (String ending : beside) {
        assertThat(Path.of(segment + ending)).doesNotExist();
      }
    }
  }

  /** Destroys until the n-th step; which one that was, empty when there are fewer. */
  private String crashAt(Path state, int last) throws Exception {
    int[] steps = {0};
    Consumer<String> step =
        name -> {
          if (++steps[0] == last) {
            throw new Crash(name);
          }
        };
    try (Life life = new Life(state, step)) {
      life.retention.run();
      return "";
    } catch (Crash crash) {
      return String.valueOf(crash.getMessage());
    }
  }

  private void goesOn(Path state, String where) throws Exception {
    JournalTool.Report atRest =
        JournalTool.verify(
            state.resolve("journal"),
            new DestructionFiles(state.resolve("seals"), ZONE).segments(),
            name -> {});
    assertThat(atRest.damages()).as(where).isEmpty();

    try (Life life = new Life(state, step -> {})) {
      // What the first checkpoint asks, before anything else was done.
      List<String> told = life.retention.pending().stream().map(DestroyedLines.Line::path).toList();
      Set<String> gone = new HashSet<>(seals.keySet());
      gone.removeAll(life.paths());
      assertThat(told).as(where).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(gone);
      assertThat(life.files.segments().stream().map(DestroyedSegment::path))
          .as(where)
          .containsAll(told);
      onlyPairs(state, where);
      life.retention.sealed(life.retention.pending(), 7);

      KeepStatus after = life.retention.run();

      assertThat(after.problem()).as(where).isEmpty();
      assertThat(life.paths()).as(where).hasSize(STREAMS.size());
      assertThat(life.files.segments().stream().map(DestroyedSegment::path))
          .as(where)
          .doesNotHaveDuplicates()
          .hasSize(2 * STREAMS.size());
      assertThat(life.files.all()).extracting(DestructionRecord::number).containsExactly(1L, 2L);
      assertThat(dropped).as(where).hasSize(2 * STREAMS.size());
      onlyPairs(state, where);
    }
  }

  /** A statement without signature would be an alarm of every verifier. */
  private static void onlyPairs(Path state, String where) throws IOException {
    if (!Files.isDirectory(state.resolve("seals"))) {
      return;
    }
    try (Stream<Path> all = Files.walk(state.resolve("seals"))) {
      List<String> names =
          all.filter(Files::isRegularFile).map(f -> String.valueOf(f.getFileName())).toList();
      assertThat(names)
          .as(where)
          .allMatch(n -> n.endsWith(".p7s") ? names.contains(n.replace(".p7s", "")) : true)
          .allMatch(n -> n.endsWith(".p7s") || names.contains(n + ".p7s"));
    }
  }

  @Test
  void leavesAStatementWhoseSignatureSomebodyRemoved() throws Exception {
    Path state = threeDays();
    try (Life life = new Life(state, step -> {})) {
      life.retention.run();
    }
    Path signature;
    try (Stream<Path> all = Files.walk(state.resolve("seals"))) {
      signature =
          all.filter(f -> f.toString().endsWith("2.destruction.p7s")).findFirst().orElseThrow();
    }
    Files.delete(signature);

    try (Life life = new Life(state, step -> {})) {
      assertThat(life.retention.pending()).hasSize(2 * STREAMS.size());
    }

    assertThat(Path.of(signature.toString().replace(".p7s", ""))).exists();
  }

  @Test
  void stopsBetweenRecordsWhenAPersonAsksAndGoesOnWithTheNextLook() throws Exception {
    Path state = threeDays();
    Principal admin = new Principal("ali", "Ali", Set.of(Role.ADMINISTRATOR));
    List<Retention> running = new ArrayList<>();
    List<Integer> percents = new ArrayList<>();
    Consumer<String> step =
        name -> {
          if (name.equals("keep.record-noted") && percents.isEmpty()) {
            Retention retention = running.getFirst();
            percents.add(retention.round().standing().orElseThrow().percent());
            assertThat(retention.stop(admin)).isTrue();
          }
        };
    try (Life life = new Life(state, step)) {
      running.add(life.retention);
      int before = life.paths().size();

      life.retention.run();

      assertThat(percents).containsExactly(100);
      assertThat(life.paths()).hasSize(before - 2);
      assertThat(life.retention.round().standing()).isEmpty();
      assertThat(life.retention.stop(admin)).isFalse();
      assertThat(new AuditLog(life.database, machine).page(AuditFilter.ALL, Long.MAX_VALUE, 1))
          .extracting(AuditEntry::action)
          .containsExactly("retention.stopped");
      life.retention.run();
      assertThat(life.paths()).hasSize(before - 4);
    }
  }
}
