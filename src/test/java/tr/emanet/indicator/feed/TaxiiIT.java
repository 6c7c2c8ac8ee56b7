package tr.emanet.indicator.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditLog;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.RevisionRules;
import tr.emanet.indicator.Revisions;
import tr.emanet.store.Database;

/** Against medallion, the TAXII server of OASIS; skips where pip cannot install it. */
class TaxiiIT {

  private static final int OBJECTS = 250;
  private static final String COLLECTION = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";

  @TempDir Path directory = Path.of("");

  private boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process child =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("pip.log").toFile())
              .start();
      return child.waitFor(240, TimeUnit.SECONDS) && child.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String id(int i) {
    return String.format(Locale.ROOT, "indicator--cd981c25-8042-4166-8945-%012d", i);
  }

  private static String object(int i) {
    return """
    {"type":"indicator","spec_version":"2.1","id":"ID","created":"2026-01-01T00:00:00.000Z",
     "modified":"2026-01-01T00:00:00.000Z","name":"C2","indicator_types":["malicious-activity"],
     "pattern":"[domain-name:value = 'Kotu-NUMBER.example']","pattern_type":"stix",
     "valid_from":"2026-01-01T00:00:00Z"}\
    """
        .replace("ID", id(i))
        .replace("NUMBER", Integer.toString(i));
  }

  private static String manifest(int i) {
    return """
    {"date_added":"2026-01-01T00:00:00.000Z","id":"ID",
     "media_type":"application/stix+json;version=2.1","version":"2026-01-01T00:00:00.000Z"}\
    """
        .replace("ID", id(i));
  }

  private static String each(java.util.function.IntFunction<String> text) {
    return IntStream.range(0, OBJECTS).mapToObj(text).collect(Collectors.joining(","));
  }

  private Path configuration() throws IOException {
    Path data = directory.resolve("data.json");
    Files.writeString(
        data,
        "{\"/discovery\":{\"title\":\"t\",\"api_roots\":[]},\"root\":{\"information\":{\"title\":"
            + "\"t\",\"versions\":[\"application/taxii+json;version=2.1\"],"
            + "\"max_content_length\":9765625},\"status\":[],\"collections\":[{\"id\":\""
            + COLLECTION
            + "\",\"title\":\"c\",\"can_read\":true,\"can_write\":false,\"media_types\":"
            + "[\"application/stix+json;version=2.1\"],\"objects\":["
            + each(TaxiiIT::object)
            + "],\"manifest\":["
            + each(TaxiiIT::manifest)
            + "]}]}}");
    Path configuration = directory.resolve("medallion.json");
    return Files.writeString(
        configuration,
        "{\"backend\":{\"module\":\"medallion.backends.memory_backend\",\"module_class\":"
            + "\"MemoryBackend\",\"filename\":\""
            + data
            + "\"},\"users\":{\"emanet\":\"gizli\"},\"taxii\":{\"max_page_size\":100}}");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void fetchesACollectionPageByPage() throws Exception {
    Path python = directory.resolve("python");
    boolean installed =
        run("python3", "-m", "venv", python.toString())
            && run(
                python.resolve("bin/pip").toString(),
                "install",
                "-q",
                "medallion==3.0.0",
                "setuptools<80");
    assumeTrue(installed, "python3, its venv or PyPI is missing: no TAXII server to test with");
    int port = freePort();
    Process server =
        new ProcessBuilder(
                python.resolve("bin/medallion").toString(),
                "--port",
                Integer.toString(port),
                configuration().toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("server.log").toFile())
            .start();
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> answers(port));

      Revision revision = fetch(URI.create("http://127.0.0.1:" + port + "/root/collections/"));

      assertThat(revision.state()).isEqualTo(Revision.State.APPLIED);
      assertThat(revision.counts().added()).isEqualTo(OBJECTS);
      assertThat(revision.refused()).isZero();
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private Revision fetch(URI collections) throws Exception {
    String secret =
        Base64.getEncoder().encodeToString("emanet:gizli".getBytes(StandardCharsets.UTF_8));
    Download.Access access =
        new Download.Access(
            null, null, Duration.ZERO, Bounds.DEFAULT, Map.of("Authorization", "Basic " + secret));
    Files.createDirectories(directory.resolve("state"));
    try (Database database =
            Database.open(directory.resolve("state"), List.of("audit", "indicator"));
        Download download = new Download(access, Pause.REAL, new Random(1))) {
      Revisions revisions =
          new Revisions(
              database,
              new AuditLog(database, Instant::now),
              RevisionRules.DEFAULT,
              new NeverBlock(List.of()),
              Instant::now,
              RevisionListener.NONE);
      return new FeedFetch(revisions, download)
          .taxii(collections.resolve(COLLECTION + "/"), new FeedTerms("sektor", 70, "AMBER", 0));
    }
  }
}
