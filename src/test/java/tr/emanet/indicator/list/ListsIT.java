package tr.emanet.indicator.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.Role;
import tr.emanet.indicator.Revision;

/** Firewalls pull over HTTP: keys, tags, forms, and the stock programs that read them. */
class ListsIT {

  private static final String DOMAINS = "/api/v1/lists/ad.txt";

  @TempDir Path state = Path.of("");

  @SuppressWarnings("NullAway.Init") // opened before each test
  private ListServer server;

  @BeforeEach
  void open() throws Exception {
    ListFixture it =
        new ListFixture(
            state,
            ListFixture.list("ip", ListKind.ADDRESS),
            ListFixture.list("ad", ListKind.DOMAIN),
            ListFixture.list("url", ListKind.URL));
    server = new ListServer(state, it);
    it.values(
        "kotu.example",
        "a_b.xn--bykehir-8kb.example",
        "203.0.113.9",
        "203.0.113.128/25",
        "2001:db8::1",
        "2001:db8:0:7::/64",
        "::2",
        "http://kotu.example/a?b=c");
    it.lists.make();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void givesAListForATokenAsPasswordAndTheSameTagUntilItChanges() throws Exception {
    String token = server.listToken();

    HttpResponse<String> first = server.send(server.basic(DOMAINS, "fgt-merkez", token));
    String tag = first.headers().firstValue("ETag").orElse("");
    HttpResponse<String> same =
        server.send(server.basic(DOMAINS, "fgt-merkez", token).header("If-None-Match", tag));
    HttpResponse<String> head =
        server.send(
            server
                .basic(DOMAINS, "fgt-merkez", token)
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
    server.it.values("yeni.example");
    server.it.lists.make();
    HttpResponse<String> changed =
        server.send(server.basic(DOMAINS, "fgt-merkez", token).header("If-None-Match", tag));

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).isEqualTo("a_b.xn--bykehir-8kb.example\nkotu.example\n");
    assertThat(first.headers().firstValue("Content-Type")).contains("text/plain;charset=us-ascii");
    assertThat(tag).matches("\"[0-9a-f]{32}\"");
    assertThat(first.headers().firstValue("Last-Modified")).isPresent();
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("ETag")).contains(tag);
    assertThat(head.headers().firstValue("Content-Length"))
        .contains(Integer.toString(first.body().length()));
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).isEqualTo("yeni.example\n");
  }

  @Test
  void answersAPackedPullWithATagOfItsOwn() throws Exception {
    String token = server.listToken();
    server.it.values(
        IntStream.range(0, 200).mapToObj(i -> "alan" + i + ".example").toArray(String[]::new));
    server.it.lists.make();
    HttpRequest.Builder packed =
        server.basic(DOMAINS, "pan", token).header("Accept-Encoding", "gzip");

    HttpResponse<String> first = server.send(packed);
    String tag = first.headers().firstValue("ETag").orElse("");
    HttpResponse<String> same = server.send(packed.header("If-None-Match", tag));

    assertThat(first.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(tag).matches("\"[0-9a-f]{32}--gzip\"");
    assertThat(same.statusCode()).isEqualTo(304);
  }

  @Test
  void countsAPersonWhoLooksAsNoPull() throws Exception {
    String analyst = server.roleToken(Role.ANALYST);

    assertThat(server.send(server.bearer(DOMAINS, analyst)).statusCode()).isEqualTo(200);
    assertThat(server.it.lists.pulls(10)).isEmpty();
  }

  @Test
  void showsWhoPulledWhatAndWhen() throws Exception {
    String token = server.listToken();
    String tag =
        server
            .send(server.basic(DOMAINS, "fgt-merkez", token).header("User-Agent", "FortiGate"))
            .headers()
            .firstValue("ETag")
            .orElse("");
    for (int i = 0; i < 3; i++) {
      server.send(server.basic(DOMAINS, "fgt-merkez", token).header("If-None-Match", tag));
    }

    JsonNode shown =
        json(server.send(server.bearer("/api/v1/lists", server.roleToken(Role.AUDITOR))));

    JsonNode list = shown.at("/lists/1");
    assertThat(list.path("name").asText()).isEqualTo("ad");
    assertThat(list.path("entries").asInt()).isEqualTo(2);
    assertThat(list.path("paths").size()).isEqualTo(7);
    assertThat(shown.path("pulls"))
        .extracting(p -> p.path("who").asText() + p.path("status").asInt() + p.path("count"))
        .containsExactlyInAnyOrder("fgt-merkez3043", "fgt-merkez2001");
    assertThat(shown.path("pulls"))
        .extracting(p -> p.path("user_agent").asText())
        .contains("FortiGate");
  }

  @Test
  void opensForNoOtherKeyAndTheKeyOpensNothingElse() throws Exception {
    String lists = server.listToken();
    String analyst = server.roleToken(Role.ANALYST, Role.ADMINISTRATOR);

    assertThat(server.send(server.request(DOMAINS)).statusCode()).isEqualTo(401);
    assertThat(server.send(server.request(DOMAINS)).headers().firstValue("WWW-Authenticate"))
        .contains("Basic realm=\"Emanet\", charset=\"UTF-8\"");
    assertThat(server.send(server.basic(DOMAINS, "x", analyst)).statusCode()).isEqualTo(401);
    assertThat(server.send(server.basic(DOMAINS, "x", "")).statusCode()).isEqualTo(401);
    assertThat(server.send(server.bearer(DOMAINS, lists)).statusCode()).isEqualTo(401);
    for (String path : List.of("/api/v1/lists", "/api/v1/tokens", "/api/v1/audit", "/account")) {
      assertThat(server.send(server.basic(path, "x", lists)).statusCode()).as(path).isEqualTo(401);
      assertThat(server.send(server.bearer(path, lists)).statusCode()).as(path).isEqualTo(401);
      assertThat(server.send(server.basic(path, "x", analyst)).statusCode())
          .as(path)
          .isEqualTo(401);
    }
  }

  @Test
  void letsPeopleReadByTheirRolesAndOnlyAdministratorsMakeKeys() throws Exception {
    for (Role role : Role.values()) {
      String token = server.roleToken(role);
      int expected = role == Role.BACKUP_OPERATOR ? 403 : 200;
      int making = role == Role.ADMINISTRATOR ? 201 : 403;
      HttpRequest.Builder make =
          server.bearer("/api/v1/lists/ad/secret", token).POST(HttpRequest.BodyPublishers.noBody());

      assertThat(server.send(server.bearer("/api/v1/lists", token)).statusCode())
          .isEqualTo(expected);
      assertThat(server.send(server.bearer(DOMAINS, token)).statusCode()).isEqualTo(expected);
      assertThat(server.send(make).statusCode()).as(role.id()).isEqualTo(making);
    }
  }

  @Test
  void slowsGuessingDownWithoutLockingTheRightKeyOut() throws Exception {
    String token = server.listToken();
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      seen.add(server.send(server.basic(DOMAINS, "u" + i, "emt_" + "A".repeat(43))).statusCode());
    }
    HttpResponse<String> slowed =
        server.send(server.request("/api/v1/lists/" + "B".repeat(43) + "/ad.txt"));

    assertThat(seen).startsWith(401, 401, 401, 401).contains(429);
    assertThat(slowed.statusCode()).isEqualTo(429);
    assertThat(slowed.headers().firstValue("Retry-After")).isPresent();
    assertThat(server.send(server.basic(DOMAINS, "fgt", token)).statusCode()).isEqualTo(200);
  }

  @Test
  void givesAListByItsSecretAddressUntilTheSecretEnds() throws Exception {
    String admin = server.roleToken(Role.ADMINISTRATOR);
    HttpRequest.Builder make =
        server.bearer("/api/v1/lists/ad/secret", admin).POST(HttpRequest.BodyPublishers.noBody());
    String first = json(server.send(make)).path("secret").asText();
    int right = server.send(server.request(path(first, "ad.hosts"))).statusCode();
    int other = server.send(server.request(path(first, "ip.txt"))).statusCode();
    String second = json(server.send(make)).path("secret").asText();
    int old = server.send(server.request(path(first, "ad.hosts"))).statusCode();
    int renewed = server.send(server.request(path(second, "ad.hosts"))).statusCode();
    int ended = server.send(server.bearer("/api/v1/lists/ad/secret", admin).DELETE()).statusCode();

    assertThat(List.of(right, other, old, renewed, ended)).containsExactly(200, 401, 401, 200, 204);
    assertThat(server.send(server.request(path(second, "ad.hosts"))).statusCode()).isEqualTo(401);
    assertThat(Files.readString(server.it.database.file(), StandardCharsets.ISO_8859_1))
        .doesNotContain(first, second);
  }

  private static String path(String secret, String file) {
    return "/api/v1/lists/" + secret + "/" + file;
  }

  @Test
  void namesTheFormsThatFitWhenOneDoesNot() throws Exception {
    String token = server.listToken();

    HttpResponse<String> wrong = server.send(server.basic("/api/v1/lists/url.rpz", "x", token));
    HttpResponse<String> unknown = server.send(server.basic("/api/v1/lists/yok.txt", "x", token));

    assertThat(wrong.statusCode()).isEqualTo(404);
    assertThat(json(wrong).path("type").asText()).isEqualTo("urn:emanet:problem:list-format");
    assertThat(json(wrong).path("detail").asText())
        .isEqualTo("url.txt, url.pan.txt, url.zeek.intel");
    assertThat(json(unknown).path("detail").asText()).isEqualTo("ip, ad, url");
  }

  @Test
  void followsAnImportAndItsRollBack() throws Exception {
    String token = server.listToken();
    HttpRequest.Builder pull = server.basic(DOMAINS, "fgt", token);
    Revision before = server.it.values("bir.example");
    server.it.lists.make();
    String tag = server.send(pull).headers().firstValue("ETag").orElse("");

    server.it.values("bir.example", "iki.example");
    server.it.lists.make();
    HttpResponse<String> with = server.send(pull);
    server.it.revisions.rollBack(ListFixture.ADMINISTRATOR, "usom", before.number());
    server.it.lists.make();
    HttpResponse<String> without = server.send(pull);

    assertThat(with.body()).contains("iki.example");
    assertThat(with.headers().firstValue("ETag")).isNotEqualTo(tag);
    assertThat(without.body()).isEqualTo("bir.example\n");
    assertThat(without.headers().firstValue("ETag")).contains(tag);
  }

  @Test
  void isPulledByCurl() throws Exception {
    String token = server.listToken();

    Ran curl =
        run("curl", "-sS", "-f", "-u", "fgt:" + token, server.url("/api/v1/lists/ip.pan.txt"));

    assertThat(curl.exit()).isZero();
    assertThat(curl.text()).contains("203.0.113.128/25\n", "2001:db8::1\n");
  }

  @Test
  void makesZonesThatBindAccepts() throws Exception {
    assumeTrue(run("which", "named-checkzone").exit() == 0, "install bind9-utils");
    for (String name : List.of("ip", "ad")) {
      Path zone = state.resolve(name + ".zone");
      Files.writeString(zone, server.it.text(name + ".rpz"));

      Ran check = run("named-checkzone", "-i", "none", name + ".rpz.emanet", zone.toString());

      assertThat(check.text()).endsWith("OK\n").contains("loaded serial");
      assertThat(check.exit()).isZero();
    }
  }

  /** What a program said and how it ended. */
  private record Ran(int exit, String text) {}

  private static Ran run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), text);
  }
}
