package tr.emanet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code emanet search}: events as NDJSON, newest first. */
@Command(
    name = "search",
    description = "Finds events; prints one ECS JSON object a line, newest first.")
final class SearchCommand implements Callable<Integer> {

  private static final int PAGE = 1000;

  @Mixin private StateOption state = new StateOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "QUERY",
      defaultValue = "",
      description = "Query text; empty finds everything")
  private String query = "";

  @Option(names = "--from", paramLabel = "TIME", description = "Begin, ISO (default: 24 hours ago)")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "End, ISO (default: now)")
  private @Nullable String to;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Most events (default: ${DEFAULT-VALUE})")
  private long limit;

  private final PrintStream out;
  private final PrintStream err;

  SearchCommand(PrintStream out, PrintStream err) {
    this.err = err;
    this.out = out;
  }

  @Override
  public Integer call() throws CommandFailed, InterruptedException {
    LocalApi api = LocalApi.of(state.directory());
    Instant now = Instant.now();
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("query", query);
    parameters.put("from", from == null ? now.minus(Duration.ofDays(1)).toString() : from);
    // Senders' clocks run ahead by up to five minutes.
    parameters.put("to", to == null ? now.plus(Duration.ofMinutes(6)).toString() : to);
    long left = limit;
    boolean complete = true;
    while (left > 0) {
      parameters.put("limit", Long.toString(Math.min(left, PAGE)));
      JsonNode page = api.json("GET", "/api/v1/events?" + LocalApi.query(parameters), null);
      for (JsonNode event : page.path("events")) {
        out.println(event);
        left--;
      }
      JsonNode coverage = page.path("coverage");
      if (!coverage.path("complete").asBoolean(true)) {
        err.println(
            "emanet: result incomplete: the time limit was reached, read back only to "
                + coverage.path("read_from").asText("-")
                + "; narrow --from and --to, or export");
        complete = false;
      }
      JsonNode next = page.path("next");
      if (!next.isTextual()) {
        break;
      }
      parameters.put("after", next.asText());
    }
    out.flush();
    return complete ? ExitCode.OK : ExitCode.INCOMPLETE;
  }
}
