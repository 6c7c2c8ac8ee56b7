package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tr.emanet.ConfigFile;
import tr.emanet.EmanetApplication;

/** {@code emanet check}: every problem of configuration and routes at once. */
@Command(
    name = "check",
    description = "Checks configuration and routes; prints every problem with its line.")
final class CheckCommand implements Callable<Integer> {

  @Mixin private StateOption state = new StateOption();

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration file")
  private @Nullable Path config;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Overrides one key")
  private List<String> overrides = new ArrayList<>();

  private final PrintStream out;

  CheckCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    List<String> problems =
        switch (ConfigFile.read(config, overrides)) {
          case ConfigFile.Outcome.Valid(var settings) ->
              EmanetApplication.checkRoutes(settings, state.directory());
          case ConfigFile.Outcome.Invalid(var found) -> found;
        };
    problems.forEach(out::println);
    if (problems.isEmpty()) {
      out.println("configuration and routes are valid");
    }
    return problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
  }
}
