package tr.emanet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code emanet lookup5651}: who was behind an outside address at an instant, as JSON. */
@Command(
    name = "lookup5651",
    description =
        "Looks up who was behind an outside address and port (Law 5651) and prints the answer as"
            + " one JSON object: candidates with inside address, device and person, each step with"
            + " confidence, reasons and the lines it rests on. The question goes into the audit"
            + " chain.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:one way was found",
      "1:nothing was found, or it failed",
      "2:address, time or an option is wrong",
      "3:no service runs on the state directory",
      "5:the answer is not all: not every record could be read",
      "6:several possibilities were found"
    })
final class LookUpCommand implements Callable<Integer> {

  private static final String PATH = "/api/v1/lookup5651";

  @Mixin private StateOption state = new StateOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "IP:PORT",
      description = "Such as 203.0.113.7:61234 or [2001:db8::1]:443")
  private @Nullable String endpoint;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TIME",
      description = "ISO with offset, or local: \"2026-11-22 14:03:11\", \"22.11.2026 14:03\"")
  private @Nullable String time;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, such as the number of a case; asked for at a terminal when missing")
  private @Nullable String reason;

  @Option(
      names = "--pdf",
      paramLabel = "FILE",
      description = "Writes the answer as a PDF there, and its signature beside as FILE.p7s")
  private @Nullable Path pdf;

  private final PrintStream out;
  private final PrintStream err;

  LookUpCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws CommandFailed, InterruptedException {
    if (endpoint == null || time == null) {
      throw new CommandFailed(ExitCode.USAGE, "name IP:PORT and TIME, or export-day DAY");
    }
    LocalApi api = LocalApi.of(state.directory());
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("endpoint", endpoint);
    body.put("at", time);
    body.put("reason", reason());
    JsonNode answer;
    try {
      answer = api.json("POST", PATH, body);
    } catch (CommandFailed e) {
      throw e.exitCode() == ExitCode.FAILED
          ? new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()))
          : e;
    }
    out.println(answer);
    out.flush();
    Path paper = pdf;
    if (paper != null) {
      String id = answer.path("id").asText();
      save(api, PATH + "/" + id + "/answer.pdf", paper);
      save(api, PATH + "/" + id + "/answer.p7s", Path.of(paper + ".p7s"));
    }
    if (!answer.path("complete").asBoolean()) {
      err.println("emanet: not every record could be read: " + answer.path("limits"));
      return ExitCode.INCOMPLETE;
    }
    if (answer.path("candidates").isEmpty()) {
      err.println("emanet: there is no record of this address and port around that time");
      return ExitCode.FAILED;
    }
    return answer.path("ambiguous").asBoolean() ? ExitCode.AMBIGUOUS : ExitCode.OK;
  }

  /** Scripts that give none are told apart in the audit chain: the reason says so. */
  @SuppressWarnings("SystemConsoleNull") // it is, without a terminal and the line editor's module
  private String reason() {
    String given = reason;
    if (given != null) {
      return given;
    }
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      String typed = console.readLine("Gerekçe / reason: ");
      return typed == null ? "" : typed;
    }
    return "belirtilmedi / not stated (komut satırı / command line)";
  }

  private static void save(LocalApi api, String path, Path file)
      throws CommandFailed, InterruptedException {
    String type = path.endsWith(".pdf") ? "application/pdf" : "application/pkcs7-signature";
    try (InputStream in = api.send("GET", path, null, type)) {
      Files.write(file, in.readAllBytes());
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, file + " cannot be written: " + e.getMessage());
    }
  }

  /** {@code export-day}: the lists of a day in the form that 5651 tools read. */
  @Command(
      name = "export-day",
      description =
          "Writes the lists of a day that has ended into the state directory and prints the"
              + " folder: dhcpd-tib.log, nat.log, session.log, MANIFEST.sha256; chain.txt"
              + " three levels above chains the days. A day is written once.")
  static final class ExportDay implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    @Parameters(index = "0", paramLabel = "DAY", description = "Such as 2026-11-21")
    private String day = "";

    private final PrintStream out;

    ExportDay(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
      LocalApi api = LocalApi.of(state.directory());
      JsonNode job = api.json("POST", PATH + "/days", Map.of("day", day));
      String path = PATH + "/days/" + job.path("id").asLong();
      while (!job.path("ended").asBoolean()) {
        TimeUnit.MILLISECONDS.sleep(200);
        job = api.json("GET", path, null);
      }
      if (!job.path("state").asText().equals("done")) {
        throw new CommandFailed(
            ExitCode.FAILED, "the day was not written: " + job.path("problem").asText());
      }
      out.println(job.path("folder").asText());
      if (!job.path("stamped").asBoolean()) {
        out.println("NOT STAMPED: STAMP.txt in the folder says why");
      }
      return ExitCode.OK;
    }
  }
}
