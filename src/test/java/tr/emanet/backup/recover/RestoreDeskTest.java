package tr.emanet.backup.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.DiskReserve;
import tr.emanet.backup.plan.KeptSnapshot;
import tr.emanet.backup.plan.LockWait;
import tr.emanet.backup.plan.RunLogStore;
import tr.emanet.backup.plan.SnapshotStore;
import tr.emanet.backup.restic.BackupPlan;
import tr.emanet.backup.restic.BackupProgress;
import tr.emanet.backup.restic.BackupRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryBusyException;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restore.RestoreReport;
import tr.emanet.backup.restore.SnapshotArchive;
import tr.emanet.backup.restore.SnapshotPath;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;

/** The rules of restores and what becomes of them, with a clock of our own. */
class RestoreDeskTest {

  private static final Principal OPERATOR =
      new Principal("yedekci", "Yedek Operatörü", Set.of(Role.BACKUP_OPERATOR));
  private static final Principal CHIEF =
      new Principal("mudur", "Müdür", Set.of(Role.ADMINISTRATOR));
  private static final Principal AUDITOR =
      new Principal("denetci", "Denetçi", Set.of(Role.AUDITOR));
  private static final int FILES = 40;

  @TempDir Path made;
  private Path directory;
  private volatile Instant now = Instant.parse("2026-11-23T00:00:00Z");
  private Database database;
  private Jobs jobs;
  private RestoreDesk desk;
  private SnapshotDesk snapshots;
  private AuditLog audit;
  private RestoreRecord records;
  private Path source;
  private KeptSnapshot kept;
  private volatile DiskReserve reserve = DiskReserve.PLAIN;
  private GatedTarget.Gate gate = new GatedTarget.Gate(Integer.MAX_VALUE);

  @BeforeEach
  void opens() throws Exception {
    directory = made.toRealPath();
    source = Files.createDirectories(directory.resolve("paylaşım/Fen İşleri"));
    for (int i = 0; i < FILES; i++) {
      Files.writeString(
          source.resolve("BAŞARISIZ plan " + i + ".txt"), ("parsel " + i + "\n").repeat(200 + i));
    }
    database =
        Database.open(
            directory.resolve("state"), List.of("audit", "job", "backup/plan", "backup/recover"));
    audit = new AuditLog(database, () -> now);
    String snapshot = backUp();
    database.write(
        h ->
            h.execute(
                "INSERT INTO backup_plan (id, spec, created_by, created_at, changed_at)"
                    + " VALUES (1, '{\"name\":\"Dosya sunucusu\",\"systems\":\"\"}', 'a', 0, 0)"));
    database.write(
        h ->
            h.execute(
                "INSERT INTO backup_run (id, plan, job, cause, owner, repository, state,"
                    + " started_at, snapshot) VALUES (1, 1, 1, 'person', 'a', ?, 'complete', ?, ?)",
                directory.resolve("depo").toString(),
                now.toEpochMilli(),
                snapshot));
    kept = new SnapshotStore(database).find(1).orElseThrow();
    start();
  }

  private String backUp() throws IOException {
    Path place = Files.createDirectories(directory.resolve("depo"));
    try (Repository repository = OneRepository.init(place, now);
        RepositoryLock lock = RepositoryLock.take(repository, false, () -> now)) {
      return BackupRun.run(
              repository,
              BackupPlan.of(List.of(directory.resolve("paylaşım")), now),
              BackupProgress.NONE,
              lock)
          .snapshot()
          .hex();
    }
  }

  private void start() {
    jobs = new Jobs(database, () -> now, 100);
    Path folder = directory.resolve("state/restores");
    records = new RestoreRecord(folder, content -> new byte[] {1}, ZoneId.of("Europe/Istanbul"));
    OneRepository repositories = new OneRepository(gate);
    snapshots =
        new SnapshotDesk(
            new SnapshotStore(database),
            new SnapshotShelf(repositories, () -> now),
            new SealLook(List::of, () -> now),
            audit);
    desk =
        new RestoreDesk(
            new RestoreDesk.Parts(
                folder,
                database,
                audit,
                repositories::existing,
                new RestoreRoots(
                    directory.resolve("state/restore"),
                    List.of(directory.resolve("paylaşım")),
                    place -> reserve.spare(place)),
                records,
                () -> now),
            jobs);
    jobs.start();
  }

  @AfterEach
  void closes() {
    jobs.close();
    database.close();
  }

  private RestoreOrder done(RestoreAnswer answer) {
    assertThat(answer).isInstanceOf(RestoreAnswer.Done.class);
    return ((RestoreAnswer.Done) answer).order();
  }

  private static String reason(RestoreAnswer answer) {
    return answer instanceof RestoreAnswer.Refused(String reason) ? reason : answer.toString();
  }

  private RestoreOrder drafted(SnapshotPath what) {
    return done(desk.draft(OPERATOR, kept, List.of(what), false));
  }

  private RestoreOrder waited(long id, RestoreState state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> desk.find(id).orElseThrow().state() == state);
    return desk.find(id).orElseThrow();
  }

  private RestoreOrder previewed(RestoreDesk.Aim aim) throws IOException {
    long id = drafted(SnapshotPath.parse(source.toString())).id();
    RestoreOrder ignored = done(desk.aim(OPERATOR, id, aim));
    return waited(id, RestoreState.PREVIEWED);
  }

  private RestoreDesk.Aim into(String name) {
    return new RestoreDesk.Aim(
        false,
        directory.resolve("state/restore").resolve(name).toString(),
        RestoreOrder.Overwrite.NEVER,
        false);
  }

  private static RestoreDesk.Aim original() {
    return new RestoreDesk.Aim(true, "", RestoreOrder.Overwrite.ALWAYS, false);
  }

  private static String digest(RestoreOrder order) {
    return java.util.Objects.requireNonNull(order.forecast()).digest();
  }

  @Test
  void restoresIntoANewPlaceOnOnePersonsWordAndSignsTheReport() throws Exception {
    RestoreOrder order = previewed(into("G-1"));
    assertThat(java.util.Objects.requireNonNull(order.forecast()).files()).isEqualTo(FILES);
    RestoreOrder asked = done(desk.ask(OPERATOR, order.id(), "", digest(order)));
    assertThat(asked.state()).isEqualTo(RestoreState.QUEUED);

    RestoreOrder ended = waited(order.id(), RestoreState.DONE);

    Path back = Path.of(ended.plan().target() + source);
    assertThat(Files.readString(back.resolve("BAŞARISIZ plan 7.txt")))
        .isEqualTo(Files.readString(source.resolve("BAŞARISIZ plan 7.txt")));
    assertThat(java.util.Objects.requireNonNull(ended.counts()).written()).isEqualTo(FILES);
    await().atMost(Duration.ofSeconds(60)).until(() -> records.exists(order.id()));
    for (String file : RestoreRecord.FILES) {
      assertThat(records.read(order.id(), file)).isPresent();
    }
    assertThat(
            new String(
                records.read(order.id(), "report.json").orElseThrow(), StandardCharsets.UTF_8))
        .contains("\"state\" : \"done\"", "\"askedBy\" : \"yedekci\"");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(audit.page(AuditFilter.ALL, Long.MAX_VALUE, 50))
                    .extracting(AuditEntry::action)
                    .contains("backup.restore-ended", "backup.restore-asked"));
  }

  @Test
  void overwritesOnlyWithAnotherAdministratorsApproval() throws Exception {
    RestoreOrder order = previewed(original());
    assertThat(order.needs()).containsExactly(RestoreOrder.Kind.OVERWRITE);
    assertThat(reason(desk.ask(CHIEF, order.id(), " ", digest(order)))).isEqualTo("reason");
    assertThat(reason(desk.ask(AUDITOR, order.id(), "olay", digest(order)))).isEqualTo("role");
    assertThat(done(desk.ask(CHIEF, order.id(), "olay O-2026-014", digest(order))).state())
        .isEqualTo(RestoreState.ASKED);
    RestoreOrder.Kind overwrite = RestoreOrder.Kind.OVERWRITE;
    Principal other = new Principal("baskan", "Başkan", Set.of(Role.ADMINISTRATOR));

    String same = reason(desk.approve(CHIEF, order.id(), overwrite, digest(order)));
    String operator = reason(desk.approve(OPERATOR, order.id(), overwrite, digest(order)));
    String unseen = reason(desk.approve(other, order.id(), overwrite, "0".repeat(64)));
    Files.writeString(source.resolve("BAŞARISIZ plan 7.txt"), "şifrelendi");
    // What stands there was changed after the preview: the restore must not begin.
    RestoreOrder approved = done(desk.approve(other, order.id(), overwrite, digest(order)));

    assertThat(List.of(same, operator, unseen)).containsExactly("same-person", "role", "changed");
    assertThat(approved.state()).isEqualTo(RestoreState.QUEUED);
    RestoreOrder back = waited(order.id(), RestoreState.PREVIEWED);
    assertThat(back.problem()).isEqualTo("changed");
    assertThat(back.approvals()).isEmpty();
    assertThat(Files.readString(source.resolve("BAŞARISIZ plan 7.txt"))).isEqualTo("şifrelendi");

    RestoreOrder again = done(desk.ask(OPERATOR, order.id(), "olay O-2026-014", digest(back)));
    assertThat(done(desk.approve(CHIEF, again.id(), overwrite, digest(back))).state())
        .isEqualTo(RestoreState.QUEUED);
    RestoreOrder ended = waited(order.id(), RestoreState.DONE);
    assertThat(Files.readString(source.resolve("BAŞARISIZ plan 7.txt"))).startsWith("parsel 7");
    assertThat(ended.approvals()).hasSize(1);
  }

  @Test
  void expiresAfterADay() throws Exception {
    RestoreOrder order = previewed(original());
    RestoreOrder asked = done(desk.ask(OPERATOR, order.id(), "olay", digest(order)));
    now = now.plus(RestoreDesk.ANSWER).minusMillis(1);
    desk.tick();
    RestoreState before = desk.find(asked.id()).orElseThrow().state();

    now = now.plusMillis(1);
    String late =
        reason(desk.approve(CHIEF, asked.id(), RestoreOrder.Kind.OVERWRITE, digest(order)));
    desk.tick();

    assertThat(before).isEqualTo(RestoreState.ASKED);
    assertThat(late).isEqualTo("expired");
    assertThat(desk.find(asked.id()).orElseThrow().state()).isEqualTo(RestoreState.EXPIRED);
  }

  @Test
  void asksForTheRightsBeyondAFileOnTheirOwn() throws Exception {
    RestoreOrder order =
        previewed(new RestoreDesk.Aim(true, "", RestoreOrder.Overwrite.IF_DIFFERENT, true));
    RestoreOrder asked = done(desk.ask(OPERATOR, order.id(), "olay", digest(order)));

    RestoreOrder first =
        done(desk.approve(CHIEF, asked.id(), RestoreOrder.Kind.OVERWRITE, digest(order)));
    RestoreOrder second =
        done(desk.approve(CHIEF, asked.id(), RestoreOrder.Kind.SPECIAL, digest(order)));

    assertThat(first.state()).isEqualTo(RestoreState.ASKED);
    assertThat(second.state()).isEqualTo(RestoreState.QUEUED);
    assertThat(waited(order.id(), RestoreState.DONE).plan().special()).isTrue();
  }

  @Test
  void restoresOnlyWhereTheConfigurationAllows() throws Exception {
    long id = drafted(SnapshotPath.parse(source.toString())).id();
    Files.createDirectories(directory.resolve("state/restore"));
    Files.createSymbolicLink(directory.resolve("state/restore/link"), directory);

    List<String> reasons =
        Stream.of(
                "",
                "göreli",
                "/etc/cron.d",
                directory.resolve("state/keys/x").toString(),
                directory.resolve("state/restore").toString(),
                directory.resolve("state/restore/../keys").toString(),
                directory.resolve("state/restore/link/x").toString())
            .map(
                target ->
                    reason(
                        desk.aim(
                            OPERATOR,
                            id,
                            new RestoreDesk.Aim(
                                false, target, RestoreOrder.Overwrite.NEVER, false))))
            .toList();
    RestoreOrder elsewhere = drafted(SnapshotPath.parse("/etc"));

    assertThat(reasons)
        .containsExactly("target", "target", "outside", "outside", "outside", "target", "link");
    assertThat(reason(desk.aim(OPERATOR, elsewhere.id(), original()))).isEqualTo("outside");
    assertThat(desk.find(id).orElseThrow().state()).isEqualTo(RestoreState.DRAFT);
  }

  @Test
  void keepsWhatIsDoneOverAPauseAndARestart() throws Exception {
    int large = 24;
    for (int i = 0; i < large; i++) {
      byte[] bytes = new byte[700_000];
      new Random(i).nextBytes(bytes);
      Files.write(source.resolve("görüntü " + i), bytes);
    }
    database.write(h -> h.execute("UPDATE backup_run SET snapshot = ?", again()));
    kept = new SnapshotStore(database).find(1).orElseThrow();
    jobs.close();
    gate = new GatedTarget.Gate(2);
    start();
    // Nobody approves: the directory is new. So nothing that comes into it may be replaced.
    RestoreOrder order =
        previewed(
            new RestoreDesk.Aim(false, into("G-3").target(), RestoreOrder.Overwrite.ALWAYS, false));
    RestoreOrder ignored = done(desk.ask(OPERATOR, order.id(), "", digest(order)));
    await().atMost(Duration.ofSeconds(60)).until(gate::reached);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> desk.find(order.id()).orElseThrow().course().bytes() > 0);

    assertThat(done(desk.pause(OPERATOR, order.id())).state()).isEqualTo(RestoreState.PAUSED);
    gate.open();
    jobs.close();
    RestoreOrder rested = desk.find(order.id()).orElseThrow();
    Path back = Files.createDirectories(Path.of(rested.plan().target() + source));
    int theirs = large - 1;
    while (Files.exists(back.resolve("görüntü " + theirs))) {
      theirs--;
    }
    Files.writeString(back.resolve("görüntü " + theirs), "başka birinin");
    start();
    assertThat(desk.find(order.id()).orElseThrow().state()).isEqualTo(RestoreState.PAUSED);
    assertThat(done(desk.resume(OPERATOR, order.id())).state()).isEqualTo(RestoreState.QUEUED);
    RestoreOrder ended = waited(order.id(), RestoreState.DONE);

    assertThat(rested.course().bytes()).isBetween(1L, 700_000L * large - 1);
    assertThat(rested.percent()).isBetween(1, 99);
    RestoreReport.Counts counts = java.util.Objects.requireNonNull(ended.counts());
    assertThat(counts.resumed()).isPositive();
    assertThat(counts.resumed() + counts.written()).isEqualTo(FILES + large - 1);
    assertThat(counts.kept()).isEqualTo(1);
    assertThat(desk.samples(order.id())).isNotEmpty();
    for (int i = 0; i < large; i++) {
      if (i == theirs) {
        assertThat(back.resolve("görüntü " + i)).hasContent("başka birinin");
        continue;
      }
      assertThat(Files.mismatch(back.resolve("görüntü " + i), source.resolve("görüntü " + i)))
          .isEqualTo(-1);
    }
    try (Stream<Path> files = Files.list(back)) {
      assertThat(files).hasSize(FILES + large);
    }
  }

  @Test
  void waitsForTheLockOfAnotherSaysSoAndCanBeStopped() throws Exception {
    RestoreOrder first = previewed(into("G-4"));
    RestoreOrder second = previewed(into("G-5"));
    try (Repository repository = new OneRepository(gate).open(first.plan().repository());
        RepositoryLock lock = RepositoryLock.take(repository, true, () -> now)) {
      RestoreOrder ignored = done(desk.ask(OPERATOR, first.id(), "", digest(first)));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> desk.waiting(desk.find(first.id()).orElseThrow()).isPresent());
      LockWait wait = desk.waiting(desk.find(first.id()).orElseThrow()).orElseThrow();
      assertThat(wait).isEqualTo(new LockWait("dosya02", ProcessHandle.current().pid(), now));
      assertThat(done(desk.stop(OPERATOR, first.id())).state()).isEqualTo(RestoreState.STOPPED);

      RestoreOrder queued = done(desk.ask(OPERATOR, second.id(), "", digest(second)));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> desk.waiting(desk.find(queued.id()).orElseThrow()).isPresent());
      lock.held();
    }

    assertThat(waited(second.id(), RestoreState.DONE).problem()).isEmpty();
    RunLogStore log = new RunLogStore(database, () -> now);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(log.of(RunLogStore.restore(second.id())))
                    .extracting(line -> line.what().id())
                    .containsExactly("begun", "waits", "locked", "restored", "ended"));
    assertThat(Path.of(first.plan().target())).doesNotExist();
  }

  private String again() throws IOException {
    try (Repository repository =
            new OneRepository(gate).open(directory.resolve("depo").toString());
        RepositoryLock lock = RepositoryLock.take(repository, false, () -> now)) {
      return BackupRun.run(
              repository,
              BackupPlan.of(List.of(directory.resolve("paylaşım")), now),
              BackupProgress.NONE,
              lock)
          .snapshot()
          .hex();
    }
  }

  @Test
  void showsWhatAnotherToolMadeAndRestoresItOnlyKnowingly() throws Exception {
    Files.writeString(source.resolve("yabancı"), "başka araç");
    String id = again();

    List<KeptSnapshot> found = snapshots.foreign().all().snapshots();
    KeptSnapshot other = snapshots.find(found.getFirst().number()).orElseThrow().kept();
    RestoreAnswer blind = desk.draft(OPERATOR, other, List.of(SnapshotPath.ROOT), false);
    RestoreOrder known = done(desk.draft(OPERATOR, other, List.of(SnapshotPath.ROOT), true));

    assertThat(found).extracting(k -> k.run().snapshot()).containsExactly(id);
    assertThat(other.foreign()).isTrue();
    assertThat(other.systems()).endsWith("@dosya02");
    assertThat(snapshots.entry(other, SnapshotPath.parse(source + "/yabancı"))).isPresent();
    assertThat(snapshots.seal(other).state()).isEqualTo(SealLook.State.UNSEALED);
    // Whoever takes the seals away must not make a sealed snapshot look like one that had none.
    database.write(h -> h.execute("UPDATE backup_run SET seal = '00000003' WHERE id = 1"));
    KeptSnapshot sealed = new SnapshotStore(database).find(1).orElseThrow();
    assertThat(snapshots.seal(sealed).state()).isEqualTo(SealLook.State.BROKEN);
    assertThat(reason(blind)).isEqualTo("foreign");
    assertThat(known.plan().snapshot()).isEqualTo(id);
    assertThat(snapshots.list(0)).hasSize(1);
  }

  /** Malware keeps size and time. */
  private List<SnapshotDesk.Version> versionsAfterAChangeThatHidesItself(SnapshotPath path)
      throws IOException {
    Path file = source.resolve("BAŞARISIZ plan 3.txt");
    FileTime time = Files.getLastModifiedTime(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[5] ^= 1;
    Files.setLastModifiedTime(Files.write(file, bytes), time);
    String snapshot = again();
    database.write(
        h ->
            h.execute(
                "INSERT INTO backup_run (id, plan, job, cause, owner, repository, state,"
                    + " started_at, snapshot) SELECT 2, plan, 2, cause, owner, repository, state,"
                    + " started_at, ? FROM backup_run WHERE id = 1",
                snapshot));
    bytes[5] ^= 1;
    Files.write(file, bytes);
    return snapshots.versions(kept, path);
  }

  @Test
  void looksIntoSnapshotsSearchesAndDownloads() throws Exception {
    SnapshotPath file = SnapshotPath.parse(source + "/BAŞARISIZ plan 3.txt");

    SnapshotDesk.Search found = snapshots.search(List.of(kept), "basarisiz PLAN 3.");
    List<SnapshotDesk.Version> versions = snapshots.versions(kept, file);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    snapshots.file(OPERATOR, kept, file).writeTo(content);
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    snapshots
        .archive(
            OPERATOR, kept, List.of(file, SnapshotPath.parse("/yok")), SnapshotArchive.Format.ZIP)
        .writeTo(zip);

    assertThat(found.found()).hasSize(1);
    assertThat(found.found().getFirst().entry().path()).isEqualTo(file.toString());
    assertThat(versions).hasSize(1);
    assertThat(versionsAfterAChangeThatHidesItself(file)).hasSize(2);
    assertThat(content.toByteArray())
        .isEqualTo(Files.readAllBytes(source.resolve("BAŞARISIZ plan 3.txt")));
    assertThat(zip.toByteArray()).startsWith('P', 'K');
    assertThat(snapshots.seal(kept).state()).isEqualTo(SealLook.State.UNSEALED);
    assertThat(audit.page(AuditFilter.ALL, Long.MAX_VALUE, 50))
        .extracting(AuditEntry::action)
        .filteredOn(action -> action.startsWith("backup.snapshot-download"))
        .hasSize(3)
        .contains("backup.snapshot-download-incomplete");
  }

  @Test
  void aDownloadSharesTheLockUntilItEndsOrNobodyComes() throws Exception {
    SnapshotPath file = SnapshotPath.parse(source + "/BAŞARISIZ plan 3.txt");
    try (Repository repository =
        new OneRepository(gate).open(directory.resolve("depo").toString())) {
      try (RepositoryLock lock = RepositoryLock.take(repository, true, () -> now)) {
        assertThatThrownBy(() -> snapshots.file(OPERATOR, kept, file))
            .isInstanceOf(RepositoryBusyException.class);
        lock.held();
      }

      SnapshotDownload read = snapshots.file(OPERATOR, kept, file);
      int during = RepositoryLock.all(repository).size();
      read.writeTo(OutputStream.nullOutputStream());
      int after = RepositoryLock.all(repository).size();
      SnapshotDownload left =
          snapshots.archive(OPERATOR, kept, List.of(SnapshotPath.ROOT), SnapshotArchive.Format.TAR);
      now = now.plus(SnapshotDownloads.WAITS);
      snapshots.tidy();
      int waits = RepositoryLock.all(repository).size();
      now = now.plusMillis(1);
      snapshots.tidy();

      assertThat(List.of(during, after, waits)).containsExactly(1, 0, 1);
      assertThat(RepositoryLock.all(repository)).isEmpty();
      assertThatThrownBy(() -> left.writeTo(OutputStream.nullOutputStream()))
          .hasMessageContaining("ask for it again");
    }
  }

  @Test
  void restsBeforeTheDiskIsTooFullForIntake() throws Exception {
    RestoreOrder order = previewed(into("G-7"));
    AtomicInteger looks = new AtomicInteger();
    reserve = place -> looks.getAndIncrement() == 0 ? Long.MAX_VALUE : -1;
    RestoreOrder ignored = done(desk.ask(OPERATOR, order.id(), "", digest(order)));
    RestoreOrder rests = waited(order.id(), RestoreState.PAUSED);
    reserve = DiskReserve.PLAIN;
    RestoreOrder more = done(desk.resume(OPERATOR, order.id()));

    assertThat(List.of(rests.problem(), more.problem())).containsExactly("space", "");
    assertThat(waited(order.id(), RestoreState.DONE).counts()).isNotNull();
    reserve = place -> -1;
    assertThat(previewed(into("G-9")).forecast()).matches(seen -> seen.tooLarge());
  }

  @Test
  void whatAPersonStoppedDoesNotBeginAndStaysStopped() throws Exception {
    RestoreStore store = new RestoreStore(database);
    RestoreOrder order = previewed(into("G-6"));
    store.queued(order.id(), 99, now);
    RestoreOrder stopped = done(desk.stop(OPERATOR, order.id()));
    RestoreReport.Counts counts = new RestoreReport.Counts(1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0);

    boolean begun = store.begun(order.id(), now);
    boolean previewed =
        store.previewed(
            order.id(),
            java.util.Objects.requireNonNull(stopped.forecast()),
            RestoreStore.Lists.NONE,
            "changed",
            now);
    boolean counted = store.ended(order.id(), RestoreState.DONE, counts, "", now);
    boolean again = store.ended(order.id(), RestoreState.FAILED, counts, "entries", now);

    assertThat(List.of(begun, previewed, counted, again))
        .containsExactly(false, false, true, false);
    RestoreOrder after = desk.find(order.id()).orElseThrow();
    assertThat(after.state()).isEqualTo(RestoreState.STOPPED);
    assertThat(after.counts()).isEqualTo(counts);
  }
}
