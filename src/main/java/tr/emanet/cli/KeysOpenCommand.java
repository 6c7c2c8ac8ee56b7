package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tr.emanet.backup.key.RepositoryKeys;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.envelope.Envelopes;
import tr.emanet.crypto.envelope.KeyFiles;
import tr.emanet.crypto.envelope.Opening;
import tr.emanet.crypto.envelope.RecipientKey;

/** {@code emanet backup keys open} and {@code combine}: bring a password out. */
@Command(
    name = "open",
    description =
        "Writes the password of a repository, or of an envelope with an escrow key, to a file.")
final class KeysOpenCommand implements Callable<Integer> {

  @Mixin private KeysOptions options = new KeysOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The repository's name; opened with the key of this machine")
  private @Nullable String name;

  @Option(names = "--envelope", paramLabel = "FILE", description = "Instead: a .p7m file")
  private @Nullable Path envelope;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "RSA private key for it: PKCS#8 (PEM or DER) or PKCS#12")
  private @Nullable Path key;

  @Option(names = "--key-password-file", paramLabel = "FILE", description = "Password of the key")
  private @Nullable Path keyPassword;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "New file, 0600")
  private Path file = Path.of("");

  private final PrintStream out;

  KeysOpenCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, CommandFailed {
    if ((name == null) == (envelope == null) || (envelope == null) != (key == null)) {
      throw new CommandFailed(ExitCode.USAGE, "name a repository, or --envelope with --key");
    }
    RepositoryKeys keys = options.keys();
    try (Secret password = name != null ? keys.password(name) : opened()) {
      KeysOptions.write(file, password);
    }
    out.println("the password is in " + file + "; destroy the file after use");
    return ExitCode.OK;
  }

  private Secret opened() throws IOException, CommandFailed {
    byte[] cms = KeysOptions.bytes(java.util.Objects.requireNonNull(envelope));
    byte[] bytes = KeysOptions.bytes(java.util.Objects.requireNonNull(key));
    try (Secret word = keyPassword == null ? Secret.of("") : KeysOptions.secret(keyPassword);
        RecipientKey opener = KeyFiles.read(bytes, keyPassword == null ? null : word)) {
      return switch (Envelopes.open(cms, opener)) {
        case Opening.Opened(Secret content) -> content;
        case Opening.NotARecipient none ->
            throw new CommandFailed(
                ExitCode.FAILED,
                "the envelope is not for this key; it is for " + none.recipients());
        case Opening.Refused(String why) -> throw new CommandFailed(ExitCode.FAILED, why);
      };
    } finally {
      java.util.Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Joins shares. */
  @Command(name = "combine", description = "Joins two or three shares to the password.")
  static final class Combine implements Callable<Integer> {

    @Option(
        names = "--share",
        paramLabel = "FILE",
        required = true,
        description = "A share as typed")
    private List<Path> shares = List.of();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "New file, 0600")
    private Path file = Path.of("");

    private final PrintStream out;

    Combine(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException, CommandFailed {
      tr.emanet.crypto.CoreDumps.off();
      try (Secret password = KeysOptions.joined(shares)) {
        KeysOptions.write(file, password);
      }
      out.println("the password is in " + file + "; destroy the file after use");
      return ExitCode.OK;
    }
  }
}
