package tr.emanet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

/** {@code emanet audit ...}: looks at the record of what people did. */
@Command(name = "audit", description = "Verifies the record of what people did.")
final class AuditCommand implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name verify");
  }

  /** Asks the running service to walk over the whole chain. */
  @Command(
      name = "verify",
      description =
          "Walks over the chain of hashes and compares it with every checkpoint; names the first"
              + " entry that was edited, removed, inserted or moved.",
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {
        "0:the record is whole",
        "3:no service runs on the state directory",
        "4:it is not; the lines say where"
      })
  static final class Verify implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    private final PrintStream out;

    Verify(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
      JsonNode result = LocalApi.of(state.directory()).json("GET", "/api/v1/archives/audit", null);
      result.path("findings").forEach(line -> out.println("WRONG " + line.asText()));
      boolean sound = result.path("sound").asBoolean();
      out.println(
          result.path("entries").asLong()
              + " entries, head "
              + result.path("head").asText()
              + ", compared with "
              + result.path("checkpoints").asInt()
              + " checkpoints: "
              + (sound ? "the record is whole" : "THE RECORD WAS CHANGED"));
      return sound ? ExitCode.OK : ExitCode.DAMAGED;
    }
  }
}
