package tr.emanet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tr.emanet.archive.ArchiveCheck;
import tr.emanet.archive.Verifier;

/** {@code emanet archive ...}: writes days of logs with their proof, and checks such archives. */
@Command(
    name = "archive",
    description = "Exports days of logs with their proof; verifies archives.")
final class ArchiveCommand implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name one of export, verify");
  }

  /** Asks the running service for an archive and moves it to its place. */
  @Command(
      name = "export",
      description =
          "Writes an archive of whole days to a new directory. It is verified before the command"
              + " ends.",
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {
        "0:the archive is written and untouched",
        "1:it could not be written",
        "2:a day or the directory is wrong",
        "3:no service runs on the state directory",
        "4:it is written, and what it holds is not as it was sealed"
      })
  static final class Export implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    @Option(names = "--from", paramLabel = "DAY", required = true, description = "2026-11-22")
    private String from = "";

    @Option(names = "--to", paramLabel = "DAY", required = true, description = "The last day")
    private String to = "";

    @Option(
        names = "--content",
        paramLabel = "WHAT",
        description =
            "whole (default), logs (without the audit record) or proof (audit record and seals"
                + " without the records)")
    private String content = "whole";

    @Parameters(paramLabel = "DIR", description = "Directory that does not exist yet")
    private Path target = Path.of("");

    private final PrintStream out;
    private final PrintStream err;

    Export(PrintStream out, PrintStream err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException, IOException {
      if (Files.exists(target)) {
        throw new CommandFailed(ExitCode.USAGE, target + " exists; name a new directory");
      }
      LocalApi api = LocalApi.of(state.directory());
      JsonNode job =
          api.json(
              "POST",
              "/api/v1/archives/exports",
              Map.of("from", from, "to", to, "content", content));
      String path = "/api/v1/archives/jobs/" + job.path("id").asLong();
      int told = -1;
      while (job.path("ended_at").isNull()) {
        TimeUnit.MILLISECONDS.sleep(200);
        job = api.json("GET", path, null);
        if (job.path("percent").asInt() != told) {
          told = job.path("percent").asInt();
          err.println(told + "% " + job.path("note").asText(""));
        }
      }
      JsonNode made = job.path("export");
      if (!job.path("state").asText().equals("done") || made.isNull()) {
        throw new CommandFailed(
            ExitCode.FAILED,
            "the export " + job.path("state").asText() + ": " + job.path("problem").asText(""));
      }
      move(state.directory().root().resolve("archives").resolve(made.path("name").asText()));
      api.json("DELETE", "/api/v1/archives/exports/" + made.path("id").asLong(), null);
      long findings = made.path("findings").asLong();
      if (findings > 0) {
        made.path("report").forEach(line -> out.println(line.asText()));
      }
      out.println(
          made.path("files").asLong()
              + " files, "
              + made.path("bytes").asLong()
              + " bytes in "
              + target
              + "; SHA-256 of MANIFEST.sha256: "
              + made.path("manifest").asText());
      return findings > 0 ? ExitCode.DAMAGED : ExitCode.OK;
    }

    /** Renames, or copies to another file system and renames there. */
    private void move(Path made) throws IOException {
      Path place = target.toAbsolutePath().normalize();
      Path parent = place.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Path part = place.resolveSibling(place.getFileName() + ".part");
      try (Stream<Path> files = Files.walk(made)) {
        for (Path file : files.toList()) {
          Path to = part.resolve(made.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(to);
          } else {
            Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      } catch (IOException e) {
        remove(part);
        throw e;
      }
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void remove(Path directory) throws IOException {
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.walk(directory)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  /** Checks an archive in this process; needs no service. */
  @Command(
      name = "verify",
      description =
          "Checks an archive: manifest, seals, time stamps, every byte, the audit record, and that"
              + " its text is what the segments hold. Needs no running service.",
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {
        "0:nothing is wrong",
        "1:a file could not be read",
        "2:the directory is no archive, or an option is wrong",
        "4:something is altered, missing, added or not proven; the lines with WRONG name it"
      })
  static final class Verify implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The archive")
    private Path directory = Path.of("");

    @Option(
        names = "--expect",
        paramLabel = "FILE|NUMBER:SHA256",
        description = "A checkpoint kept elsewhere; finds that the newest ones were cut off")
    private @Nullable String expect;

    @Option(
        names = "--trust",
        paramLabel = "FILE",
        description = "Certificate, PEM, that you got in another way; may be given more than once")
    private List<Path> trust = List.of();

    @Option(names = "--full", description = "Compares the digest of every leaf as well")
    private boolean full;

    private final PrintStream out;
    private final PrintStream err;

    Verify(PrintStream out, PrintStream err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public Integer call() throws IOException {
      List<String> options = new ArrayList<>();
      if (expect != null) {
        options.add("--expect");
        options.add(expect);
      }
      for (Path file : trust) {
        options.add("--trust");
        options.add(file.toString());
      }
      if (full) {
        options.add("--full");
      }
      Verifier.Outcome outcome =
          new ArchiveCheck(Verifier.compile()).check(directory, options, this::progress);
      outcome.lines().forEach(out::println);
      return switch (outcome.code()) {
        case 0 -> ExitCode.OK;
        case 1 -> ExitCode.DAMAGED;
        case 2 -> ExitCode.USAGE;
        default -> ExitCode.FAILED;
      };
    }

    private void progress(long done, long total, String file) {
      if (total > 0) {
        err.println(done * 100 / total + "% " + file);
      }
    }
  }
}
