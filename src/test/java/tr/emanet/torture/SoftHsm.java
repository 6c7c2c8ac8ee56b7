package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A token of Debian's SoftHSM with a key for the seal, made with the commands of {@code
 * src/docs/operations.md}.
 */
final class SoftHsm {

  private static final Path UTIL = Path.of("/usr/bin/softhsm2-util");
  private static final String PIN = "4711";

  private final Path directory;
  private final Path library;

  private SoftHsm(Path directory, Path library) {
    this.directory = directory;
    this.library = library;
  }

  /** Makes token and key; empty when SoftHSM is not installed. */
  static Optional<SoftHsm> make(Path directory) throws Exception {
    if (!Files.isExecutable(UTIL)) {
      return Optional.empty();
    }
    Path library;
    try (Stream<Path> all =
        Files.find(Path.of("/usr/lib"), 4, (p, a) -> p.endsWith("softhsm/libsofthsm2.so"))) {
      library = all.findFirst().orElseThrow();
    }
    SoftHsm made = new SoftHsm(directory, library);
    Files.createDirectories(directory.resolve("tokens"));
    Files.writeString(
        made.configuration(),
        "directories.tokendir = " + directory.resolve("tokens") + "\nlog.level = ERROR\n");
    Files.createFile(
        made.pinFile(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(made.pinFile(), PIN + "\n");
    Path module =
        Files.writeString(
            directory.resolve("module.cfg"),
            "name = emanet\nlibrary = " + library + "\nslotListIndex = 0\n");
    made.run(
        UTIL.toString(),
        "--init-token",
        "--free",
        "--label",
        "emanet",
        "--so-pin",
        "0815",
        "--pin",
        PIN);
    made.run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-J-XX:TieredStopAtLevel=1",
        "-genkeypair",
        "-keystore",
        "NONE",
        "-storetype",
        "PKCS11",
        "-addprovider",
        "SunPKCS11",
        "-providerarg",
        module.toString(),
        "-storepass:file",
        made.pinFile().toString(),
        "-alias",
        "seal",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-sigalg",
        "SHA256withECDSA",
        "-dname",
        "CN=Emanet seal, O=Ornek Belediyesi",
        "-ext",
        "KeyUsage:critical=digitalSignature,nonRepudiation",
        "-validity",
        "3650");
    return Optional.of(made);
  }

  private void run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", configuration().toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
  }

  /** Where SoftHSM finds its tokens: the value of {@code SOFTHSM2_CONF}. */
  Path configuration() {
    return directory.resolve("softhsm.conf");
  }

  private Path pinFile() {
    return directory.resolve("pin");
  }

  /** What the service is told. */
  List<String> settings() {
    return List.of(
        "seal.pkcs11.library=" + library,
        "seal.pkcs11.keyLabel=seal",
        "seal.pkcs11.pinFile=" + pinFile());
  }
}
