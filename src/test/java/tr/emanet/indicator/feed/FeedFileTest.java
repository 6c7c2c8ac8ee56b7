package tr.emanet.indicator.feed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditLog;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.RevisionRules;
import tr.emanet.indicator.Revisions;
import tr.emanet.store.Database;

class FeedFileTest {

  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private static final FeedTerms TERMS = new FeedTerms("sektor", 70, "AMBER", 30);
  private static final String STIX =
      """
      {"type":"bundle","id":"bundle--1","objects":[
       {"type":"marking-definition","id":"marking-definition--g","definition":{"tlp":"green"}},
       {"type":"indicator","id":"indicator--1","name":"C2","pattern_type":"stix",
        "pattern":"[domain-name:value = 'Kotu.example'] OR [ipv4-addr:value = '203.0.113.9']",
        "valid_from":"2026-11-01T00:00:00Z","valid_until":"2026-12-01T00:00:00Z",
        "object_marking_refs":["marking-definition--g"]},
       {"type":"indicator","id":"indicator--2","revoked":true,
        "pattern":"[url:value = 'http://geri.example/x']"},
       {"type":"indicator","id":"indicator--3","pattern":"[file:hashes.'SHA-256' = 'HASH']"}
      """
          .replace("HASH", "ab".repeat(32));

  @TempDir Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Database database;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Revisions revisions;

  private FeedSignature signatures = FeedSignature.NOBODY;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(directory.resolve("state"), List.of("audit", "indicator"));
    revisions =
        new Revisions(
            database,
            new AuditLog(database, () -> NOW),
            RevisionRules.DEFAULT,
            new NeverBlock(List.of()),
            () -> NOW,
            RevisionListener.NONE);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Map<String, Indicator> inForce() {
    Map<String, Indicator> out = new TreeMap<>();
    new IndicatorStore(database)
        .inForce(new NeverBlock(List.of()), NOW, i -> out.put(i.value().orElseThrow().text(), i));
    return out;
  }

  private Revision take(String name, String text, boolean signed) throws Exception {
    Path file = directory.resolve(name);
    Files.writeString(file, text);
    return new FeedFile(revisions, signatures)
        .take(file, name, FeedFile.guess(file), TERMS, signed ? new byte[] {0x30} : null, "ayse");
  }

  @Test
  void readsAPlainListWithComments() throws Exception {
    take("liste.txt", "# başlık\r\nKotu.Example\r\n203.0.113.9 # not\n;x\n\nbit.ly/X\n", false);

    assertThat(inForce()).containsOnlyKeys("bit.ly/X", "kotu.example", "203.0.113.9");
    assertThat(requireNonNull(inForce().get("bit.ly/X")).codes().source()).isEqualTo("AMBER");
  }

  @Test
  void readsTheValueColumnOfCsv() throws Exception {
    take("liste.csv", "tarih,value,not\n2026,kotu.example,\"a,b\"\n2026,203.0.113.0/24,c\n", false);

    assertThat(inForce()).containsOnlyKeys("kotu.example", "203.0.113.0/24");
  }

  @Test
  void readsAStixBundleWithTlpAndValidity() throws Exception {
    take("paket.json", STIX + "]}", false);

    Map<String, Indicator> found = inForce();
    assertThat(found).containsOnlyKeys("kotu.example", "203.0.113.9", "ab".repeat(32));
    assertThat(requireNonNull(found.get("kotu.example")).codes().source()).isEqualTo("GREEN");
    assertThat(found.get("kotu.example").expiresAt()).isEqualTo("2026-12-01T00:00:00Z");
    assertThat(requireNonNull(found.get("ab".repeat(32))).codes().source()).isEqualTo("AMBER");
  }

  @Test
  void readsMispAttributesMeantForDetection() throws Exception {
    take(
        "misp.json",
        "{\"response\":{\"Attribute\":["
            + "{\"uuid\":\"1\",\"type\":\"domain\",\"value\":\"kotu.example\",\"to_ids\":true,"
            + "\"timestamp\":\"1794000000\",\"Tag\":[{\"name\":\"tlp:red\"}]},"
            + "{\"uuid\":\"2\",\"type\":\"ip-dst|port\",\"value\":\"203.0.113.9|443\",\"to_ids\":true},"
            + "{\"uuid\":\"3\",\"type\":\"domain\",\"value\":\"iyi.example\",\"to_ids\":false},"
            + "{\"uuid\":\"4\",\"type\":\"comment\",\"value\":\"not\",\"to_ids\":true}]}}",
        false);

    assertThat(inForce()).containsOnlyKeys("kotu.example", "203.0.113.9");
    assertThat(requireNonNull(inForce().get("kotu.example")).codes().source()).isEqualTo("RED");
    assertThat(inForce().get("kotu.example").expiresAt())
        .isEqualTo(Instant.ofEpochSecond(1_794_000_000L).plus(Duration.ofDays(30)));
  }

  @Test
  void readsTheInterfacesOwnJsonAndNotesASignatureWithoutTrustingIt() throws Exception {
    Revision revision =
        take(
            "usom.json",
            "{\"totalCount\":1,\"count\":1,\"models\":[{\"id\":2,\"url\":\"kotu.example\","
                + "\"type\":\"domain\",\"connectiontype\":\"BC\",\"criticality_level\":7}]}",
            true);

    assertThat(revision.signature()).isEqualTo("unchecked");
    assertThat(revision.actor()).isEqualTo("ayse");
    assertThat(requireNonNull(inForce().get("kotu.example")).codes().connection()).isEqualTo("BC");
  }

  @Test
  void saysWhoseSignatureHolds() throws Exception {
    signatures = (file, p7s) -> new FeedSignature.Verdict.Valid("Ayşe Yılmaz");

    Revision revision = take("liste.txt", "kotu.example\n", true);

    assertThat(revision.signature()).isEqualTo("valid:Ayşe Yılmaz");
  }

  @Test
  void aSignatureThatDoesNotHoldRefusesTheFileAndTheOldListStays() throws Exception {
    take("liste.txt", "kotu.example\n", false);
    signatures = (file, p7s) -> new FeedSignature.Verdict.Refused("it is over another file");

    assertThatThrownBy(() -> take("yeni.txt", "baska.example\n", true))
        .isInstanceOf(FeedException.class)
        .hasMessageContaining("another file");
    assertThat(inForce()).containsOnlyKeys("kotu.example");
  }

  @Test
  void keepsTheOldListWhenAFileIsBroken() throws Exception {
    take("liste.txt", "kotu.example\n", false);

    for (String broken : List.of("{\"models\":[{\"id\":", "{\"objects\":[7]}", "# nur\n")) {
      assertThatThrownBy(() -> take("kirik", broken, false)).isInstanceOf(FeedException.class);
    }

    assertThat(inForce()).containsOnlyKeys("kotu.example");
    assertThat(revisions.state("sektor").failures()).isEqualTo(3);
  }

  @Test
  void fetchesEveryPageOfATaxiiCollection() throws Exception {
    List<String> asked = new ArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/",
        e -> {
          asked.add(e.getRequestURI().toString());
          boolean first = !e.getRequestURI().toString().contains("next=");
          String body =
              first
                  ? "{\"more\":true,\"next\":\"a b\",\"objects\":[{\"type\":\"indicator\",\"id\":"
                      + "\"indicator--1\",\"pattern\":\"[domain-name:value = 'bir.example']\"}]}"
                  : "{\"more\":false,\"objects\":[{\"type\":\"indicator\",\"id\":\"indicator--2\","
                      + "\"pattern\":\"[url:value = 'https://iki.example/Yol']\"}]}";
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          e.getResponseHeaders().set("Content-Type", e.getRequestHeaders().getFirst("Accept"));
          e.sendResponseHeaders(200, bytes.length);
          e.getResponseBody().write(bytes);
          e.close();
        });
    server.start();
    Download.Access access =
        new Download.Access(null, null, Duration.ZERO, Bounds.DEFAULT, Map.of());
    try (Download download = new Download(access, p -> {}, new Random(1))) {
      URI uri =
          URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/collections/1/");

      new FeedFetch(revisions, download).taxii(uri, TERMS);
    } finally {
      server.stop(0);
    }

    assertThat(inForce()).containsOnlyKeys("bir.example", "iki.example/Yol");
    assertThat(asked)
        .containsExactly(
            "/api/collections/1/objects/?limit=1000",
            "/api/collections/1/objects/?limit=1000&next=a+b");
  }
}
