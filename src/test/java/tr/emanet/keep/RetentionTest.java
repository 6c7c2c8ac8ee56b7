package tr.emanet.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Digests;
import tr.emanet.event.Attributes;
import tr.emanet.event.Position;
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

/** Destruction by age, on record, and everything that must keep a segment. */
class RetentionTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final Instant FIRST_DAY = Instant.parse("2026-03-02T09:00:00Z");
  private static final int DAYS = 4;
  private static final Principal AYSE = new Principal("ayse", "Ayşe", Set.of(Role.ADMINISTRATOR));
  private static final Principal CAN = new Principal("can", "Can", Set.of(Role.ADMINISTRATOR));

  @TempDir Path state;
  private final Machine machine = new Machine(FIRST_DAY);
  private final BatchPool pool = new BatchPool(4);
  private final List<String> dropped = new ArrayList<>();
  private boolean sealing = true;
  private boolean signing = true;
  private Database database;
  private AuditLog audit;
  private FileJournal journal;
  private Retention retention;

  @BeforeEach
  void opens() throws Exception {
    database = Database.open(state, List.of("audit", "keep"));
    audit = new AuditLog(database, machine);
    openJournal();
    for (int day = 0; day < DAYS; day++) {
      receive("syslog", 3);
      receive("mqtt", 2);
      machine.pass(Duration.ofDays(1));
    }
    retention = retention();
    retention.run();
  }

  @AfterEach
  void closes() throws IOException {
    journal.close();
    database.close();
  }

  private void openJournal() throws IOException {
    JournalConfig config = JournalConfig.of(state.resolve("journal"), ZONE).withReserve(0);
    journal =
        FileJournal.open(config, machine, new SecureRandom(), code -> {}, () -> Long.MAX_VALUE);
  }

  private Retention retention() {
    return new Retention(
        new Retention.Parts(
            database,
            audit,
            journal,
            files(),
            new RetentionRules(730, Map.of("mqtt", 365)),
            this::seal,
            statement -> {
              if (!signing) {
                throw new IOException("the key cannot be read");
              }
              return new byte[] {0x30, 0};
            },
            (stream, day) -> dropped.add(stream + " " + day),
            machine,
            machine));
  }

  private DestructionFiles files() {
    return new DestructionFiles(state.resolve("seals"), ZONE);
  }

  private void receive(String stream, int records) throws Exception {
    Batch batch = pool.take();
    for (int i = 0; i < records; i++) {
      byte[] line = ("<13>line " + i).getBytes(StandardCharsets.UTF_8);
      Instant at = machine.instant();
      long micros = at.getEpochSecond() * 1_000_000 + i;
      SourceAddress source = SourceAddress.of("udp", InetAddress.getLoopbackAddress(), 514);
      assertThat(batch.add(line, 0, line.length, micros, source, Attributes.NONE, 0)).isTrue();
    }
    CountDownLatch durable = new CountDownLatch(1);
    batch.onDurable(durable::countDown);
    journal.append(stream, batch);
    durable.await();
  }

  /** What a checkpoint would say: the digest of the file as it was when all was still well. */
  private final Map<String, SealedSegments.Entry> seals = new HashMap<>();

  private Optional<SealedSegments.Entry> seal(String path) {
    if (!sealing) {
      return Optional.empty();
    }
    return Optional.of(
        seals.computeIfAbsent(
            path,
            key -> {
              long first = Long.parseLong(key.replaceAll(".*/0*([0-9]+)\\.emj", "$1"));
              int records = key.startsWith("mqtt") ? 2 : 3;
              return new SealedSegments.Entry(first, first + records - 1, sha256(key));
            }));
  }

  private String sha256(String path) {
    try {
      byte[] content = Files.readAllBytes(state.resolve("journal").resolve(path));
      return HexFormat.of().formatHex(Digests.sha256().digest(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> paths() {
    return journal.streams().stream()
        .flatMap(stream -> journal.segments(stream, 0).stream())
        .filter(StoredSegment::closed)
        .map(StoredSegment::path)
        .toList();
  }

  private void passDays(int days) {
    for (int left = days; left > 0; left -= 90) {
      machine.pass(Duration.ofDays(Math.min(left, 90)));
      assertThat(retention.run().clock()).isEqualTo(new ClockState.Believed());
    }
  }

  @Test
  void destroysByTheRuleOfEachStreamOnASignedRecord() throws Exception {
    passDays(366);
    assertThat(paths()).noneMatch(path -> path.startsWith("mqtt"));
    assertThat(paths()).filteredOn(path -> path.startsWith("syslog")).hasSize(DAYS - 1);

    passDays(365);

    List<DestructionRecord> records = files().all();
    assertThat(records).extracting(DestructionRecord::stream).contains("mqtt", "syslog");
    assertThat(records.getFirst().number()).isEqualTo(1);
    assertThat(records.getFirst().days()).isEqualTo(365);
    assertThat(files().segments()).hasSize(2 * (DAYS - 1));
    assertThat(journal.find(new Position("syslog", 1))).isEmpty();
    assertThat(paths()).isEmpty();
    assertThat(dropped).contains("syslog 2026-03-02", "mqtt 2026-03-04");
    assertThat(retention.pending()).hasSize(2 * (DAYS - 1));
  }

  @Test
  void theToolsKnowWhatWasDestroyedFromWhatIsMissing() throws Exception {
    passDays(800);
    journal.close();

    Path directory = state.resolve("journal");
    JournalTool.Report told = JournalTool.verify(directory, files().segments(), name -> {});
    JournalTool.Report untold = JournalTool.verify(directory, List.of(), name -> {});
    assertThat(told.damages()).isEmpty();
    assertThat(untold.segments()).isEqualTo(told.segments());

    openJournal();
    assertThat(journal.first("syslog")).isEqualTo(journal.committed("syslog") - 2);
    receive("syslog", 1);
    // Acknowledged first, published to readers a moment later.
    await().until(() -> journal.committed("syslog") == 4 * 5 + 1);
  }

  @Test
  void aHoldKeepsItsDaysUntilTwoPeopleEndIt() {
    LocalDate second = LocalDate.of(2026, 3, 3);
    HoldResult set = retention.holds().set(AYSE, "syslog", second, second, "2026/114 sayılı yazı");
    long id = ((HoldResult.Done) set).hold().id();
    passDays(800);
    assertThat(paths()).anyMatch(path -> path.startsWith("syslog/2026/03/03/"));
    assertThat(paths()).noneMatch(path -> path.startsWith("syslog/2026/03/02/"));
    assertThat(retention.status().held()).isEqualTo(1);

    Holds holds = retention.holds();
    assertThat(holds.release(AYSE, id, "dava bitti")).isInstanceOf(HoldResult.Waiting.class);
    assertThat(holds.release(AYSE, id, "dava bitti")).isInstanceOf(HoldResult.Refused.class);
    assertThat(holds.release(CAN, id, "")).isInstanceOf(HoldResult.Done.class);
    retention.run();

    assertThat(paths()).noneMatch(path -> path.startsWith("syslog/2026/03/03/"));
    assertThat(audit.page(AuditFilter.ALL, Long.MAX_VALUE, 10))
        .extracting(entry -> entry.action())
        .containsExactly("hold.release", "hold.release-asked", "hold.set");
  }

  @Test
  void anOldWishToEndAHoldHasToBeSaidAnew() {
    HoldResult set = retention.holds().set(AYSE, "*", null, null, "soruşturma");
    long id = ((HoldResult.Done) set).hold().id();
    retention.holds().release(AYSE, id, "bitti");
    machine.pass(Duration.ofHours(25));

    HoldResult late = retention.holds().release(CAN, id, "bitti");

    assertThat(late).isInstanceOf(HoldResult.Waiting.class);
  }

  @Test
  void refusesAHoldWithoutReasonOrWithDaysInTheWrongOrder() {
    Holds holds = retention.holds();
    LocalDate day = LocalDate.of(2026, 3, 3);

    assertThat(holds.set(AYSE, "syslog", null, null, " ")).isInstanceOf(HoldResult.Refused.class);
    assertThat(holds.set(AYSE, "syslog", day, day.minusDays(1), "x"))
        .isInstanceOf(HoldResult.Refused.class);
    assertThat(holds.set(AYSE, "../x", null, null, "x")).isInstanceOf(HoldResult.Refused.class);
    assertThat(holds.release(AYSE, 99, "x")).isInstanceOf(HoldResult.Unknown.class);
  }

  @Test
  void aClockThatIsSetDestroysNothingUntilAPersonConfirmsIt() {
    List<String> before = paths();
    for (Duration jump : List.of(Duration.ofHours(-3), Duration.ofDays(1), Duration.ofDays(3652))) {
      machine.set(jump);

      KeepStatus status = retention.run();

      assertThat(status.clock()).isInstanceOf(ClockState.Jumped.class);
      assertThat(((ClockState.Jumped) status.clock()).by()).isEqualTo(jump);
      assertThat(paths()).isEqualTo(before);
      machine.set(jump.negated());
      assertThat(retention.run().clock()).isInstanceOf(ClockState.Jumped.class);
      assertThat(retention.confirmClock(AYSE)).isTrue();
      assertThat(retention.confirmClock(AYSE)).isFalse();
    }
    machine.set(Duration.ofDays(3652));
    retention.run();
    retention.confirmClock(AYSE);
    assertThat(retention.run().destroyed()).isEqualTo(2 * (DAYS - 1));
  }

  @Test
  void manySmallStepsOfTheClockAddUp() {
    for (int i = 0; i < 3; i++) {
      assertThat(retention.run().clock()).isInstanceOf(ClockState.Believed.class);
      machine.set(Duration.ofMinutes(4));
      machine.pass(Duration.ofMinutes(1));
    }

    assertThat(retention.run().clock()).isInstanceOf(ClockState.Jumped.class);
  }

  @Test
  void aShortRestartIsBelievedAndALongOneIsAsked() {
    machine.reboot(Duration.ofMinutes(4));
    assertThat(retention.run().clock()).isInstanceOf(ClockState.Believed.class);
    machine.pass(Duration.ofDays(2));
    assertThat(retention.run().clock()).isInstanceOf(ClockState.Believed.class);

    machine.reboot(Duration.ofHours(9));

    ClockState state = retention.run().clock();
    assertThat(state).isInstanceOf(ClockState.Jumped.class);
    assertThat(((ClockState.Jumped) state).restarted()).isTrue();
    assertThat(retention().run().clock()).isInstanceOf(ClockState.Jumped.class);
  }

  @Test
  void whatNoCheckpointHasStays() {
    sealing = false;
    passDays(800);

    assertThat(retention.status().unsealed()).isEqualTo(2 * (DAYS - 1));
    assertThat(paths()).hasSize(2 * (DAYS - 1));
  }

  @Test
  void aFileThatIsNotWhatWasSealedStaysAndIsNamed() throws Exception {
    String path = paths().getFirst();
    seal(path);
    try (FileChannel file =
        FileChannel.open(state.resolve("journal").resolve(path), StandardOpenOption.WRITE)) {
      assertThat(file.write(ByteBuffer.wrap(new byte[] {1}), 60)).isEqualTo(1);
    }

    passDays(800);

    assertThat(retention.status().changed()).containsExactly(path);
    assertThat(paths()).contains(path);
  }

  @Test
  void nothingGoesWithoutASignature() {
    signing = false;
    passDays(800);

    assertThat(retention.status().problem()).contains("key");
    assertThat(retention.status().destroyed()).isZero();
    signing = true;
    retention.run();
    assertThat(retention.status().destroyed()).isEqualTo(2 * (DAYS - 1));
  }

  @Test
  void goesOnAfterACrashBetweenRecordAndDeletion() throws Exception {
    String path = paths().stream().filter(p -> p.startsWith("syslog")).findFirst().orElseThrow();
    SealedSegments.Entry seal = seal(path).orElseThrow();
    DestructionRecord record =
        new DestructionRecord(
            1,
            machine.instant(),
            "syslog",
            730,
            DestructionRecord.SERVICE,
            "süre doldu %",
            List.of(
                new DestroyedSegment(
                    path, 10, seal.firstSequence(), seal.lastSequence(), seal.sha256())));
    files().write(record, new byte[] {0x30, 0});

    Retention after = retention();
    after.run();

    assertThat(paths()).doesNotContain(path);
    assertThat(after.pending()).extracting(DestroyedLines.Line::path).containsExactly(path);
    after.sealed(after.pending(), 7);
    assertThat(retention().pending()).isEmpty();
    assertThat(files().all()).containsExactly(record);
  }

  /** Makes a day look as if the newest checkpoint were in it. */
  private void checkpointIn(String day) throws IOException {
    Path directory = Files.createDirectories(state.resolve("seals").resolve(day));
    Files.writeString(directory.resolve("000000000001.checkpoint"), "x");
  }

  @Test
  void aRecordMadeAfterMidnightLiesWhereTheNextRootCoversIt() throws Exception {
    checkpointIn("2025/12/31");
    checkpointIn("2026/01/02");
    Files.createDirectories(state.resolve("seals/2026/01/03"));
    DestructionRecord record =
        new DestructionRecord(1, machine.instant(), "syslog", 730, "x", "y", List.of());

    files().write(record, new byte[] {0x30, 0});

    assertThat(state.resolve("seals/2026/01/02/000000000001.destruction.p7s")).exists();
    assertThat(files().all()).containsExactly(record);
  }

  @Test
  void noRecordIsWrittenWhileRootsAreMade() throws Exception {
    checkpointIn("2028/05/01");
    for (int left = 800; left > 0; left -= 80) {
      machine.pass(Duration.ofDays(80));
    }
    List<Thread> begun = new ArrayList<>();

    retention.between(
        () -> {
          Thread destroys = Thread.ofPlatform().start(retention::run);
          begun.add(destroys);
          await().until(() -> destroys.getState() == Thread.State.BLOCKED);
          assertThat(files().all()).isEmpty();
          // The root of the day is made now; whoever waits has the next day's.
          checkpointIn("2028/05/02");
        });
    begun.getFirst().join();

    assertThat(files().all()).hasSize(2);
    assertThat(state.resolve("seals/2028/05/02/000000000001.destruction.p7s")).exists();
    assertThat(state.resolve("seals/2028/05/02/000000000002.destruction.p7s")).exists();
  }

  @Test
  void aRecordWithoutSignatureDestroysNothing() throws Exception {
    DestructionRecord record =
        new DestructionRecord(1, machine.instant(), "syslog", 730, "x", "y", List.of());
    files().write(record, new byte[] {0x30, 0});
    try (var walk = Files.walk(state.resolve("seals"))) {
      Files.delete(walk.filter(f -> f.toString().endsWith(".p7s")).findFirst().orElseThrow());
    }

    assertThat(files().all()).isEmpty();
  }
}
