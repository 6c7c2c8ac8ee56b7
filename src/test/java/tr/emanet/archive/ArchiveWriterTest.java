package tr.emanet.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditLog;
import tr.emanet.store.Database;

final class ArchiveWriterTest {

  private static final LocalDate FIRST = LocalDate.of(2026, 11, 20);
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final LocalDate THIRD = FIRST.plusDays(2);

  private static Program program;
  private static FixtureKeys keys;

  @TempDir Path directory;

  private Path state;
  private Database database;
  private SealFixture log;
  private ArchiveWriter.Sources sources;

  @BeforeAll
  static void compiles() throws Exception {
    program = new Program();
    keys = FixtureKeys.elliptic();
  }

  @BeforeEach
  void writesALog() throws Exception {
    state = directory.resolve("state");
    log = SealFixture.threeDays(state, keys, 3);
    database = Database.open(Files.createDirectory(directory.resolve("db")), List.of("audit"));
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    AuditLog audit = new AuditLog(database, now::get);
    for (SealFixture.Act act : log.acts) {
      now.set(act.at());
      audit.record(
          act.actor(),
          act.action(),
          act.key().isEmpty() ? Map.of() : Map.of(act.key(), act.value()));
    }
    audit.record("user:9", "later.act", Map.of());
    sources =
        new ArchiveWriter.Sources(
            state.resolve("journal"),
            state.resolve("seals"),
            ZoneId.of("Europe/Istanbul"),
            new Seal(),
            audit,
            () -> Instant.parse("2026-11-22T01:00:00Z"));
  }

  @AfterEach
  void closes() {
    database.close();
  }

  /** Signs with the fixture's key; the log is sealed already. */
  private static final class Seal implements ArchiveSeal {
    @Override
    public void now() {}

    @Override
    public byte[] sign(byte[] content) throws IOException {
      try {
        return keys.sign(content);
      } catch (Exception e) {
        throw new IOException(e);
      }
    }

    @Override
    public X509Certificate certificate() {
      return keys.seal().certificate();
    }
  }

  private ArchiveWriter.Written write(String name, LocalDate first, LocalDate last)
      throws Exception {
    return write(name, first, last, ArchiveContent.WHOLE);
  }

  private ArchiveWriter.Written write(
      String name, LocalDate first, LocalDate last, ArchiveContent content) throws Exception {
    return new ArchiveWriter(
            sources,
            new ArchiveWriter.Wanted(first, last, content),
            (done, total, file) -> {},
            () -> false)
        .write(directory.resolve(name));
  }

  @Test
  void leavesOutTheRecordsOrTheAuditRecordAndSaysSo() throws Exception {
    Path logs = write("logs", FIRST, THIRD, ArchiveContent.LOGS).directory();
    Path proof = write("proof", FIRST, THIRD, ArchiveContent.PROOF).directory();

    assertThat(logs.resolve("audit")).doesNotExist();
    assertThat(logs.resolve("journal")).exists();
    assertThat(program.run(logs, "--full").text())
        .contains("VERDICT UNTOUCHED", "the audit is not in this archive");
    assertThat(proof.resolve("audit/entries.txt")).exists();
    assertThat(proof.resolve("journal")).doesNotExist();
    assertThat(proof.resolve("text")).doesNotExist();
    assertThat(proof.resolve("seals/leaves")).doesNotExist();
    assertThat(program.run(proof, "--full").text())
        .contains("VERDICT UNTOUCHED", "the journal is not in this archive", "4 entries");
  }

  @Test
  void whatWasNotLeftOutMustBeThereAndWhatWasMustNot() throws Exception {
    Path whole = write("whole", FIRST, THIRD).directory();
    Path logs = write("logs", FIRST, THIRD, ArchiveContent.LOGS).directory();
    Files.createDirectory(logs.resolve("audit"));

    Files.move(whole.resolve("audit/entries.txt"), logs.resolve("audit/entries.txt"));

    assertThat(program.run(whole).text()).contains("audit/entries.txt: missing");
    assertThat(program.run(logs).text()).contains("was left out, and it is there");
  }

  @Test
  void writesWhatTheVerifierFindsUntouched() throws Exception {
    ArchiveWriter.Written written = write("all", FIRST, THIRD);

    Program.Said said = program.run(written.directory(), "--full", "--expect", log.witness());

    assertThat(said.text()).contains("VERDICT UNTOUCHED", "was destroyed by rule");
    assertThat(said.text()).contains("the audit record is whole: 4 entries");
    assertThat(Files.exists(directory.resolve("all.part"))).isFalse();
  }

  @Test
  void oneDayTakesTheDayInWhichItsSegmentsWereClosedAndTheRootBefore() throws Exception {
    Path second = write("second", SECOND, SECOND).directory();
    Path third = write("third", THIRD, THIRD).directory();

    assertThat(program.run(second, "--full").text()).contains("VERDICT UNTOUCHED");
    assertThat(second.resolve("seals/2026/11/20/root.sha256.p7s.tsr")).exists();
    assertThat(second.resolve("seals/2026/11/20/day.txt")).doesNotExist();
    assertThat(program.run(third, "--full").text()).contains("VERDICT UNTOUCHED");
    assertThat(third.resolve("journal/general/2026/11/21")).doesNotExist();
  }

  @Test
  void goesOnWhereAStoppedRunWas() throws Exception {
    AtomicBoolean stop = new AtomicBoolean(true);
    ArchiveWriter stopped =
        new ArchiveWriter(
            sources,
            new ArchiveWriter.Wanted(FIRST, THIRD, ArchiveContent.WHOLE),
            (done, total, file) -> {},
            stop::get);
    assertThatThrownBy(() -> stopped.write(directory.resolve("a")))
        .isInstanceOf(ArchiveWriter.StoppedException.class);
    assertThat(directory.resolve("a.part/journal")).exists();
    Files.writeString(directory.resolve("a.part/journal/stray"), "x");

    ArchiveWriter.Written written = write("a", FIRST, THIRD);

    assertThat(program.run(written.directory()).text()).contains("VERDICT UNTOUCHED");
  }

  @Test
  void refusesADirectoryThatExistsAndDaysWithoutRecords() throws Exception {
    Files.createDirectory(directory.resolve("there"));

    assertThatThrownBy(() -> write("there", FIRST, THIRD)).hasMessageContaining("exists already");
    assertThatThrownBy(() -> write("none", THIRD.plusDays(9), THIRD.plusDays(9)))
        .hasMessageContaining("nothing was received and sealed");
  }

  @Test
  void anArchiveOfAChangedLogNamesTheChange() throws Exception {
    Path segment;
    try (var files = Files.walk(state.resolve("journal/general/2026/11/21"))) {
      segment = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(segment);
    bytes[400] ^= 1;
    Files.write(segment, bytes);

    Path archive = write("changed", FIRST, THIRD).directory();

    Program.Said said = program.run(archive);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.names("journal/general/2026/11/21")).isTrue();
    assertThat(said.names("frame 1 chunk")).isTrue();
  }

  @Test
  void theCommandsOfTheReadmeAcceptItAndNameAChange() throws Exception {
    Path archive = write("commands", FIRST, THIRD).directory();

    String good = shell(archive);
    Path checkpoint = archive.resolve("seals/2026/11/20/000000000001.checkpoint");
    Files.writeString(
        checkpoint, Files.readString(checkpoint).replace("cause start", "cause stop"));
    String bad = shell(archive);

    assertThat(good).doesNotContain("WRONG", "FAILED").contains("sha256 Fingerprint");
    assertThat(good.split("successful", -1)).hasSizeGreaterThan(8);
    assertThat(good).contains("Verification: OK");
    assertThat(bad)
        .contains("seals/2026/11/20/000000000001.checkpoint: FAILED")
        .contains("WRONG seals/2026/11/20/000000000001.checkpoint")
        .contains("WRONG seals/2026/11/20/day.txt");
  }

  /** Runs everything behind the heading of the commands, as a reader would. */
  private static String shell(Path archive) throws Exception {
    String readme = Files.readString(archive.resolve("README.txt"));
    String commands = readme.substring(readme.indexOf("\n-------------------\n"));
    Path script =
        Files.writeString(archive.resolveSibling("commands.sh"), commands.replace("---", "# -"));
    Process process =
        new ProcessBuilder("bash", script.toString())
            .directory(archive.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
