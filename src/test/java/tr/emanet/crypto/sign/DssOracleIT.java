package tr.emanet.crypto.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.stamp.BuiltInTsa;
import tr.emanet.crypto.stamp.TimeStamping;

/**
 * What EU DSS says of our signatures and containers: a process with a class path of its own, which
 * {@code packaging/test} fetches to {@code target/dss} (see {@code src/test/dss/pom.xml}).
 */
class DssOracleIT {

  private static final Path LIBRARY = Path.of("target/dss");
  private static final Path PROGRAM = Path.of("src/test/dss/Ask.java");
  private static final byte[] DAY = "gün özeti\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private static Path directory;
  private static List<String> said;

  @BeforeAll
  static void asksOnceAboutAll() throws Exception {
    assumeTrue(hasLibrary(), "SKIP: EU DSS is not in target/dss; packaging/test fetches it");
    InstantSource clock = InstantSource.fixed(Instant.now());
    SecureRandom random = new SecureRandom();
    BuiltInTsa authority = BuiltInTsa.create(random, clock);
    try (SealKey seal = SealKey.openOrCreate(directory.resolve("keys"), "emanet", random, clock)) {
      byte[] plain = seal.sign(DAY);
      byte[] stamped = stamped(authority, plain);
      Files.writeString(
          file("trusted.pem"),
          Certificates.pem(seal.certificates())
              + Certificates.pem(List.of(authority.certificate())));
      Files.write(file("day.txt"), DAY);
      Files.write(file("other.txt"), new byte[] {'x'});
      Files.write(file("b.p7s"), plain);
      Files.write(file("t.p7s"), stamped);
      Files.write(file("changed.p7s"), stamped);
      container("plain.asice", seal, p7s -> p7s, clock.instant());
      container("stamped.asice", seal, p7s -> stamped(authority, p7s), clock.instant());
    }
    said =
        ask(
            "b.p7s=" + file("day.txt"),
            "t.p7s=" + file("day.txt"),
            "changed.p7s=" + file("other.txt"),
            "plain.asice",
            "stamped.asice");
  }

  private static boolean hasLibrary() throws IOException {
    if (!Files.isDirectory(LIBRARY)) {
      return false;
    }
    try (Stream<Path> jars = Files.list(LIBRARY)) {
      return jars.anyMatch(jar -> String.valueOf(jar.getFileName()).startsWith("dss-asic-cades"));
    }
  }

  private static Path file(String name) {
    return directory.resolve(name);
  }

  private static byte[] stamped(BuiltInTsa authority, byte[] p7s) throws Exception {
    TimeStamping answer = authority.stamp(CadesSignatures.signatureValueDigest(p7s));
    return CadesSignatures.withTimeStamp(p7s, ((TimeStamping.Granted) answer).token());
  }

  /** What becomes of a signature before it is packed. */
  private interface Step {
    byte[] of(byte[] p7s) throws Exception;
  }

  private static void container(String name, SealKey seal, Step step, Instant now)
      throws Exception {
    List<AsicContainer.Item> items =
        List.of(
            new AsicContainer.Item("day.txt", "text/plain", () -> new ByteArrayInputStream(DAY)),
            new AsicContainer.Item(
                "seals/kök özet+1.txt", "text/plain", () -> new ByteArrayInputStream(DAY)));
    List<AsicContainer.Signed> signed = new ArrayList<>();
    for (int signer = 1; signer <= 2; signer++) {
      byte[] manifest = AsicContainer.manifest(items, signer);
      signed.add(new AsicContainer.Signed(manifest, step.of(seal.sign(manifest))));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AsicContainer.write(out, items, signed, now);
    Files.write(file(name), out.toByteArray());
  }

  private static List<String> ask(String... files) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                LIBRARY.toAbsolutePath() + "/*",
                PROGRAM.toAbsolutePath().toString(),
                file("trusted.pem").toString()));
    for (String name : files) {
      command.add(file(name).toString());
    }
    Path errors = file("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text + Files.readString(errors)).isZero();
    return text.lines().toList();
  }

  @Test
  void findsOurSignatureIntactAndOfBaselineB() {
    assertThat(said)
        .contains(
            "b.p7s signatures 1",
            "b.p7s 1 format CAdES-BASELINE-B",
            "b.p7s 1 intact true",
            "b.p7s 1 valid true",
            "b.p7s 1 baseline-b true")
        .doesNotContain("b.p7s 1 baseline-t true");
  }

  @Test
  void findsOurStampedSignatureOfBaselineT() {
    assertThat(said)
        .contains(
            "t.p7s 1 format CAdES-BASELINE-T",
            "t.p7s 1 valid true",
            "t.p7s 1 baseline-t true",
            "t.p7s 1 stamp SIGNATURE_TIMESTAMP intact true");
  }

  @Test
  void findsThatTheContentIsAnother() {
    assertThat(said).contains("changed.p7s 1 valid false");
    assertThat(said).anyMatch(line -> line.startsWith("changed.p7s 1 verdict TOTAL_FAILED "));
  }

  @Test
  void findsOurContainerAnAsicEWithEveryObjectSigned() {
    for (String name : List.of("plain.asice", "stamped.asice")) {
      assertThat(said)
          .contains(
              name + " container ASiC-E",
              name + " mimetype application/vnd.etsi.asic-e+zip",
              name + " signatures 2");
      for (int signer = 1; signer <= 2; signer++) {
        String at = name + " " + signer + " ";
        assertThat(said)
            .contains(
                at + "intact true",
                at + "valid true",
                at + "baseline-b true",
                at + "object MANIFEST_ENTRY day.txt true",
                at + "object MANIFEST_ENTRY seals/kök özet+1.txt true");
      }
    }
    assertThat(said)
        .contains("plain.asice 1 format CAdES-BASELINE-B")
        .contains("stamped.asice 1 format CAdES-BASELINE-T", "stamped.asice 2 baseline-t true");
  }
}
