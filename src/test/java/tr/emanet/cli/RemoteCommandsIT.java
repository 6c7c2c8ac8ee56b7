package tr.emanet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.target.StockServers;
import tr.emanet.crypto.Openssl;
import tr.emanet.crypto.sign.SealKey;

/** The commands of the day after, on repositories that lie on servers of others. */
class RemoteCommandsIT {

  @TempDir Path dir;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(dir.resolve("belge/İmar"));
    Files.writeString(dir.resolve("belge/İmar/çizelge.txt"), "satır\n".repeat(50_000));
    Files.writeString(dir.resolve("parola"), "gizli şifre 3");
  }

  private int emanet(String... arguments) {
    said.reset();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return Main.run(out, out, arguments);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private String path(String name) {
    return dir.resolve(name).toString();
  }

  private void done(String... arguments) {
    String[] all = Stream.concat(Stream.of(arguments), password()).toArray(String[]::new);
    assertThat(emanet(all)).as(said()).isZero();
  }

  private Stream<String> password() {
    return Stream.of("--password-file", path("parola"));
  }

  private Path onePack(String repository) throws IOException {
    try (Stream<Path> files = Files.walk(dir.resolve(repository + "/data"))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  @Test
  void copyToAnSftpServerHealsTheFirstPlaceAndRestoresWithoutIt() throws Exception {
    try (StockServers servers = new StockServers(dir)) {
      StockServers.Ssh ssh = servers.ssh();
      Path access = dir.resolve("erisim.properties");
      Files.writeString(
          access, "hostKey = " + ssh.hostKey() + "\nprivateKey = " + ssh.clientKey() + "\n");
      String server =
          "sftp://"
              + System.getProperty("user.name")
              + "@127.0.0.1:"
              + ssh.port()
              + "/"
              + path("uzak");
      done("repo", "init", path("yerel"));
      done("backup", "run", "--repo", path("yerel"), path("belge"));

      done("repo", "copy", path("yerel"), server, "--to-access", access.toString(), "--read-data");
      assertThat(said()).contains("the copy is sound", "0 files of seals and envelope copied");
      Files.write(onePack("yerel"), new byte[] {1, 2, 3});
      assertThat(
              emanet(
                  Stream.concat(Stream.of("repo", "check", path("yerel")), password())
                      .toArray(String[]::new)))
          .isEqualTo(4);
      done(
          "repo",
          "repair",
          path("yerel"),
          "--read-data",
          "--heal-from",
          server,
          "--heal-access",
          access.toString());
      assertThat(said()).contains("healed: ", "every snapshot is whole");
      done("repo", "check", "--read-data", path("yerel"));
      done("repo", "check", "--read-data", server, "--access", access.toString());
      done(
          "restore",
          "latest",
          "--repo",
          server,
          "--access",
          access.toString(),
          "--target",
          path("geri"));

      assertThat(Path.of(path("geri") + path("belge/İmar/çizelge.txt")))
          .hasSameBinaryContentAs(dir.resolve("belge/İmar/çizelge.txt"));
      done("backup", "run", "--repo", server, "--access", access.toString(), path("belge"));
      done("repo", "copy", server, path("ucuncu"), "--access", access.toString());
      done("repo", "snapshots", path("ucuncu"));
      assertThat(said().lines().count()).isEqualTo(2);
    }
  }

  @Test
  void keysOfARepositoryOnAServerAreMadeChangedProvenAndFollowedByAnotherEra() throws Exception {
    try (StockServers servers = new StockServers(dir)) {
      StockServers.Ssh ssh = servers.ssh();
      Files.writeString(
          dir.resolve("erisim.properties"),
          "hostKey = " + ssh.hostKey() + "\nprivateKey = " + ssh.clientKey() + "\n");
      String server =
          "sftp://" + System.getProperty("user.name") + "@127.0.0.1:" + ssh.port() + "/";
      Openssl.Run made =
          Openssl.run(
              dir,
              ("req -x509 -newkey rsa:2048 -nodes -keyout escrow.key -out escrow.pem -days 30"
                      + " -subj /CN=Kasa -addext keyUsage=critical,keyEncipherment")
                  .split(" ", -1));
      assertThat(made.code()).as(made.text()).isZero();
      SealKey.openOrCreate(dir.resolve("durum/keys"), "m", new SecureRandom(), now()).close();
      String first = server + path("uzak");

      keys("init", "--repo", first, "--escrow", "kasa=" + path("escrow.pem"));
      opened("uzak", "ilk");
      String[] run = {"backup", "run", "--repo", first, "--seal-state", path("durum")};
      server(run, "ilk", path("belge"));
      keys("password", "--seal-state", path("durum"));
      opened("uzak", "ikinci");
      keys("drill", "--password-file", path("ikinci"));
      keys("password", "--remove-old", "--seal-state", path("durum"));
      server(new String[] {"repo", "unlock", first}, "ikinci");
      server(new String[] {"repo", "prune", first, "--seal-state", path("durum")}, "ikinci");
      server(run, "ikinci", path("belge"));
      server(new String[] {"repo", "check", first}, "ikinci");
      assertThat(
              emanet("repo", "check", first, "--access", access(), "--password-file", path("ilk")))
          .isEqualTo(ExitCode.NOT_AVAILABLE);
      assertThat(emanet("repo", "seal", "verify", path("uzak"))).as(said()).isZero();
      String[] verify = {"repo", "seal", "verify", first, "--access", access()};
      assertThat(emanet(verify)).isEqualTo(ExitCode.USAGE);
      assertThat(
              emanet(
                  Stream.concat(Stream.of(verify), Stream.of("--seal-state", path("durum")))
                      .toArray(String[]::new)))
          .as(said())
          .isZero();
      assertThat(said()).contains("everything is as it was sealed");
      keys("kit", "--out", path("kit.pdf"));

      keys("rotate", "--repo", server + path("uzak-2"));

      assertThat(said()).contains("made repository", "the envelope on the server of the old era");
      opened("uzak-2", "yeni");
      server(new String[] {"repo", "check", server + path("uzak-2")}, "yeni");
      Files.move(dir.resolve("durum/upkeep"), dir.resolve("kayip"));
      assertThat(
              emanet(
                  Stream.of(
                          Stream.of(run),
                          Stream.of("--access", access(), "--password-file", path("ikinci")),
                          Stream.of(path("belge")))
                      .flatMap(s -> s)
                      .toArray(String[]::new)))
          .as("another chain must not begin")
          .isEqualTo(ExitCode.NOT_AVAILABLE);
      assertThat(said()).contains("copy its directory 'seals' there first");
    }
  }

  private static InstantSource now() {
    return InstantSource.system();
  }

  private String access() {
    return path("erisim.properties");
  }

  private void keys(String act, String... more) {
    String[] all =
        Stream.concat(
                Stream.of("backup", "keys", act, "belge", "--state", path("durum")),
                Stream.concat(Stream.of("--access", access()), Stream.of(more)))
            .toArray(String[]::new);
    assertThat(emanet(all)).as(said()).isZero();
  }

  private void server(String[] command, String password, String... more) {
    String[] all =
        Stream.of(
                Stream.of(command),
                Stream.of("--access", access(), "--password-file", path(password)),
                Stream.of(more))
            .flatMap(s -> s)
            .toArray(String[]::new);
    assertThat(emanet(all)).as(said()).isZero();
  }

  /** What the holder does with the envelope that lies on the server. */
  private void opened(String repository, String password) throws Exception {
    Openssl.Run run =
        Openssl.run(
            dir,
            "cms",
            "-decrypt",
            "-binary",
            "-inform",
            "DER",
            "-in",
            repository + "/escrow/password.p7m",
            "-recip",
            "escrow.pem",
            "-inkey",
            "escrow.key",
            "-out",
            password);
    assertThat(run.code()).as(run.text()).isZero();
  }

  @Test
  void copyInDirectoriesTakesSealsAndEnvelopeAlong() throws Exception {
    done("repo", "init", path("yerel"));
    Path seal = dir.resolve("yerel/seals/2026/00000001.json");
    Files.createDirectories(seal.resolveSibling(""));
    Files.writeString(seal, "{}");

    done("repo", "copy", path("yerel"), path("ikinci"));
    assertThat(said()).contains("1 files of seals");
    done("repo", "copy", path("yerel"), path("ikinci"));
    assertThat(said()).contains("0 objects, 0 bytes copied", "0 files of seals");

    assertThat(dir.resolve("ikinci/seals/2026/00000001.json")).hasContent("{}");
  }

  @Test
  void namesWhatIsWrongWithAnAddressOrAnAccessFile() throws Exception {
    Path access = dir.resolve("erisim.properties");
    Files.writeString(access, "password = çok gizli\n");
    Path weak = dir.resolve("anahtar");
    Files.writeString(weak, "x");
    Files.setPosixFilePermissions(weak, PosixFilePermissions.fromString("rw-r--r--"));

    int unknown =
        emanet(
            "repo",
            "check",
            "rest:http://127.0.0.1:1/x",
            "--access",
            access.toString(),
            "--password-file",
            path("parola"));
    String unknownSaid = said();
    Files.writeString(access, "user = a\nsecretFile = anahtar\n");
    int readable =
        emanet(
            "repo",
            "check",
            "rest:http://127.0.0.1:1/x",
            "--access",
            access.toString(),
            "--password-file",
            path("parola"));

    assertThat(unknown).isEqualTo(2);
    assertThat(unknownSaid).contains("unknown key 'password'").doesNotContain("çok gizli");
    assertThat(readable).isNotZero();
    assertThat(said()).contains("chmod 600");
    assertThat(emanet("repo", "check", "sftp://root@h//x", "--password-file", path("parola")))
        .isNotZero();
    assertThat(said()).contains("ssh-keygen -lf");
  }
}
