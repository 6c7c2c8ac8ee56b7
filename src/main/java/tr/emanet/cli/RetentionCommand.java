package tr.emanet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code emanet retention ...}: how long the running service keeps its journal. */
@Command(name = "retention", description = "Retention, legal holds and the clock's confirmation.")
final class RetentionCommand implements Runnable {

  private static final ObjectMapper JSON = new ObjectMapper();

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "name one of status, run, hold, release, confirm-clock");
  }

  /** Commands without arguments of their own. */
  @Command(description = "Prints how retention stands after it, as one JSON object.")
  static final class Plain implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    private final String method;
    private final String path;
    private final PrintStream out;

    Plain(String method, String path, PrintStream out) {
      this.method = method;
      this.path = path;
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
      out.println(LocalApi.of(state.directory()).json(method, "/api/v1/retention" + path, null));
      return ExitCode.OK;
    }
  }

  /** Sets a hold. */
  @Command(
      name = "hold",
      description = "Keeps a stream's days, however old they get, until two people end it.")
  static final class Hold implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    @Option(names = "--stream", paramLabel = "NAME", description = "One stream; default all")
    private String stream = "*";

    @Option(names = "--from", paramLabel = "DAY", description = "First day, YYYY-MM-DD")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last day, YYYY-MM-DD")
    private @Nullable String to;

    @Parameters(paramLabel = "REASON", description = "Why, such as the number of a letter")
    private String reason = "";

    private final PrintStream out;

    Hold(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
      ObjectNode body = JSON.createObjectNode().put("stream", stream).put("reason", reason);
      if (from != null) {
        body.put("from", from);
      }
      if (to != null) {
        body.put("to", to);
      }
      out.println(LocalApi.of(state.directory()).json("POST", "/api/v1/retention/holds", body));
      return ExitCode.OK;
    }
  }

  /** Ends a hold. */
  @Command(
      name = "release",
      description = "Asks for a hold's end, or agrees to it: two different people end a hold.")
  static final class Release implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    @Parameters(index = "0", paramLabel = "ID", description = "Number of the hold")
    private long id;

    @Parameters(index = "1", paramLabel = "REASON", description = "Why it may end", arity = "0..1")
    private String reason = "";

    private final PrintStream out;

    Release(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
      ObjectNode body = JSON.createObjectNode().put("reason", reason);
      out.println(
          LocalApi.of(state.directory())
              .json("POST", "/api/v1/retention/holds/" + id + "/release", body));
      return ExitCode.OK;
    }
  }
}
