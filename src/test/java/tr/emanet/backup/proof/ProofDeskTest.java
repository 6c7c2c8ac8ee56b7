package tr.emanet.backup.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.restic.CheckProgress;

class ProofDeskTest {

  @TempDir Path directory;
  private ProofBench bench;
  private BackupJob job;

  @BeforeEach
  void opens() throws Exception {
    bench = new ProofBench(directory);
    job = bench.backedUp();
  }

  @AfterEach
  void closes() {
    bench.close();
  }

  /** The largest pack, so that it holds data and not trees. */
  private Path pack() throws IOException {
    try (Stream<Path> all = Files.walk(bench.repository.resolve("data"))) {
      return all.filter(Files::isRegularFile)
          .max(java.util.Comparator.comparingLong(p -> p.toFile().length()))
          .orElseThrow();
    }
  }

  private void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[1000] ^= 1;
    assertThat(file.toFile().setWritable(true)).isTrue();
    assertThat(Files.write(file, bytes)).exists();
  }

  @Test
  void aDrillRestoresReadsAgainAndLeavesASignedRecord() throws Exception {
    assertThat(bench.proofs.proof(job).at()).isNull();

    Drill drill = bench.drilled(job, true);

    DrillRecord record = Objects.requireNonNull(drill.record(), drill.problem());
    assertThat(record.outcome().problems()).isEmpty();
    assertThat(drill.state()).isEqualTo(Drill.State.PASSED);
    assertThat(record.sealed()).isEqualTo(DrillRecord.SEALED);
    DrillRun.Figures figures = record.outcome().figures();
    assertThat(figures.inSnapshot()).isEqualTo(12);
    assertThat(figures.hashedFiles()).isEqualTo(12);
    assertThat(figures.hashedBytes()).isEqualTo(240_000);
    assertThat(record.outcome().digest()).hasSize(64);
    assertThat(bench.proofs.proof(job).at()).isEqualTo(drill.startedAt());
    assertThat(directory.resolve("state/drill")).isEmptyDirectory();
    DrillPapers.Signed json = bench.proofs.papers().json(drill.id()).orElseThrow();
    assertThat(new String(json.bytes(), StandardCharsets.UTF_8))
        .contains("\"result\" : \"passed\"", "dosya sunucusu");
    assertThat(DrillRecord.parse(json.bytes()).json()).isEqualTo(json.bytes());
    assertThat(json.signature()).isNotEmpty();
  }

  @Test
  void badRunsHoweverManyDoNotHideTheGoodOne() {
    bench.database.write(
        h ->
            h.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 1119)"
                    + " INSERT INTO backup_run (id, plan, job, cause, owner, repository, state,"
                    + " started_at, ended_at, snapshot) SELECT i, ?, i, 'schedule', '', ?,"
                    + " 'suspicious', 0, 0, '' FROM n",
                job.id(),
                bench.repository.toString()));

    Drill drill = bench.drilled(job, false);

    assertThat(drill.state()).isEqualTo(Drill.State.PASSED);
    assertThat(bench.proofs.repositories()).containsExactly(bench.repository.toString());
    bench.now = bench.now.plus(Duration.ofDays(400));
    assertThat(bench.proofs.proof(job).overdue()).isTrue();
    assertThat(bench.proofs.overdue(bench.repository.toString(), Rung.FULL)).isTrue();
  }

  @Test
  void aDrillLeavesTheDiskToIntake() {
    bench.reserve = place -> 1000;
    Drill before = bench.drilled(job, true);
    AtomicInteger asked = new AtomicInteger();
    bench.reserve = place -> asked.getAndIncrement() == 0 ? Long.MAX_VALUE : -1;
    Drill during = bench.drilled(job, true);

    assertThat(before.problem()).contains("needs 240000 bytes").contains("may take 1000 more");
    assertThat(during.problem()).contains("intake goes first");
    assertThat(List.of(before.state(), during.state())).containsOnly(Drill.State.BROKEN);
    assertThat(directory.resolve("state/drill")).isEmptyDirectory();
  }

  @Test
  void aSampleIsBoundedAndItsPaperStaysWithItsSignature() throws Exception {
    assertThat(
            bench.proofs.plan(
                ProofBench.OPERATOR, job.id(), new DrillPlan(30, new DrillScope(3, 1_000_000))))
        .isInstanceOf(ProofDesk.Answer.Done.class);

    Drill drill = bench.drilled(job, false);

    DrillRecord record = Objects.requireNonNull(drill.record(), drill.problem());
    assertThat(record.outcome().problems()).isEmpty();
    assertThat(record.outcome().figures().hashedFiles()).isEqualTo(3);
    DrillPapers.Page page =
        d -> "<html><head><title>t</title></head><body><p>tutanak " + d.id() + "</p></body></html>";
    DrillPapers.Signed first = bench.proofs.papers().pdf(drill.id(), "tr", page).orElseThrow();
    DrillPapers.Signed again = bench.proofs.papers().pdf(drill.id(), "tr", page).orElseThrow();
    assertThat(again.bytes()).isEqualTo(first.bytes());
    assertThat(new String(first.bytes(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    assertThat(bench.proofs.lesson(ProofBench.OPERATOR, drill.id(), "Disk dar."))
        .isInstanceOf(ProofDesk.Answer.Done.class);
    assertThat(bench.proofs.drill(drill.id()).orElseThrow().lessons())
        .singleElement()
        .extracting(Drill.Lesson::name, Drill.Lesson::text)
        .containsExactly("Yedek Operatörü", "Disk dar.");
  }

  @Test
  void namesWhatDoesNotComeBack() throws Exception {
    Path pack = pack();
    flip(pack);

    Drill drill = bench.drilled(job, true);
    Verification full = bench.verified(Rung.FULL);
    Verification index = bench.verified(Rung.INDEX);
    Verification sample = bench.verified(Rung.SAMPLE);

    assertThat(drill.state()).isEqualTo(Drill.State.FAILED);
    assertThat(Objects.requireNonNull(drill.record()).outcome().problems())
        .isNotEmpty()
        .allMatch(problem -> problem.startsWith("/"));
    assertThat(bench.proofs.proof(job).trouble()).isTrue();
    assertThat(full.state()).isEqualTo(Verification.State.DAMAGED);
    assertThat(full.findings()).anyMatch(f -> f.contains(String.valueOf(pack.getFileName())));
    assertThat(index.state()).isEqualTo(Verification.State.GOOD);
    assertThat(sample.findings()).anyMatch(f -> f.contains(String.valueOf(pack.getFileName())));
  }

  @Test
  void aSampleNamesAFileThatNoMemoryHolds() throws Exception {
    String name = "0123456789abcdef".repeat(4);
    try (RandomAccessFile planted =
        new RandomAccessFile(bench.repository.resolve("data/01").resolve(name).toFile(), "rw")) {
      planted.setLength(Runtime.getRuntime().maxMemory() + (1 << 20)); // sparse
    }

    Verification sample = bench.verified(Rung.SAMPLE);

    assertThat(sample.findings())
        .anyMatch(line -> line.startsWith("data/" + name + ": is damaged"));
  }

  @Test
  void theSealRungNamesWhatIsGoneAndWhatWasPutBack() throws Exception {
    assertThat(bench.verified(Rung.SEAL).state()).isEqualTo(Verification.State.GOOD);
    Path seals = bench.repository.resolve("seals");
    Path pack = pack();

    Files.delete(pack);
    Verification gone = bench.verified(Rung.SEAL);
    try (Stream<Path> all = Files.list(seals)) {
      for (Path file : all.filter(f -> f.toString().contains("00000001")).toList()) {
        Files.delete(file);
      }
    }
    Verification rolledBack = bench.verified(Rung.SEAL);

    assertThat(gone.state()).isEqualTo(Verification.State.DAMAGED);
    assertThat(gone.findings())
        .anyMatch(f -> f.contains(String.valueOf(pack.getFileName())) && f.contains("missing"));
    assertThat(rolledBack.findings()).anyMatch(f -> f.contains("known elsewhere"));
  }

  @Test
  void theScheduleClimbsEveryRungAndDrillsAtNight() {
    bench.now = bench.now.plus(Duration.ofMinutes(11));

    for (int i = 0; i < 8; i++) {
      bench.proofs.tick();
      for (Rung rung : Rung.values()) {
        bench.ended(ProofDesk.checkOf(bench.repository.toString(), rung));
      }
      bench.ended(ProofDesk.drillOf(job.id()));
      bench.now = bench.now.plus(Duration.ofMinutes(2));
    }

    for (Rung rung : Rung.values()) {
      Optional<Verification> last = bench.proofs.last(bench.repository.toString(), rung, true);
      assertThat(last).as(rung.id()).isPresent();
      assertThat(bench.proofs.overdue(bench.repository.toString(), rung)).isFalse();
    }
    assertThat(bench.proofs.proof(job).at()).isNotNull();
    assertThat(bench.proofs.drills(10)).hasSize(1);
    bench.now = bench.now.plus(Duration.ofDays(45));
    assertThat(bench.proofs.proof(job).overdue()).isTrue();
    assertThat(bench.proofs.overdue(bench.repository.toString(), Rung.FULL)).isTrue();
  }

  @Test
  void heavyWorkWaitsForTheEndOfTheWorkingDay() {
    bench.now = bench.now.plus(Duration.ofHours(14)); // 13:00 in Istanbul

    for (int i = 0; i < 4; i++) {
      bench.proofs.tick();
      for (Rung rung : Rung.values()) {
        bench.ended(ProofDesk.checkOf(bench.repository.toString(), rung));
      }
      bench.now = bench.now.plus(Duration.ofMinutes(2));
    }

    assertThat(bench.proofs.verifications(10))
        .extracting(Verification::rung)
        .containsExactly(Rung.INDEX, Rung.SEAL);
    assertThat(bench.proofs.drills(10)).isEmpty();
  }

  /** Asks for a check and returns when it stands before the closed gate. */
  private String heldCheck(Rung rung) throws InterruptedException {
    bench.gate.acquire();
    bench.waiting.drainPermits();
    assertThat(bench.proofs.verifyNow(ProofBench.OPERATOR, bench.repository.toString(), rung))
        .isInstanceOf(ProofDesk.Answer.Queued.class);
    assertThat(bench.waiting.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    return ProofDesk.checkOf(bench.repository.toString(), rung);
  }

  @Test
  void aCheckIsStoppedByAPersonAndNotBegunAtOnceAgain() throws Exception {
    bench.now = bench.now.plus(Duration.ofMinutes(11));
    String repository = bench.repository.toString();
    for (Rung rung : List.of(Rung.INDEX, Rung.FULL)) {
      String subject = heldCheck(rung);

      ProofDesk.Answer answer = bench.proofs.stopCheck(ProofBench.OPERATOR, repository, rung);
      bench.gate.release();
      bench.ended(subject);

      assertThat(answer).isInstanceOf(ProofDesk.Answer.Done.class);
      assertThat(bench.proofs.verifications(1).getFirst())
          .extracting(Verification::state, Verification::count)
          .containsExactly(Verification.State.STOPPED, 0);
    }
    assertThat(bench.proofs.stopCheck(ProofBench.OPERATOR, repository, Rung.FULL))
        .isEqualTo(new ProofDesk.Answer.Refused("not-running"));
    for (int i = 0; i < 6; i++) {
      bench.proofs.tick();
      for (Rung rung : Rung.values()) {
        bench.ended(ProofDesk.checkOf(repository, rung));
      }
      bench.now = bench.now.plus(Duration.ofMinutes(2));
    }
    assertThat(bench.proofs.verifications(20))
        .filteredOn(check -> check.state() == Verification.State.GOOD)
        .extracting(Verification::rung)
        .containsExactlyInAnyOrder(Rung.SEAL, Rung.SAMPLE);
  }

  @Test
  void aCheckThatTheEndOfTheServiceCutsIsBegunAnewAndNotCalledStopped() throws Exception {
    String subject = heldCheck(Rung.FULL);

    Thread closing = Thread.ofPlatform().start(bench.jobs::close);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    bench.gate.release();
    closing.join();

    assertThat(bench.proofs.current(subject)).isPresent();
    assertThat(bench.proofs.verifications(1).getFirst().state())
        .isEqualTo(Verification.State.RUNNING);
  }

  @Test
  void thePaceSaysWhatIsLeft() {
    Instant begun = Instant.parse("2026-11-23T20:00:00Z");
    Pace first = new Pace(1, CheckProgress.Step.TREES, begun, begun, 0, 10);

    Pace data = first.next(CheckProgress.Step.DATA, 0, 4000, begun.plusSeconds(100));
    Pace later = data.next(CheckProgress.Step.DATA, 1000, 4000, begun.plusSeconds(110));

    assertThat(first.left()).isEmpty();
    assertThat(data.perSecond()).isZero();
    assertThat(later.perSecond()).isEqualTo(100.0);
    assertThat(later.left()).contains(Duration.ofSeconds(30));
  }
}
