package tr.emanet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tr.emanet.asset.AssetCsv;

/** {@code emanet assets ...}: the inventory of the running service. */
@Command(description = "The inventory: networks, hosts, owners, installed products.")
final class AssetsCommand implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name import or export");
  }

  /** Makes a CSV file the inventory, all or nothing. */
  @Command(
      name = "import",
      description =
          "Makes a CSV file the inventory. All or nothing; what the file does not name is removed.")
  static final class Import implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    @Parameters(
        paramLabel = "FILE",
        description =
            "Columns address, name, kind, unit, owner, criticality, vendor, product, version; one"
                + " row a product")
    private Path file = Path.of("");

    @Option(names = "--preview", description = "Only print what would change")
    private boolean preview;

    private final PrintStream out;

    Import(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, IOException, InterruptedException {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new CommandFailed(ExitCode.USAGE, file + " cannot be read");
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(AssetCsv.MAX_BYTES + 1);
      }
      if (bytes.length > AssetCsv.MAX_BYTES) {
        throw new CommandFailed(ExitCode.USAGE, file + " is larger than 10 MB");
      }
      String query =
          LocalApi.query(
              Map.of(
                  "apply", Boolean.toString(!preview), "name", String.valueOf(file.getFileName())));
      JsonNode answer =
          LocalApi.of(state.directory()).json("POST", "/api/v1/assets?" + query, bytes);
      out.println(answer);
      return ExitCode.OK;
    }
  }

  /** Prints the inventory as a file that can be imported again. */
  @Command(name = "export", description = "Prints the inventory as CSV.")
  static final class Export implements Callable<Integer> {

    @Mixin private StateOption state = new StateOption();

    private final PrintStream out;

    Export(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws CommandFailed, IOException, InterruptedException {
      try (InputStream in =
          LocalApi.of(state.directory())
              .send("GET", "/api/v1/assets?format=csv", null, "text/csv")) {
        in.transferTo(out);
      }
      return ExitCode.OK;
    }
  }
}
