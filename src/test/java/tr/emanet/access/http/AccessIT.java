package tr.emanet.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tr.emanet.access.UserName;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.ChainCheck;
import tr.emanet.event.Role;
import tr.emanet.web.security.Endpoints;

class AccessIT {

  private static final String PASSWORD = "dört kaplan bir çay";
  private static final Pattern FORM_TOKEN =
      Pattern.compile("name=\"csrf\" value=\"([A-Za-z0-9_-]{86})\"");

  @TempDir private Path state = Path.of(".");
  private AccessServer it;

  @BeforeEach
  void start() throws Exception {
    it = new AccessServer(state);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private HttpResponse<String> setUp() throws Exception {
    return it.send(
        it.form(
            "/setup",
            "code",
            it.setupCode,
            "name",
            "ayşe",
            "display",
            "Ayşe Yılmaz",
            "password",
            PASSWORD));
  }

  /** Makes the first administrator and returns that browser's cookie. */
  private String administrator() throws Exception {
    return AccessServer.cookie(setUp());
  }

  private HttpResponse<String> get(String path, String cookie) throws Exception {
    return it.send(it.request(path).header("Cookie", cookie).header("Accept", "text/html"));
  }

  private String formToken(String cookie) throws Exception {
    Matcher matcher = FORM_TOKEN.matcher(get("/account", cookie).body());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private HttpResponse<String> post(String path, String cookie, String... pairs) throws Exception {
    List<String> all = new ArrayList<>(List.of(pairs));
    all.add("csrf");
    all.add(formToken(cookie));
    return it.send(it.form(path, all.toArray(String[]::new)).header("Cookie", cookie));
  }

  @Test
  void leadsAFreshMachineToItsFirstAdministrator() throws Exception {
    HttpResponse<String> asked = get("/account", "x=y");
    HttpResponse<String> login = get("/login", "x=y");
    HttpResponse<String> page = get("/setup", "x=y");
    HttpResponse<String> made = setUp();
    HttpResponse<String> again = get("/setup", "x=y");

    assertThat(asked.statusCode()).isEqualTo(303);
    assertThat(asked.headers().firstValue("Location").orElse(""))
        .contains("/login?next=%2Faccount");
    assertThat(login.headers().firstValue("Location").orElse("")).endsWith("/setup");
    assertThat(page.body()).contains("First administrator").doesNotContain(it.setupCode);
    assertThat(made.statusCode()).isEqualTo(303);
    assertThat(made.headers().firstValue("Set-Cookie").orElse(""))
        .startsWith("emanet=")
        .contains("HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Domain");
    assertThat(get("/account", AccessServer.cookie(made)).body()).contains("Ayşe Yılmaz");
    assertThat(again.headers().firstValue("Location").orElse("")).endsWith("/login");
    assertThat(setUp().statusCode()).isEqualTo(409);
  }

  @Test
  void signsInWithANewIdEachTimeAndGoesWhereThePersonWasGoing() throws Exception {
    String first = administrator();
    HttpResponse<String> wrong =
        it.send(it.form("/login", "name", "ayse", "password", "wrong", "next", "/people"));
    HttpResponse<String> right =
        it.send(it.form("/login", "name", "AYŞE", "password", PASSWORD, "next", "/people"));
    HttpResponse<String> away =
        it.send(it.form("/login", "name", "ayse", "password", PASSWORD, "next", "//evil.example"));

    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("User name or password is wrong");
    assertThat(right.headers().firstValue("Location").orElse("")).endsWith("/people");
    assertThat(AccessServer.cookie(right)).isNotEmpty().isNotEqualTo(first);
    assertThat(away.headers().firstValue("Location").orElse("")).doesNotContain("evil");
  }

  @Test
  void makesAnAttackerWait() throws Exception {
    administrator();
    for (int i = 0; i < 4; i++) {
      it.send(it.form("/login", "name", "ayse", "password", "wrong"));
    }

    HttpResponse<String> answer = it.send(it.form("/login", "name", "ayse", "password", PASSWORD));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(AccessServer.cookie(answer)).isEmpty();
  }

  @Test
  void refusesFormsThatDoNotComeFromOurOwnPages() throws Exception {
    String cookie = administrator();
    String token = formToken(cookie);
    String body = AccessServer.encode("session", "x", "csrf", token);
    HttpRequest.BodyPublisher published = HttpRequest.BodyPublishers.ofString(body);

    List<HttpRequest.Builder> forged =
        List.of(
            bare(cookie).POST(published),
            bare(cookie).header("Sec-Fetch-Site", "cross-site").POST(published),
            bare(cookie).header("Sec-Fetch-Site", "same-site").POST(published),
            bare(cookie).header("Origin", "null").POST(published),
            bare(cookie).header("Origin", "https://evil.example").POST(published),
            it.form("/account/sessions/end", "session", "x").header("Cookie", cookie),
            it.form("/account/sessions/end", "csrf", "A".repeat(86)).header("Cookie", cookie),
            bare(cookie)
                .header("Origin", "https://evil.example")
                .header("X-CSRF-Token", token)
                .POST(published));
    for (HttpRequest.Builder request : forged) {
      assertThat(it.send(request).statusCode()).isEqualTo(403);
    }
    assertThat(it.send(bare(cookie).header("Origin", it.origin()).POST(published)).statusCode())
        .isEqualTo(303);
    assertThat(
            it.send(
                    it.form("/account/sessions/end", "session", "x")
                        .header("Cookie", cookie)
                        .header("X-CSRF-Token", token))
                .statusCode())
        .isEqualTo(303);
    assertThat(
            it.send(
                    it.form("/login", "name", "ayse", "password", PASSWORD)
                        .setHeader("Sec-Fetch-Site", "cross-site"))
                .statusCode())
        .isEqualTo(403);
  }

  private HttpRequest.Builder bare(String cookie) {
    return it.request("/account/sessions/end")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Cookie", cookie);
  }

  @Test
  void refusesTheTokenOfAnotherSession() throws Exception {
    String cookie = administrator();
    String other =
        AccessServer.cookie(it.send(it.form("/login", "name", "ayse", "password", PASSWORD)));

    HttpResponse<String> answer =
        it.send(
            it.form("/account/sessions/end", "csrf", formToken(other)).header("Cookie", cookie));

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void refusesAnOldCookieAfterLogOutNewPasswordAndOtherRoles() throws Exception {
    String first = administrator();
    HttpResponse<String> left = post("/logout", first);
    assertThat(left.headers().firstValue("Set-Cookie").orElse("")).contains("Max-Age=0");
    assertThat(get("/account", first).statusCode()).isEqualTo(303);

    String second =
        AccessServer.cookie(it.send(it.form("/login", "name", "ayse", "password", PASSWORD)));
    HttpResponse<String> changed =
        post("/account/password", second, "old", PASSWORD, "new", "başka bir uzun söz");
    assertThat(changed.statusCode()).isEqualTo(303);
    assertThat(get("/account", second).statusCode()).isEqualTo(303);
    String third = AccessServer.cookie(changed);
    assertThat(get("/account", third).statusCode()).isEqualTo(200);

    HttpResponse<String> roles =
        post("/people/ayse/roles", third, "role", "administrator", "role", "auditor");
    assertThat(roles.statusCode()).isEqualTo(303);
    assertThat(get("/account", third).statusCode()).isEqualTo(303);
  }

  @Test
  void letsAnAdministratorAddAPersonWhoThenChoosesAPassword() throws Exception {
    String cookie = administrator();
    HttpResponse<String> made =
        post("/people", cookie, "name", "mehmet", "display", "<b>Mehmet</b>", "role", "auditor");
    Matcher code = Pattern.compile("([0-9A-Z]{5}-){3}[0-9A-Z]{5}").matcher(made.body());

    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(made.body()).contains("&lt;b&gt;Mehmet&lt;/b&gt;").doesNotContain("<b>Mehmet");
    assertThat(code.find()).isTrue();
    HttpResponse<String> weak =
        it.send(
            it.form("/code", "name", "mehmet", "code", code.group(), "password", "parola123456"));
    assertThat(weak.body()).contains("easy to guess");
    HttpResponse<String> chosen =
        it.send(
            it.form(
                "/code",
                "name",
                "mehmet",
                "code",
                code.group().toLowerCase(Locale.ROOT),
                "password",
                "yedi uyuyan dost"));
    assertThat(chosen.statusCode()).isEqualTo(303);
    String mehmet = AccessServer.cookie(chosen);
    assertThat(get("/audit", mehmet).body()).contains("user.create", "Audit chain");
    assertThat(post("/audit/verify", mehmet).body()).contains("The chain is whole");
    assertThat(get("/audit", mehmet).body())
        .contains("href=\"/account\"", "href=\"/audit\"")
        .doesNotContain("href=\"/people\"");
    assertThat(get("/people", mehmet).statusCode()).isEqualTo(403);
    assertThat(get("/audit", cookie).statusCode()).isEqualTo(403);
  }

  @Test
  void servesTheCommandLineByTheLocalToken() throws Exception {
    String bearer = "Bearer " + it.localToken();
    HttpResponse<String> user =
        it.send(json("/api/v1/users", bearer, "{\"name\":\"Ali\",\"roles\":[\"analyst\"]}"));
    HttpResponse<String> token =
        it.send(json("/api/v1/tokens", bearer, "{\"label\":\"bench\",\"scopes\":[\"auditor\"]}"));
    HttpResponse<String> odd =
        it.send(json("/api/v1/users", bearer, "{\"name\":\"a b\",\"roles\":[\"analyst\"]}"));
    HttpResponse<String> broken = it.send(json("/api/v1/users", bearer, "{\"name\": canary-7"));

    assertThat(user.statusCode()).isEqualTo(201);
    assertThat(user.body()).contains("\"name\":\"ali\"", "\"code\":\"");
    assertThat(token.statusCode()).isEqualTo(201);
    assertThat(token.body()).contains("\"token\":\"emt_");
    assertThat(odd.statusCode()).isEqualTo(422);
    assertThat(odd.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(odd.body()).contains("urn:emanet:problem:bad-name");
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(broken.body()).doesNotContain("canary-7");
    assertThat(it.audit.page(AuditFilter.ALL, Long.MAX_VALUE, 10))
        .extracting(AuditEntry::actor)
        .allMatch(a -> a.startsWith("local:"));
  }

  private HttpRequest.Builder json(String path, String authorization, String body) {
    return it.request(path)
        .header("Authorization", authorization)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  @Test
  void answersTheApiWithProblemDocumentsWhenNobodyIsSignedIn() throws Exception {
    HttpResponse<String> none = it.send(it.request("/api/v1/users"));
    HttpResponse<String> bad =
        it.send(it.request("/api/v1/users").header("Authorization", "Bearer emt_x"));
    HttpResponse<String> basic =
        it.send(it.request("/api/v1/users").header("Authorization", "Basic YTpi"));

    for (HttpResponse<String> answer : List.of(none, bad, basic)) {
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }
  }

  @Test
  void refusesEverybodyWhereTheRuleWasForgotten() throws Exception {
    HttpResponse<String> answer =
        it.send(
            it.request("/forgotten").header("Authorization", "Bearer " + it.token(Role.values())));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).doesNotContain("secret");
    assertThat(
            it.send(it.request("/people").method("OPTIONS", HttpRequest.BodyPublishers.noBody()))
                .statusCode())
        .isBetween(401, 403);
  }

  @Test
  void refusesABodyWithoutEnd() throws Exception {
    HttpResponse<String> answer =
        it.send(it.form("/login", "name", "a".repeat(2_000_000), "password", "x"));

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  /** Every endpoint of this feature with every single role and with none: 100 % of the cells. */
  @Test
  void opensEachEndpointToItsRolesOnly() throws Exception {
    administrator();
    int cells = 0;
    for (Endpoints.Endpoint endpoint : Endpoints.all()) {
      if (!endpoint.method().getDeclaringClass().getName().startsWith("tr.emanet.access.")) {
        continue;
      }
      int nobody = it.send(call(endpoint)).statusCode();
      if (endpoint.isPublic()) {
        assertThat(nobody).as("nobody, " + endpoint).isNotIn(401, 500);
        continue;
      }
      assertThat(nobody).as("nobody, " + endpoint).isIn(401, 403);
      for (Role role : Role.values()) {
        int status =
            it.send(call(endpoint).header("Authorization", "Bearer " + it.token(role)))
                .statusCode();
        cells++;
        if (endpoint.roles().contains(role)) {
          boolean ownAccount = endpoint.path().startsWith("/account");
          assertThat(status).as(role + ", " + endpoint).isNotIn(401, 500);
          assertThat(status == 403).as(role + ", " + endpoint).isIn(false, ownAccount);
        } else {
          assertThat(status).as(role + ", " + endpoint).isEqualTo(403);
        }
      }
    }
    assertThat(cells).isGreaterThan(60);
    assertThat(it.access.users().find(new UserName("ayse")).orElseThrow().isActive()).isTrue();
    assertThat(it.audit.verify()).isInstanceOf(ChainCheck.Intact.class);
  }

  private HttpRequest.Builder call(Endpoints.Endpoint endpoint) {
    HttpRequest.Builder request = it.request(endpoint.path());
    if (endpoint.verb().equals("GET")) {
      return request;
    }
    boolean api = endpoint.path().startsWith("/api/");
    return request
        .header("Content-Type", api ? "application/json" : "application/x-www-form-urlencoded")
        .header("Sec-Fetch-Site", "same-origin")
        .method(endpoint.verb(), HttpRequest.BodyPublishers.ofString(api ? "{}" : "a=b"));
  }

  @Test
  void showsEveryPageInBothLanguagesWithoutAMissingText() throws Exception {
    String cookie = administrator();
    post("/people/ayse/roles", cookie, "role", "administrator", "role", "auditor");
    String all =
        AccessServer.cookie(it.send(it.form("/login", "name", "ayse", "password", PASSWORD)));
    HttpResponse<String> token =
        post("/account/tokens", all, "label", "<i>x</i>", "days", "30", "role", "auditor");
    assertThat(token.body()).contains("emt_").doesNotContain("<i>x");

    for (String path : Set.of("/account", "/people", "/audit", "/code", "/login?next=%2Fx")) {
      for (String language : List.of("tr", "en")) {
        HttpResponse<String> page =
            it.send(
                it.request(path)
                    .header(
                        "Cookie",
                        (path.startsWith("/login") ? "" : all + "; ") + "language=" + language));
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        assertThat(page.body())
            .as(path + " " + language)
            .doesNotContainPattern(">access\\.[a-z]")
            .doesNotContain(" style=", "<script>");
      }
    }
  }

  @Test
  void writesNoSecretIntoALogOrTheChain() throws Exception {
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    // Jetty prints whole requests at DEBUG; only our own classes may be asked for everything.
    Logger own = (Logger) LoggerFactory.getLogger("tr.emanet");
    own.setLevel(Level.TRACE);
    logged.start();
    root.addAppender(logged);
    String cookie = administrator();
    it.send(it.form("/login", "name", "ayse", "password", "canary-password-1"));
    HttpResponse<String> token =
        post("/account/tokens", cookie, "label", "x", "days", "30", "role", "analyst");
    Matcher clear = Pattern.compile("emt_[A-Za-z0-9_-]{43}").matcher(token.body());
    assertThat(clear.find()).isTrue();
    it.send(it.request("/api/v1/session").header("Authorization", "Bearer " + clear.group()));
    it.send(it.request("/forgotten?x=1").header("Authorization", "Bearer " + clear.group()));
    root.detachAppender(logged);
    own.setLevel(null);

    String id = cookie.substring(cookie.indexOf('=') + 1);
    List<String> lines =
        new ArrayList<>(logged.list)
            .stream().map(e -> e.getFormattedMessage() + e.getKeyValuePairs()).toList();
    List<String> chain =
        it.audit.page(AuditFilter.ALL, Long.MAX_VALUE, 100).stream()
            .map(AuditEntry::toString)
            .toList();
    for (List<String> texts : List.of(lines, chain)) {
      assertThat(texts)
          .noneMatch(t -> t.contains(id))
          .noneMatch(t -> t.contains(clear.group()))
          .noneMatch(t -> t.contains("canary-password-1"))
          .noneMatch(t -> t.contains(it.setupCode))
          .noneMatch(t -> t.contains("dört kaplan"));
    }
  }
}
