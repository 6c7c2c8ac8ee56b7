package tr.emanet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code list} of tokens or people: what the interface answers, one JSON object a line. */
@Command(name = "list", description = "Lists all, one JSON object a line.")
final class ListCommand implements Callable<Integer> {

  @Mixin private StateOption state = new StateOption();

  private final String what;
  private final PrintStream out;

  /**
   * @param what path below {@code /api/v1/} and member of the answer, such as {@code tokens}
   */
  ListCommand(String what, PrintStream out) {
    this.what = what;
    this.out = out;
  }

  @Override
  public Integer call() throws CommandFailed, InterruptedException {
    JsonNode all = LocalApi.of(state.directory()).json("GET", "/api/v1/" + what, null);
    all.path(what).forEach(out::println);
    return ExitCode.OK;
  }
}
