package tr.emanet.crypto.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cms.CMSSignedData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tr.emanet.crypto.Openssl;
import tr.emanet.crypto.Secret;

/** The seal's key on a hardware module, here Debian's SoftHSM. */
class Pkcs11TokenIT {

  private static final Path UTIL = Path.of("/usr/bin/softhsm2-util");
  private static final String PIN = "4711";

  @TempDir private Path directory = Path.of(".");

  private static Path library() throws IOException {
    assumeTrue(Files.isExecutable(UTIL), "SKIP: softhsm2 is not installed");
    try (Stream<Path> all =
        Files.find(Path.of("/usr/lib"), 4, (p, a) -> p.endsWith("softhsm/libsofthsm2.so"))) {
      return all.findFirst().orElseThrow();
    }
  }

  private void run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", directory.resolve("softhsm.conf").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
  }

  /** A test runner's own class path may be hidden in a manifest. */
  private static String classPath() {
    return Stream.of(
            Pkcs11Probe.class,
            SealKey.class,
            CMSSignedData.class,
            X500Name.class,
            ESSCertIDv2.class,
            Nullable.class,
            LoggerFactory.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void sealsWithAKeyThatNeverLeavesTheModule() throws Exception {
    Path library = library();
    Files.createDirectory(directory.resolve("tokens"));
    Files.writeString(
        directory.resolve("softhsm.conf"),
        "directories.tokendir = " + directory.resolve("tokens") + "\nlog.level = ERROR\n");
    Files.writeString(directory.resolve("x"), "checkpoint");
    run(
        UTIL.toString(),
        "--init-token",
        "--free",
        "--label",
        "emanet",
        "--so-pin",
        "0815",
        "--pin",
        PIN);

    for (String kind : List.of("ec", "rsa")) {
      run(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          "-cp",
          classPath(),
          Pkcs11Probe.class.getName(),
          library.toString(),
          directory.toString(),
          kind,
          PIN);

      Openssl.Run verified =
          Openssl.run(
              directory,
              "cms",
              "-verify",
              "-cades",
              "-binary",
              "-inform",
              "DER",
              "-in",
              "x.p7s",
              "-content",
              "x",
              "-CAfile",
              "root.pem",
              "-out",
              "/dev/null");
      assertThat(verified.text()).contains("CAdES Verification successful");
      assertThat(directory.resolve("wrong.txt")).content().contains("PIN");
      assertThat(directory.resolve("seal.p12")).doesNotExist();
      assertThat(directory.resolve("seal.pem")).exists();
    }
  }

  @Test
  void saysWhatIsWrongWithAPlace() {
    Pkcs11Token.Place missing = new Pkcs11Token.Place(Path.of("/usr/lib/none.so"), 0, null);

    assertThatThrownBy(() -> Pkcs11Token.open(missing, Secret.of("1")))
        .hasMessageContaining("/usr/lib/none.so")
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> new Pkcs11Token.Place(Path.of("/lib/a b\nname=x"), 0, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
