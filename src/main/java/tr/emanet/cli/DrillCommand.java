package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tr.emanet.backup.DiskReserve;
import tr.emanet.backup.proof.DrillRecord;
import tr.emanet.backup.proof.DrillRun;
import tr.emanet.backup.proof.DrillScope;
import tr.emanet.backup.proof.ProofWatch;
import tr.emanet.backup.proof.ScratchDatabases;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.target.Targets;
import tr.emanet.document.PdfPrinter;

/** {@code emanet drill}: proves that a snapshot comes back, without a running service. */
@Command(
    name = "drill",
    description =
        "Restores a snapshot into a sandbox, reads it again, removes it; exit code 4 when it did"
            + " not come back.")
final class DrillCommand implements Callable<Integer> {

  @Mixin private RepositoryOptions options = new RepositoryOptions();

  @Parameters(index = "0", paramLabel = "REPOSITORY", description = "Its directory or address")
  private String address = "";

  @Option(names = "--snapshot", paramLabel = "ID", description = "First digits; latest by default")
  private String snapshot = "latest";

  @Option(names = "--sample", paramLabel = "N", description = "Only so many random files")
  private long sample;

  @Option(
      names = "--sandbox",
      paramLabel = "DIR",
      description = "Where to restore, below it; the directory for temporary files by default")
  private Path sandbox = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the record as JSON")
  private @Nullable Path json;

  @Option(names = "--pdf", paramLabel = "FILE", description = "Writes the record as PDF")
  private @Nullable Path pdf;

  @Option(names = "--by", paramLabel = "PERSON", description = "Who drills, for the record")
  private String by = System.getProperty("user.name", "-");

  private final PrintStream out;

  DrillCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, CommandFailed {
    if (sample < 0) {
      throw new CommandFailed(ExitCode.USAGE, "--sample is a number of files");
    }
    InstantSource clock = InstantSource.system();
    Instant started = clock.instant();
    SecureRandom random = new SecureRandom();
    DrillScope scope = sample == 0 ? DrillScope.ALL : new DrillScope(sample, Long.MAX_VALUE);
    try (Targets.OpenTarget place = options.target(address);
        Repository repository = options.open(place);
        RepositoryLock lock = RepositoryLock.take(repository, false, clock)) {
      Snapshot found = Snapshot.find(repository, snapshot);
      DrillRun.Outcome outcome = drill(repository, found, scope, random);
      lock.held();
      DrillRecord record =
          new DrillRecord(
              "",
              String.join(", ", found.paths()),
              new DrillRecord.About(
                  address, repository.id(), found.id().hex(), found.time(), scope),
              DrillRecord.UNCHECKED,
              started,
              clock.instant(),
              by,
              InetAddress.getLocalHost().getHostName(),
              outcome);
      write(record);
      return say(record);
    }
  }

  private DrillRun.Outcome drill(
      Repository repository, Snapshot found, DrillScope scope, SecureRandom random)
      throws IOException, InterruptedException {
    // A new directory that only we may enter: the default is one that everybody writes to, and
    // what somebody else put there is neither used nor removed.
    Path ours = Files.createTempDirectory(sandbox, "emanet-drill-");
    try {
      return new DrillRun(
              ours.resolve("snapshot"),
              random,
              new ScratchDatabases(sandbox, InstantSource.system()),
              DiskReserve.PLAIN,
              ProofWatch.NONE)
          .run(repository, found, scope);
    } finally {
      Files.deleteIfExists(ours);
    }
  }

  private void write(DrillRecord record) throws IOException {
    byte[] text = record.json();
    Path file = json;
    if (file != null) {
      Files.write(file, text);
    }
    Path paper = pdf;
    if (paper != null) {
      Files.write(paper, new PdfPrinter().print(html(record)));
    }
  }

  /** The fields one below the other; the pages of the service print it in the reader's language. */
  private static String html(DrillRecord record) {
    StringBuilder html = new StringBuilder(4096);
    html.append("<html lang=\"tr\"><head><title>Geri dönüş testi kaydı</title></head><body>");
    html.append("<h1>Geri dönüş testi kaydı / Restore test record</h1>");
    DrillRun.Figures f = record.outcome().figures();
    html.append("<table class=\"facts\">");
    row(html, "Gün ve saat / Day and hour", record.startedAt() + " – " + record.endedAt());
    row(html, "Sistemler / Systems", record.systems());
    row(html, "Depo / Repository", record.about().repository());
    row(html, "Anlık görüntü / Snapshot", record.about().snapshot());
    row(html, "Geri yüklenen / Restored", f.restored() + " / " + f.inSnapshot());
    row(html, "Yeniden okunan / Read again", f.hashedFiles() + ", " + f.hashedBytes() + " B");
    row(html, "SHA-256", record.outcome().digest());
    row(html, "Sonuç / Result", record.passed() ? "geri geldi / passed" : "GELMEDİ / FAILED");
    for (String problem : record.outcome().problems()) {
      row(html, "Sorun / Problem", problem);
    }
    row(html, "Dersler / Lessons", " ");
    row(html, "Yapan / By", record.who());
    return html.append("</table></body></html>").toString();
  }

  private static void row(StringBuilder html, String head, String value) {
    html.append("<tr><th>").append(head).append("</th><td>");
    html.append(value.replace("&", "&amp;").replace("<", "&lt;").replaceAll("\\p{Cntrl}", "?"));
    html.append("</td></tr>");
  }

  private int say(DrillRecord record) {
    DrillRun.Outcome outcome = record.outcome();
    outcome.problems().forEach(problem -> out.println("PROBLEM: " + problem));
    DrillRun.Figures f = outcome.figures();
    out.println(
        String.format(
            Locale.ROOT,
            "%d of %d files, %d bytes restored; %d files, %d bytes read again and compared",
            f.restored(),
            f.inSnapshot(),
            f.bytes(),
            f.hashedFiles(),
            f.hashedBytes()));
    out.println("sha256 of the list of files: " + outcome.digest());
    out.println(
        record.passed()
            ? "the snapshot came back as it was"
            : "the snapshot did not come back as it was: " + outcome.count() + " problems");
    return record.passed() ? ExitCode.OK : ExitCode.DAMAGED;
  }
}
