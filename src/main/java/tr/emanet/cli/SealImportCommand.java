package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.certificate.CertificateFacts;
import tr.emanet.crypto.sign.SealKey;

/** {@code emanet seal import}: takes over the machine's seal from a PKCS#12 file. */
@Command(
    name = "import",
    description =
        "Takes over key and certificate from a PKCS#12 file; they seal from the next start on.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the key is taken over; old certificates stay for verification",
      "1:file, password, key or certificate are not fit, the seal before stays"
    })
final class SealImportCommand implements Callable<Integer> {

  @Mixin private StateOption state = new StateOption();

  @Parameters(paramLabel = "FILE", description = "PKCS#12 file, mode 0600")
  private Path file = Path.of("");

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      required = true,
      description = "File with the password in one line, mode 0600")
  private Path passwordFile = Path.of("");

  private final PrintStream out;

  SealImportCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    String text = new String(PrivateFiles.read(passwordFile), StandardCharsets.UTF_8).strip();
    try (Secret password = Secret.of(text);
        SealKey seal =
            SealKey.importPkcs12(
                state.directory().keys(),
                PrivateFiles.read(file),
                password,
                InstantSource.system())) {
      CertificateFacts facts = CertificateFacts.of(seal.certificate());
      out.println(
          "The next start seals with '"
              + facts.displayName()
              + "', "
              + facts.key()
              + ", until "
              + facts.notAfter()
              + ", SHA-256 "
              + facts.sha256());
      out.flush();
      return ExitCode.OK;
    }
  }
}
