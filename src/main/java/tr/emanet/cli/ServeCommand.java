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
import tr.emanet.Settings;
import tr.emanet.crypto.CoreDumps;

/** {@code emanet serve}: the service itself. */
@Command(
    name = "serve",
    description = "Runs the service until it is told to stop (SIGTERM). Prints READY and its URL.")
final class ServeCommand implements Callable<Integer> {

  @Mixin private StateOption state = new StateOption();

  @Option(names = "--config", paramLabel = "FILE", description = "Configuration file")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one key of the configuration, such as http.port=8080")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--demo",
      negatable = true,
      description = "Feeds a realistic stream through the listeners (--no-demo: does not)")
  private boolean demo;

  private final PrintStream out;
  private final PrintStream err;

  ServeCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException, CommandFailed, InterruptedException {
    Settings settings =
        switch (ConfigFile.read(config, overrides)) {
          case ConfigFile.Outcome.Valid(var valid) -> valid;
          case ConfigFile.Outcome.Invalid(var problems) -> {
            problems.forEach(err::println);
            throw new CommandFailed(
                ExitCode.USAGE,
                problems.size() + " problem(s) in the configuration; nothing started");
          }
        };
    CoreDumps.off();
    return switch (EmanetApplication.serve(settings, state.directory(), demo, err::println)) {
      case EmanetApplication.Started.Ready(String url) -> {
        out.println("READY " + url);
        out.flush();
        // The service lives in its own threads; a signal ends the process.
        Thread.currentThread().join();
        yield ExitCode.OK;
      }
      case EmanetApplication.Started.Busy(String owner) ->
          throw new CommandFailed(
              ExitCode.NOT_AVAILABLE,
              "state directory " + state.directory().root() + " is in use by " + owner);
      case EmanetApplication.Started.Failed(String why) ->
          throw new CommandFailed(ExitCode.FAILED, why);
    };
  }
}
