package tr.emanet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emanet token ...}: API tokens. */
@Command(name = "token", description = "Makes, lists and revokes API tokens.")
final class TokenCommand implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "name one of create, list, revoke");
  }

  /** Prints the clear token alone, for scripts. */
  @Command(name = "create", description = "Makes a token and prints it; it cannot be shown again.")
  static final class Create implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    @Option(
        names = "--scope",
        paramLabel = "ROLE",
        required = true,
        split = ",",
        description =
            "analyst, auditor, backup-operator, administrator; may be repeated; or lists alone")
    private List<String> scopes = new ArrayList<>();

    @Option(names = "--label", paramLabel = "TEXT", defaultValue = "cli", description = "Its name")
    private String label = "cli";

    @Option(
        names = "--days",
        paramLabel = "N",
        defaultValue = "90",
        description = "Valid for (default: ${DEFAULT-VALUE})")
    private int days;

    private final PrintStream out;

    Create(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("label", label);
      body.put("scopes", scopes);
      body.put("days", days);
      JsonNode made = LocalApi.of(state.directory()).json("POST", "/api/v1/tokens", body);
      out.println(made.path("token").asText());
      return ExitCode.OK;
    }
  }

  /** Takes effect at once. */
  @Command(name = "revoke", description = "Revokes a token at once.")
  static final class Revoke implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    @Parameters(paramLabel = "ID", description = "Number of the token, from 'token list'")
    private long id;

    private final PrintStream out;

    Revoke(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
      JsonNode answer = LocalApi.of(state.directory()).json("DELETE", "/api/v1/tokens/" + id, null);
      if (!answer.isNull()) {
        out.println(answer);
      }
      return ExitCode.OK;
    }
  }
}
