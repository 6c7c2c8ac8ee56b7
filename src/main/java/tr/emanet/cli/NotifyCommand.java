package tr.emanet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Notifications of the running service. */
@Command(name = "notify", description = "Looks at notifications and tries them out.")
final class NotifyCommand implements Runnable {

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name test");
  }

  /** Sends a test message. */
  @Command(
      name = "test",
      description = {
        "Sends a test message at once and prints what came of each channel;",
        "exit code 1 when one of them did not take it."
      })
  static final class Test implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    @Option(
        names = "--channel",
        paramLabel = "NAME",
        description = "Only this one, such as mail:some@bel.example or webhook:santral")
    private @Nullable String channel;

    private final PrintStream out;

    Test(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
      String query = channel == null ? "" : "?" + LocalApi.query(Map.of("channel", channel));
      JsonNode answer =
          LocalApi.of(state.directory()).json("POST", "/api/v1/notifications/test" + query, null);
      boolean all = true;
      for (JsonNode one : answer.path("results")) {
        boolean sent = one.path("sent").asBoolean();
        String problem = one.path("problem").asText();
        out.println(one.path("channel").asText() + ": " + (sent ? "sent" : "failed: " + problem));
        all &= sent;
      }
      return all ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
