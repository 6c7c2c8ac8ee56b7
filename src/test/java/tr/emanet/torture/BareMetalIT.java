package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The day after the disaster: the appliance backs itself up while it runs, is killed, its disk is
 * gone, and it stands again from the repository with nothing but stock restic and the steps of the
 * operators' page.
 */
class BareMetalIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path RESTIC = Path.of("/usr/bin/restic");
  private static final int BEFORE = 3_000;
  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");

  @TempDir Path directory;

  private record Ran(int code, String out) {}

  @Test
  void standsAgainFromTheRepositoryWithStockRestic() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(RESTIC),
        "skipped: restic is not installed (Debian: apt-get install restic)");
    Path state = directory.resolve("state");
    Path repository = directory.resolve("depo");
    Path escrow = directory.resolve("escrow");
    List<JsonNode> found;
    try (Emanet service = new Emanet(state, directory.resolve("log"), List.of(), List.of())) {
      service.start();
      send(service, 0, BEFORE);
      await().atMost(PATIENCE).until(() -> counted(service) == BEFORE);
      found = service.api().events("belediye");
      escrow(service);
      backUp(service, repository);
      send(service, BEFORE, BEFORE + 10);
      service.kill();
    }
    delete(state);
    // What the person in charge of escrow does, with the key that never was on the machine.
    Ran opened =
        run(
            directory,
            "openssl",
            "cms",
            "-decrypt",
            "-binary",
            "-inform",
            "DER",
            "-in",
            repository.resolve("escrow/password.p7m").toString(),
            "-recip",
            "escrow.pem",
            "-inkey",
            "escrow.key",
            "-out",
            escrow.toString());
    assertThat(opened.code()).as(opened.out()).isZero();

    Path back = directory.resolve("geri");
    restic(repository, escrow, "check", "--read-data");
    restic(repository, escrow, "restore", "latest", "--target", back.toString());
    assemble(back.resolve(state.subpath(0, state.getNameCount())), state);

    try (Emanet again = new Emanet(state, directory.resolve("log2"), List.of(), List.of())) {
      again.start();
      await().atMost(PATIENCE).until(() -> counted(again) == BEFORE);
      assertThat(again.api().events("belediye"))
          .extracting(e -> e.path("emanet.position"))
          .isEqualTo(found.stream().map(e -> e.path("emanet.position")).toList());
      Ran sealed = emanet(state, "seal", "now");
      assertThat(sealed.code()).as(sealed.out()).isZero();
      assertThat(sealAlarms(again)).isEmpty();
      String today = LocalDate.now(ZONE).toString();
      Path archive = directory.resolve("archive");
      Ran exported =
          emanet(state, "archive", "export", "--from", today, "--to", today, archive.toString());
      assertThat(exported.code()).as(exported.out()).isZero();
      Ran verified =
          emanet(
              null,
              "archive",
              "verify",
              archive.toString(),
              "--trust",
              archive.resolve("certificates/seal.pem").toString());
      assertThat(verified.code()).as(verified.out()).isZero();
      Ran audit = emanet(state, "audit", "verify");
      assertThat(audit.code()).as(audit.out()).isZero();
      assertThat(again.terminate()).isEqualTo(143);
      Ran journal = emanet(state, "journal", "verify");
      assertThat(journal.out()).contains("the journal is sound");
    }
  }

  private static List<String> sealAlarms(Emanet service) throws IOException, InterruptedException {
    return service.api().alerts().stream()
        .map(JsonNode::toString)
        .filter(a -> a.contains("seal") || a.contains("audit"))
        .toList();
  }

  private static long counted(Emanet service) throws IOException, InterruptedException {
    return service.api().histogram("belediye").path("total").asLong();
  }

  private static void send(Emanet service, int from, int to) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port("syslog_tcp"));
        OutputStream out = socket.getOutputStream()) {
      for (int i = from; i < to; i++) {
        String line = "<134>1 - fw1 ebys - - - belediye evrak " + i + " şube\n";
        out.write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void escrow(Emanet service) throws IOException, InterruptedException {
    Ran made =
        run(
            directory,
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:3072",
            "-nodes",
            "-keyout",
            "escrow.key",
            "-out",
            "escrow.pem",
            "-days",
            "3650",
            "-subj",
            "/CN=Emanetçi",
            "-utf8",
            "-addext",
            "keyUsage=critical,keyEncipherment");
    assertThat(made.code()).as(made.out()).isZero();
    String wanted =
        new ObjectMapper()
            .writeValueAsString(
                java.util.Map.of(
                    "name",
                    "mudur",
                    "certificate",
                    Files.readString(directory.resolve("escrow.pem"))));
    assertThat(service.api().post("/api/v1/backups/keys/escrow", wanted)).isEqualTo(204);
  }

  private static void backUp(Emanet service, Path repository)
      throws IOException, InterruptedException {
    String wanted =
        new ObjectMapper()
            .writeValueAsString(
                java.util.Map.of(
                    "name", "Emanet'in kendisi",
                    "systems", "Emanet",
                    "paths", List.of("emanet:"),
                    "repository", repository.toString(),
                    "keep", java.util.Map.of("daily", 7)));
    assertThat(service.api().post("/api/v1/backups/jobs", wanted)).isEqualTo(201);
    assertThat(service.api().post("/api/v1/backups/jobs/1/acts/run")).isEqualTo(202);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              JsonNode run = service.api().read("/api/v1/backups/jobs/1/runs").path("runs").path(0);
              String as = run.path("state").asText();
              assertThat(as).as(run.toString()).isNotEqualTo("failed");
              return as.equals("complete") || as.equals("incomplete");
            });
  }

  /** The steps of the operators' page, "The whole appliance". */
  private static void assemble(Path from, Path state) throws IOException, InterruptedException {
    Files.createDirectories(state);
    for (String part : List.of("journal", "keys", "copy/store", "copy/seals")) {
      Ran copied = run(null, "cp", "-a", from.resolve(part).toString(), state.toString());
      assertThat(copied.code()).as(copied.out()).isZero();
    }
  }

  private static void restic(Path repository, Path escrow, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(RESTIC.toString());
    command.addAll(
        List.of("-r", repository.toString(), "--no-cache", "--password-file", escrow.toString()));
    command.addAll(List.of(arguments));
    Ran ran = run(null, command.toArray(String[]::new));
    assertThat(ran.code()).as(ran.out()).isZero();
  }

  private static Ran emanet(@org.jspecify.annotations.Nullable Path state, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Java.command());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("tr.emanet.cli.Main");
    command.addAll(List.of(arguments));
    if (state != null) {
      command.add("--state");
      command.add(state.toString());
    }
    return run(Java.root(), command.toArray(String[]::new));
  }

  private static Ran run(@org.jspecify.annotations.Nullable Path where, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    if (where != null) {
      builder.directory(where.toFile());
    }
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Ran(process.exitValue(), out);
  }

  private static void delete(Path tree) throws IOException, InterruptedException {
    assertThat(run(null, "rm", "-rf", tree.toString()).code()).isZero();
  }
}
