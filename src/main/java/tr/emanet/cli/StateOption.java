package tr.emanet.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import tr.emanet.StateDirectory;

/** The option that every command has. */
final class StateOption {

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = "var",
      description = "State directory (default: ${DEFAULT-VALUE})")
  private Path state = Path.of("var");

  StateDirectory directory() {
    return new StateDirectory(state);
  }
}
