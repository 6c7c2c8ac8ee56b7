package tr.emanet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code emanet seal status|now|import}: how the seal of the log stands. */
@Command(
    name = "seal",
    description = "Shows how the log is sealed, seals it now, or takes over a key.")
final class SealCommand implements Runnable {

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name status, now or import");
  }

  private static void print(JsonNode status, PrintStream out) {
    out.println(status);
    out.flush();
  }

  /** {@code seal status}. */
  @Command(
      name = "status",
      description = "Prints one JSON object: last checkpoint, key, stamps, witnesses, gaps.",
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {
        "0:the log is sealed as it should be",
        "1:sealing fails or is late, or something sealed was changed; the object says what",
        "3:no service runs on the state directory"
      })
  static final class Status implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    private final PrintStream out;

    Status(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
      JsonNode status = LocalApi.of(state.directory()).json("GET", "/api/v1/seal", null);
      print(status, out);
      boolean sound =
          !status.path("late").asBoolean()
              && status.path("problem").asText().isEmpty()
              && status.path("findings").isEmpty();
      return sound ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  /** {@code seal now}. */
  @Command(
      name = "now",
      description = "Makes a checkpoint of everything that is durable and prints the status.",
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {
        "0:the checkpoint counts",
        "1:it could not be made",
        "3:no service runs on the state directory"
      })
  static final class Now implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    private final PrintStream out;

    Now(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
      LocalApi api = LocalApi.of(state.directory());
      print(api.json("POST", "/api/v1/seal/checkpoints", null), out);
      return ExitCode.OK;
    }
  }
}
