package tr.emanet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tr.emanet.indicator.value.Refused;
import tr.emanet.indicator.value.ValueReader;

/** {@code emanet hunt}: events that name a value, as NDJSON, latest first. */
@Command(
    name = "hunt",
    description =
        "Looks for domains, URLs, addresses, networks or file hashes in everything that is indexed;"
            + " prints one JSON object a line: position, at, wanted, field, value, weak.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the hunt came to its end, whether it found anything or not",
      "1:the hunt failed or was stopped",
      "2:a value or an option is wrong",
      "3:no service runs on the state directory",
      "5:more was found than is printed"
    })
final class HuntCommand implements Callable<Integer> {

  private static final int MAX = 10_000;

  @Mixin private StateOption state = new StateOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "VALUE",
      description = "What to look for; hxxp://kotu[.]example is read as well")
  private List<String> values = List.of();

  @Option(names = "--from", paramLabel = "TIME", description = "First event time, ISO")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "First event time after it, ISO")
  private @Nullable String to;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Most events, up to 10,000 (default: ${DEFAULT-VALUE})")
  private int limit;

  private final PrintStream out;
  private final PrintStream err;

  HuntCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws CommandFailed, InterruptedException {
    for (String value : values) {
      if (ValueReader.value(null, value) instanceof Refused refused) {
        throw new CommandFailed(
            ExitCode.USAGE, "'" + value + "' is no value to hunt: " + refused.reason().id());
      }
    }
    if (limit < 1 || limit > MAX) {
      throw new CommandFailed(ExitCode.USAGE, "--limit is 1 to " + MAX);
    }
    LocalApi api = LocalApi.of(state.directory());
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("values", values);
    body.put("from", from);
    body.put("to", to);
    JsonNode hunt = api.json("POST", "/api/v1/hunts", body);
    String path = "/api/v1/hunts/" + hunt.path("id").asLong();
    while (hunt.path("ended_at").isNull()) {
      TimeUnit.MILLISECONDS.sleep(200);
      hunt = api.json("GET", path + "?limit=1", null);
    }
    hunt = api.json("GET", path + "?limit=" + limit, null);
    hunt.path("events").forEach(out::println);
    out.flush();
    if (!hunt.path("state").asText().equals("done")) {
      String problem = hunt.path("problem").asText("");
      throw new CommandFailed(
          ExitCode.FAILED,
          "the hunt was "
              + hunt.path("state").asText()
              + (problem.isEmpty() ? "" : ": " + problem));
    }
    long found = hunt.path("found").asLong();
    if (found > limit || hunt.path("cut").asBoolean()) {
      err.println(
          "emanet: there are more events than the "
              + Math.min(found, limit)
              + " printed; narrow --from and --to");
      return ExitCode.INCOMPLETE;
    }
    return ExitCode.OK;
  }
}
