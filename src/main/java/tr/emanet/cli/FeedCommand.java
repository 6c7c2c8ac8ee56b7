package tr.emanet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emanet usom ...} and {@code emanet indicators ...}: feeds of the running service. */
@Command(description = "Feeds of indicators.")
final class FeedCommand implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  private final String advice;

  FeedCommand(String advice) {
    this.advice = advice;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), advice);
  }

  /** Fetches and waits for the end. */
  @Command(name = "sync", description = "Fetches the USOM/SGB feed now; prints how it stands then.")
  static final class Sync implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    @Option(names = "--once", description = "Fetch once and end; the only way, said for clarity")
    @SuppressWarnings("UnusedVariable") // accepted, and true without it
    private boolean once;

    @Option(names = "--full", description = "The whole list instead of what is new")
    private boolean full;

    private final PrintStream out;

    Sync(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
      LocalApi api = LocalApi.of(state.directory());
      api.json("POST", "/api/v1/feeds/usom/sync" + (full ? "?full=true" : ""), null);
      JsonNode all;
      do {
        TimeUnit.MILLISECONDS.sleep(300);
        all = api.json("GET", "/api/v1/feeds", null);
      } while (all.path("busy").asBoolean());
      for (JsonNode feed : all.path("feeds")) {
        if (feed.path("name").asText().equals("usom")) {
          out.println(feed);
          return feed.path("failure").isNull() ? ExitCode.OK : ExitCode.FAILED;
        }
      }
      throw new CommandFailed(
          ExitCode.FAILED, "the feed is off: set usom.baseUrl in the configuration");
    }
  }

  /** Copies a file into the spool folder of the service and has it imported. */
  @Command(
      name = "import",
      description =
          "Imports a list from a file: USOM/SGB JSON, plain, CSV, STIX 2.1 or MISP; gzip or not.")
  static final class Import implements Callable<Integer> {

    private static final int MAX_SIGNATURE = 512 << 10;

    @Mixin private StateOption state = new StateOption();

    @Parameters(paramLabel = "FILE", description = "The file; a .p7s beside it is checked")
    private Path file = Path.of("");

    @Option(
        names = "--feed",
        paramLabel = "NAME",
        defaultValue = "usom",
        description = "Feed whose list the file replaces (default: ${DEFAULT-VALUE})")
    private String feed = "usom";

    @Option(
        names = "--format",
        paramLabel = "NAME",
        description = "usom, plain, csv, stix or misp (default: what the file looks like)")
    private @Nullable String format;

    private final PrintStream out;

    Import(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, IOException, InterruptedException {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new CommandFailed(ExitCode.USAGE, file + " cannot be read");
      }
      if (!feed.matches("[a-z0-9][a-z0-9-]{0,31}")) {
        throw new CommandFailed(ExitCode.USAGE, "'" + feed + "' is no name of a feed");
      }
      LocalApi api = LocalApi.of(state.directory());
      Path spool = state.directory().root().resolve("spool");
      Files.createDirectories(spool);
      String name = "import-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
      Path copy = spool.resolve(name);
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      try {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("file", name);
        body.put("name", String.valueOf(file.getFileName()));
        Path signature = Path.of(file + ".p7s");
        if (Files.isRegularFile(signature)) {
          body.put("signature", signature(signature));
        }
        if (format != null) {
          body.put("format", format);
        }
        JsonNode revision = api.json("POST", "/api/v1/feeds/" + feed + "/import", body);
        out.println(revision);
        return revision.path("state").asText().equals("failed") ? ExitCode.FAILED : ExitCode.OK;
      } finally {
        Files.deleteIfExists(copy);
      }
    }

    private static String signature(Path file) throws CommandFailed, IOException {
      if (Files.size(file) > MAX_SIGNATURE) {
        throw new CommandFailed(ExitCode.USAGE, file + " is too large for a signature");
      }
      return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }
  }
}
