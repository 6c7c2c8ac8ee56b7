package tr.emanet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Backups by a job of the running service, sealed and with keys in escrow, as shipped. */
final class BackupService implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JOBS = "/api/v1/backups/jobs";
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /** Each look is work of the service too: at 10 ms they were a third of a run. */
  private static final int LOOK_MILLIS = 40;

  private final RunningService service;
  private String job = "";

  private BackupService(RunningService service) {
    this.service = service;
  }

  /** Starts the service below the directory and gives it an escrow, without which no job runs. */
  static BackupService start(Path work) throws IOException, InterruptedException {
    Path certificate = work.resolve("escrow.pem");
    Process made =
        new ProcessBuilder(
                ("openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=bench"
                        + " -addext keyUsage=critical,keyEncipherment -keyout escrow.key -out "
                        + certificate)
                    .split(" ", -1))
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("openssl.log").toFile())
            .start();
    Children.await(made, Duration.ofMinutes(1), "openssl had made a certificate");
    RunningService service =
        RunningService.start(
            work.resolve("state"),
            "",
            List.of(
                "http.port=0",
                "intake.syslog.udpPort=0",
                "intake.syslog.tcpPort=0",
                "intake.syslog.tlsPort=0"));
    try {
      service.post(
          "/api/v1/backups/keys/escrow",
          JSON.writeValueAsString(
              Map.of("name", "bench", "certificate", Files.readString(certificate))));
    } catch (IOException | InterruptedException e) {
      service.close();
      throw e;
    }
    return new BackupService(service);
  }

  /** From now on a new job, with a repository of its own. */
  void job(String name, Path source, Path repository) throws IOException, InterruptedException {
    JsonNode made =
        service.post(
            JOBS,
            JSON.writeValueAsString(
                Map.of(
                    "name", name,
                    "sources", List.of(Map.of("kind", "path", "path", source.toString())),
                    "repository", repository.toString())));
    job = JOBS + "/" + made.path("id").asLong();
  }

  /** One run, from the request until the service says that it is over; memory is the service's. */
  BackupTool.Used run() throws IOException, InterruptedException {
    String before = service.get(job).path("lastRun").path("endedAt").asText();
    double cpu = Children.cpuSeconds(service.pid());
    long begun = System.nanoTime();
    service.post(job + "/acts/run", "");
    JsonNode last;
    do {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new IOException("gave up waiting until a job of the service ended");
      }
      Thread.sleep(LOOK_MILLIS);
      JsonNode now = service.get(job);
      last = now.path("running").asBoolean() ? JSON.missingNode() : now.path("lastRun");
    } while (!last.path("endedAt").isTextual() || last.path("endedAt").asText().equals(before));
    double wall = (System.nanoTime() - begun) / 1e9;
    if (!last.path("state").asText().equals("complete")) {
      throw new IOException("a job of the service ended as " + last);
    }
    return new BackupTool.Used(
        wall, Children.cpuSeconds(service.pid()) - cpu, Children.megabytes(service.pid(), "VmHWM"));
  }

  @Override
  public void close() {
    service.close();
  }
}
