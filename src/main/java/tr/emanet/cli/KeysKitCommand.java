package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tr.emanet.backup.key.EmergencyKit;
import tr.emanet.backup.key.KeyStatus;
import tr.emanet.backup.key.RepositoryKeys;
import tr.emanet.backup.key.Share;
import tr.emanet.backup.restic.Repository;
import tr.emanet.document.PdfPrinter;

/** {@code emanet backup keys kit}: the paper for the safe. */
@Command(name = "kit", description = "Prints the emergency kit as PDF; without secrets by default.")
final class KeysKitCommand extends BackupKeysCommand.OnKeys {

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "New file, 0600")
  private Path file = Path.of("");

  @Option(
      names = "--language",
      paramLabel = "tr|en",
      defaultValue = "tr",
      description = "Language (default: ${DEFAULT-VALUE})")
  private String language = "tr";

  @Option(
      names = "--shares",
      description = "Splits the password anew and prints the shares, each on its own page")
  private boolean shares;

  KeysKitCommand(PrintStream out) {
    super(out);
  }

  @Override
  int run(RepositoryKeys keys) throws IOException, CommandFailed {
    EmergencyKit.Language chosen =
        switch (language) {
          case "tr" -> EmergencyKit.Language.TR;
          case "en" -> EmergencyKit.Language.EN;
          default -> throw new CommandFailed(ExitCode.USAGE, "--language takes tr or en");
        };
    KeyStatus before =
        keys.status(name)
            .orElseThrow(() -> new CommandFailed(ExitCode.FAILED, "no keys for " + name));
    String id = options.on(keys, before, Repository::id);
    List<Share> printed = shares ? keys.split(name, options.person()) : List.of();
    KeyStatus status = keys.status(name).orElse(before);
    byte[] pdf =
        new EmergencyKit(new PdfPrinter(), ZoneId.of("Europe/Istanbul"))
            .print(status, id, printed, chosen, InstantSource.system().instant());
    printed.forEach(Share::close);
    KeysOptions.writeNew(file, pdf);
    Arrays.fill(pdf, (byte) 0);
    out.println("the kit is in " + file + (shares ? "; it holds shares, destroy the file" : ""));
    return ExitCode.OK;
  }
}
