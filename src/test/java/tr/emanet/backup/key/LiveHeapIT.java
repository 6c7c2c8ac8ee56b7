package tr.emanet.backup.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.crypto.Scrypt;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.envelope.RecipientCertificate;
import tr.emanet.crypto.envelope.RecipientKey;

/** What a live heap dump after a backup job shows. */
class LiveHeapIT {

  @TempDir Path dir;

  @Test
  void holdsNoPasswordNorKeyAfterAJob() throws Exception {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    Path keysDir = dir.resolve("keys/backup");
    RepositoryKeys keys =
        new RepositoryKeys(keysDir, null, new KeyRecordFile(keysDir, clock), random, clock);
    try (RecipientKey safe = RecipientCertificate.make("kasa", random, clock.instant())) {
      keys.escrow()
          .add(
              "kasa",
              Certificates.pem(List.of(Objects.requireNonNull(safe.certificate())))
                  .getBytes(StandardCharsets.US_ASCII));
    }
    Path repo = dir.resolve("repo");
    keys.create("belge", repo.toString(), "ayse");
    Files.createDirectories(dir.resolve("source"));
    Files.writeString(dir.resolve("source/not.txt"), "belediye");
    SecretSearch search = new SecretSearch().text("canary", "the canary is always here");
    try (Secret password = keys.password("belge")) {
      byte[] text = password.copy();
      Repository.init(
              new LocalTarget(repo), text, random, new Origin("t", "t", 1, 0, 0), clock.instant())
          .close();
      search.text("password", password.reveal().substring(0, 30));
      search.secret("password bytes", RepositoryPassword.bytes(password));
      JsonNode master = masterKey(repo, text);
      search.secret("master encrypt", master.at("/encrypt").binaryValue());
      search.secret("master k", master.at("/mac/k").binaryValue());
    }
    try (RecipientKey key = keys.operations().read()) {
      RSAPrivateCrtKey rsa = key.key();
      search.secret("private p", middle(rsa.getPrimeP().toByteArray()));
      search.secret("private q", middle(rsa.getPrimeQ().toByteArray()));
      search.secret("private d", middle(rsa.getPrivateExponent().toByteArray()));
    }

    int code = run(keysDir, repo);

    assertThat(code).as(Files.readString(dir.resolve("log"))).isZero();
    assertThat(search.in(dir.resolve("during.hprof")))
        .contains("canary in ISO-8859-1", "password in ISO-8859-1", "master encrypt raw")
        .contains("private p raw", "private d raw");
    assertThat(search.in(dir.resolve("after.hprof"))).containsExactly("canary in ISO-8859-1");
  }

  /** Four bytes aligned as a big number keeps them, from the end that has no leading zero. */
  private static byte[] middle(byte[] number) {
    int to = number.length - 32;
    return Arrays.copyOfRange(number, to - 32, to);
  }

  /** As stock restic reads it: scrypt, AES-256 in CTR mode, JSON. */
  private static JsonNode masterKey(Path repo, byte[] password) throws Exception {
    Path file;
    try (Stream<Path> all = Files.list(repo.resolve("keys"))) {
      file = all.findFirst().orElseThrow();
    }
    JsonNode key = new ObjectMapper().readTree(file.toFile());
    byte[] derived =
        Scrypt.derive(
            password,
            key.get("salt").binaryValue(),
            key.get("N").intValue(),
            key.get("r").intValue(),
            key.get("p").intValue(),
            64);
    byte[] data = key.get("data").binaryValue();
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(derived, 0, 32, "AES"),
        new IvParameterSpec(data, 0, 16));
    return new ObjectMapper().readTree(cipher.doFinal(data, 16, data.length - 32));
  }

  private int run(Path keysDir, Path repo) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                // Else this collector leaves dead bytes at the front of the heap where they are.
                "-XX:MarkSweepDeadRatio=0",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                HeapProbe.class.getName(),
                keysDir.toString(),
                repo.toString(),
                dir.resolve("source").toString(),
                dir.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("log").toFile())
            .start();
    if (!child.waitFor(120, TimeUnit.SECONDS)) {
      child.destroyForcibly();
      throw new IllegalStateException("the probe does not end");
    }
    return child.exitValue();
  }

  /** A test runner's own class path may be hidden in a manifest. */
  private static String classPath() {
    return Stream.of(
            HeapProbe.class,
            RepositoryKeys.class,
            ObjectMapper.class,
            com.fasterxml.jackson.core.JsonFactory.class,
            com.fasterxml.jackson.annotation.JsonFormat.class,
            org.bouncycastle.crypto.generators.SCrypt.class,
            org.bouncycastle.asn1.cms.AuthEnvelopedData.class,
            org.bouncycastle.cert.jcajce.JcaX509CertificateConverter.class,
            org.jspecify.annotations.Nullable.class,
            org.slf4j.Logger.class,
            Zstd.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }
}
