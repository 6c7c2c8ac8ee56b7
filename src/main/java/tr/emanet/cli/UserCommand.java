package tr.emanet.cli;

import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code emanet user ...}: people and their roles. */
@Command(name = "user", description = "Makes, lists and changes people.")
final class UserCommand implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "name one of create, list, disable, enable, reset");
  }

  /** The person chooses a password with the code that is printed. */
  @Command(
      name = "create",
      description = "Makes an account; prints the one-time code for its first log-in.")
  static final class Create implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    @Parameters(paramLabel = "NAME", description = "Log-in name")
    private String name = "";

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        required = true,
        split = ",",
        description = "analyst, auditor, backup-operator, administrator; may be repeated")
    private List<String> roles = new ArrayList<>();

    @Option(names = "--display-name", paramLabel = "TEXT", description = "Full name")
    private @Nullable String displayName;

    private final PrintStream out;

    Create(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("name", name);
      body.put("roles", roles);
      if (displayName != null) {
        body.put("display_name", displayName);
      }
      out.println(LocalApi.of(state.directory()).json("POST", "/api/v1/users", body));
      return ExitCode.OK;
    }
  }

  /** disable, enable and reset differ only in a word. */
  @Command(description = "Changes an account; open sessions end at once.")
  static final class Change implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    @Parameters(paramLabel = "NAME", description = "Log-in name")
    private String name = "";

    private final String change;
    private final PrintStream out;

    Change(String change, PrintStream out) {
      this.change = change;
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
      String path =
          "/api/v1/users/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "/" + change;
      out.println(LocalApi.of(state.directory()).json("POST", path, null));
      return ExitCode.OK;
    }
  }
}
