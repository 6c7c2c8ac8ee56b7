package tr.emanet.backup.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.backup.restic.BackupRun;
import tr.emanet.backup.restic.CheckRun;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.crypto.Digests;

/**
 * Every kind of target: the same contract, a backup by us, and stock restic on the same place. One
 * server of a kind for all.
 */
class TargetsIT {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Origin ORIGIN =
      new Origin("sunucu", "root", ProcessHandle.current().pid(), 0, 0);
  private static final String PASSWORD = "gizli şifre 2";

  @TempDir Path place;

  @Test
  void keepsARepositoryInADirectory() throws Exception {
    Path directory = place.resolve("yerel depo");

    contract(TargetAddress.parse(directory.toString()), TargetAccess.none());
    repository(
        TargetAddress.parse(place + "/ikinci"), TargetAccess.none(), Map.of(), place + "/ikinci");
  }

  @Test
  void keepsARepositoryOnAnSftpServer() throws Exception {
    try (StockServers servers = new StockServers(place)) {
      StockServers.Ssh ssh = servers.ssh();
      String user = System.getProperty("user.name");
      String at = "sftp://" + user + "@127.0.0.1:" + ssh.port() + "/";
      TargetAccess access = TargetAccess.key(ssh.clientKey(), ssh.hostKey());
      TargetAccess other = TargetAccess.key(ssh.clientKey(), "SHA256:" + "A".repeat(43));

      contract(TargetAddress.parse(at + place + "/uzak"), access);
      repository(TargetAddress.parse(at + place + "/depo"), access, Map.of(), place + "/depo");
      assertThatThrownBy(
              () -> {
                try (var open = Targets.open(TargetAddress.parse(at + place + "/uzak"), other)) {
                  open.target().list(ObjectKind.KEY);
                }
              })
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("host key");
      assertThatThrownBy(() -> Targets.open(TargetAddress.parse(at + "/x"), TargetAccess.none()))
          .hasMessageContaining("ssh-keygen -lf");
    }
  }

  @Test
  void goesOnAfterTheConnectionToAnSftpServerWasCut() throws Exception {
    try (StockServers servers = new StockServers(place)) {
      StockServers.Ssh ssh = servers.ssh();
      String user = System.getProperty("user.name");
      var address =
          TargetAddress.parse("sftp://" + user + "@127.0.0.1:" + ssh.port() + "/" + place + "/u");
      try (var open = Targets.open(address, TargetAccess.key(ssh.clientKey(), ssh.hostKey()))) {
        open.target().prepare();
        byte[] bytes = random(100_000);
        open.target().write(ObjectKind.INDEX, name(bytes), bytes, 0, bytes.length);

        servers.cut();
        byte[] back = open.target().read(ObjectKind.INDEX, name(bytes), 1 << 20);

        assertThat(back).isEqualTo(bytes);
      }
    }
  }

  @Test
  void keepsARepositoryBehindTheRestProtocol() throws Exception {
    try (StockServers servers = new StockServers(place)) {
      int port = servers.rest(place.resolve("rest"), "--user", "emanet", "--pass", "sır");
      Path secret = secret("sır");
      TargetAccess access = TargetAccess.password("emanet", secret);

      contract(TargetAddress.parse("rest:http://127.0.0.1:" + port + "/bir/"), access);
      repository(
          TargetAddress.parse("rest:http://127.0.0.1:" + port + "/iki"),
          access,
          Map.of("RESTIC_REST_USERNAME", "emanet", "RESTIC_REST_PASSWORD", "sır"),
          "rest:http://emanet:s%C4%B1r@127.0.0.1:" + port + "/iki");
      assertThatThrownBy(
              () -> {
                var address = TargetAddress.parse("rest:http://127.0.0.1:" + port + "/bir/");
                try (var open = Targets.open(address, TargetAccess.none())) {
                  open.target().list(ObjectKind.DATA);
                }
              })
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("401")
          .hasMessageContaining("user and password");
    }
  }

  @Test
  void isRefusedARemovalByAnAppendOnlyServer() throws Exception {
    try (StockServers servers = new StockServers(place)) {
      int port = servers.rest(place.resolve("ekle"), "--append-only");
      var address = TargetAddress.parse("rest:http://127.0.0.1:" + port + "/");
      try (var open = Targets.open(address, TargetAccess.none())) {
        open.target().prepare();
        byte[] bytes = random(5_000);
        open.target().write(ObjectKind.DATA, name(bytes), bytes, 0, bytes.length);

        assertThatThrownBy(() -> open.target().remove(ObjectKind.DATA, name(bytes)))
            .isInstanceOf(BackupException.class)
            .hasMessageContaining("append-only");

        assertThat(open.target().read(ObjectKind.DATA, name(bytes), 1 << 20)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void keepsARepositoryInABucket() throws Exception {
    try (StockServers servers = new StockServers(place)) {
      int port = servers.s3();
      bucket(port, "yedek", false);
      bucket(port, "kilitli", true);
      TargetAccess access = TargetAccess.password("anahtar", secret("gizli"));
      String at = "s3:http://127.0.0.1:" + port + "/";

      contract(TargetAddress.parse(at + "yedek/bir"), access);
      repository(
          TargetAddress.parse(at + "yedek/depo"),
          access,
          Map.of("AWS_ACCESS_KEY_ID", "anahtar", "AWS_SECRET_ACCESS_KEY", "gizli"),
          at + "yedek/depo");
      locked(port, access);
      assertThatThrownBy(
              () -> {
                try (var open =
                    Targets.open(TargetAddress.parse(at + "yedek/kilit"), access.locking(7))) {
                  open.target().prepare();
                }
              })
          .hasMessageContaining("no object lock");
      assertThatThrownBy(
              () -> {
                try (var open = Targets.open(TargetAddress.parse(at + "yok/x"), access)) {
                  open.target().prepare();
                }
              })
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("404");
    }
  }

  /** Under the lock the bytes stay although the name goes. */
  private static void locked(int port, TargetAccess access) throws IOException {
    var address = TargetAddress.parse("s3:http://127.0.0.1:" + port + "/kilitli/depo");
    byte[] bytes = random(3_000);
    byte[] lock = random(200);
    try (var open = Targets.open(address, access.locking(7));
        S3Client client = client(port)) {
      open.target().prepare();
      open.target().write(ObjectKind.DATA, name(bytes), bytes, 0, bytes.length);
      open.target().write(ObjectKind.LOCK, name(lock), lock, 0, lock.length);

      String key = "depo/data/" + name(bytes).substring(0, 2) + "/" + name(bytes);
      var retention = client.headObject(r -> r.bucket("kilitli").key(key));
      var head = client.headObject(r -> r.bucket("kilitli").key("depo/locks/" + name(lock)));

      assertThat(retention.objectLockModeAsString()).isEqualTo("COMPLIANCE");
      assertThat(retention.objectLockRetainUntilDate())
          .isAfter(Instant.now().plusSeconds(6 * 86_400));
      assertThat(head.objectLockRetainUntilDate()).isNull();

      // What was written before anybody wanted a lock gets it, and all of it anew in time.
      byte[] before = random(400);
      try (var plain = Targets.open(address, access)) {
        plain.target().write(ObjectKind.SNAPSHOT, name(before), before, 0, before.length);
        plain.target().write(ObjectKind.CONFIG, "config", before, 0, before.length);
      }
      open.target().extendLocks();
      try (var longer = Targets.open(address, access.locking(30))) {
        longer.target().extendLocks();
      }
      for (String all : List.of(key, "depo/snapshots/" + name(before), "depo/config")) {
        assertThat(client.headObject(r -> r.bucket("kilitli").key(all)).objectLockRetainUntilDate())
            .isAfter(Instant.now().plusSeconds(29 * 86_400));
      }

      // What shall go is not held again, and cannot go before its day; then its bytes go.
      try (var longest = Targets.open(address, access.locking(90))) {
        longest.target().extendLocks((kind, object) -> kind != ObjectKind.SNAPSHOT);
        assertThat(longest.target().lockedUntil(ObjectKind.DATA, name(bytes)))
            .isAfter(Instant.now().plusSeconds(89 * 86_400));
        assertThat(longest.target().lockedUntil(ObjectKind.SNAPSHOT, name(before)))
            .isBefore(Instant.now().plusSeconds(31 * 86_400));
        assertThatThrownBy(() -> longest.target().erase(ObjectKind.SNAPSHOT, name(before)))
            .isInstanceOf(BackupException.class);
      }
      byte[] free = random(500);
      try (var plain = Targets.open(address, access)) {
        plain.target().write(ObjectKind.INDEX, name(free), free, 0, free.length);
        assertThat(plain.target().lockedUntil(ObjectKind.INDEX, name(free))).isNull();
        plain.target().erase(ObjectKind.INDEX, name(free));
      }
      String erased = "depo/index/" + name(free);
      assertThat(client.listObjectVersions(r -> r.bucket("kilitli").prefix(erased)).versions())
          .isEmpty();
    }
  }

  private static S3Client client(int port) {
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("anahtar", "gizli")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static void bucket(int port, String name, boolean lock) {
    try (S3Client client = client(port)) {
      client.createBucket(r -> r.bucket(name).objectLockEnabledForBucket(lock));
    }
  }

  /** What every target must do. */
  private static void contract(TargetAddress address, TargetAccess access) throws Exception {
    byte[] one = random(700_001);
    byte[] two = random(10);
    try (var open = Targets.open(TargetAddress.parse(address.text()), access)) {
      Target target = open.target();
      target.prepare();
      assertThat(target.list(ObjectKind.DATA)).isEmpty();
      assertThat(target.list(ObjectKind.CONFIG)).isEmpty();

      target.write(ObjectKind.DATA, name(one), one, 0, one.length);
      target.write(ObjectKind.DATA, name(one), one, 0, one.length);
      byte[] room = new byte[30];
      System.arraycopy(two, 0, room, 7, two.length);
      target.write(ObjectKind.INDEX, name(two), room, 7, two.length);
      target.write(ObjectKind.CONFIG, "config", two, 0, two.length);

      assertThat(target.list(ObjectKind.DATA))
          .containsExactly(new Target.Entry(name(one), one.length));
      assertThat(target.list(ObjectKind.INDEX))
          .containsExactly(new Target.Entry(name(two), two.length));
      assertThat(target.list(ObjectKind.CONFIG))
          .containsExactly(new Target.Entry("config", two.length));
      assertThat(target.read(ObjectKind.DATA, name(one), one.length)).isEqualTo(one);
      assertThat(target.read(ObjectKind.CONFIG, "config", 100)).isEqualTo(two);
      byte[] part = new byte[100];
      target.readAt(ObjectKind.DATA, name(one), 123_456, part, 99);
      assertThat(part).startsWith(java.util.Arrays.copyOfRange(one, 123_456, 123_555));
      assertThat(part[99]).isZero();

      assertThatThrownBy(() -> target.read(ObjectKind.DATA, name(one), one.length - 1))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("limit");
      assertThatThrownBy(() -> target.readAt(ObjectKind.DATA, name(one), 700_000, new byte[9], 9))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("ends");
      assertThatThrownBy(() -> target.readAt(ObjectKind.DATA, name(one), 800_000, new byte[9], 9))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("ends");
      assertThatThrownBy(() -> target.read(ObjectKind.SNAPSHOT, name(one), 100))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("missing");
      assertThatThrownBy(() -> target.write(ObjectKind.DATA, "../../etc/passwd", two, 0, 1))
          .isInstanceOf(BackupException.class);

      together(target);
      beside(target);

      target.remove(ObjectKind.INDEX, name(two));
      target.remove(ObjectKind.INDEX, name(two));
      assertThat(target.list(ObjectKind.INDEX)).isEmpty();
      assertThatThrownBy(target::prepare).isInstanceOf(BackupException.class);
    }
  }

  /** A place that takes restic's own objects only says so, and has nothing. */
  private static void beside(Target target) throws IOException {
    byte[] seal = random(1234);
    boolean keeps = target.writeBeside("seals/daily/2026-11-23.sha256", seal);

    assertThat(target.listBeside("seals/daily"))
        .isEqualTo(keeps ? List.of(new Target.Entry("2026-11-23.sha256", seal.length)) : List.of());
    assertThat(target.readBeside("seals/daily/2026-11-23.sha256")).isEqualTo(keeps ? seal : null);
    assertThat(target.readBeside("seals/00000001.json")).isNull();
  }

  private static void together(Target target) throws Exception {
    List<byte[]> many = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      many.add(random(40_000 + i));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (byte[] bytes : many) {
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  try {
                    target.write(ObjectKind.SNAPSHOT, name(bytes), bytes, 0, bytes.length);
                    byte[] back = target.read(ObjectKind.SNAPSHOT, name(bytes), 1 << 20);
                    assertThat(back).isEqualTo(bytes);
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                },
                threads));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).get();
    }
    assertThat(target.list(ObjectKind.SNAPSHOT)).hasSize(16);
  }

  /** A backup by us through the target; checked by us there and by restic in its own way. */
  private void repository(
      TargetAddress address, TargetAccess access, Map<String, String> environment, String restic)
      throws Exception {
    Path source = place.resolve("kaynak");
    if (!Files.exists(source)) {
      Files.createDirectories(source.resolve("İmar Şubesi"));
      Files.writeString(source.resolve("İmar Şubesi/çizelge ığüşöç.txt"), "emanet\n".repeat(9_000));
      Files.write(source.resolve("büyük.bin"), random(9_000_000));
    }
    byte[] password = PASSWORD.getBytes(StandardCharsets.UTF_8);
    SecureRandom random = new SecureRandom();
    try (var open = Targets.open(address, access);
        Repository repository = Repository.init(open.target(), password, random, ORIGIN, NOW)) {
      BackupRun.Result result;
      try (RepositoryLock lock = RepositoryLock.take(repository, false, () -> NOW)) {
        result = BackupRun.run(repository, List.of(source), NOW, lock);
      }
      assertThat(result.unread()).isEmpty();
      assertThat(CheckRun.run(repository, true).problems()).isEmpty();
      mirrored(open.target(), password);
    }
    assertThat(restic(restic, environment, "check", "--read-data"))
        .contains("no errors were found");
    Path out = place.resolve("geri-" + Integer.toHexString(restic.hashCode()));
    restic(restic, environment, "restore", "latest", "--target", out.toString());
    Path back = out.resolve(source.subpath(0, source.getNameCount()));
    assertThat(back.resolve("büyük.bin")).hasSameBinaryContentAs(source.resolve("büyük.bin"));
    assertThat(back.resolve("İmar Şubesi/çizelge ığüşöç.txt"))
        .hasSameBinaryContentAs(source.resolve("İmar Şubesi/çizelge ığüşöç.txt"));
  }

  private void mirrored(Target target, byte[] password) throws Exception {
    Path copy = Files.createTempDirectory(place, "kopya").resolve("depo");
    Target second = new LocalTarget(copy);

    Mirror.Result first = new Mirror(target, second, (o, n, b) -> {}, () -> false).run();
    Mirror.Result again = new Mirror(target, second, (o, n, b) -> {}, () -> false).run();

    assertThat(first.complete()).isTrue();
    assertThat(first.copied()).isPositive();
    assertThat(again.copied()).isZero();
    assertThat(again.present()).isEqualTo(first.copied());
    try (Repository opened = Repository.open(second, password, new SecureRandom(), ORIGIN)) {
      assertThat(CheckRun.run(opened, true).problems()).isEmpty();
    }
  }

  private String restic(String at, Map<String, String> environment, String... arguments)
      throws Exception {
    Path program = Path.of("/usr/bin/restic");
    Assumptions.assumeTrue(
        Files.isExecutable(program),
        "skipped: restic is not installed (Debian: apt-get install restic)");
    List<String> command = new ArrayList<>(List.of(program.toString(), "-r", at, "--no-cache"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("RESTIC_PASSWORD", PASSWORD);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  private Path secret(String text) throws IOException {
    Path file = place.resolve("secret-" + text.hashCode());
    Files.writeString(file, text + "\n");
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static String name(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
  }
}
