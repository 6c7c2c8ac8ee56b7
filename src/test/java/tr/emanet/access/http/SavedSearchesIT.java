package tr.emanet.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.Role;
import tr.emanet.search.SavedSearches;

/** What a person keeps is that person's own, and no other page can keep or delete it. */
class SavedSearchesIT {

  private static final String SEARCHES = "/api/v1/searches";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FORM_TOKEN =
      Pattern.compile("name=\"csrf\" value=\"([A-Za-z0-9_-]{86})\"");

  @TempDir private Path state = Path.of(".");
  private AccessServer it;
  private String session = "";
  private String formToken = "";

  @BeforeEach
  void start() throws Exception {
    it = new AccessServer(state);
    session =
        AccessServer.cookie(
            it.send(
                it.form(
                    "/setup",
                    "code",
                    it.setupCode,
                    "name",
                    "ayşe",
                    "display",
                    "Ayşe Yılmaz",
                    "password",
                    "dört kaplan bir çay")));
    Matcher matcher = FORM_TOKEN.matcher(it.send(own("/account")).body());
    assertThat(matcher.find()).isTrue();
    formToken = matcher.group(1);
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private HttpRequest.Builder own(String path) {
    return it.request(path).header("Cookie", session);
  }

  private HttpRequest.Builder keep(HttpRequest.Builder request, String name) throws Exception {
    String body =
        JSON.writeValueAsString(
            JSON.createObjectNode().put("name", name).put("url", "/search?q=yedek"));
    return request
        .header("Content-Type", "application/json")
        .header("Sec-Fetch-Site", "same-origin")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  @Test
  void keepsOnlyWhatOurOwnPageAsksFor() throws Exception {
    HttpResponse<String> without = it.send(keep(own(SEARCHES), "Gece"));
    HttpResponse<String> wrong =
        it.send(keep(own(SEARCHES).header("X-CSRF-Token", "a".repeat(86)), "Gece"));
    HttpResponse<String> right =
        it.send(keep(own(SEARCHES).header("X-CSRF-Token", formToken), "Gece"));

    assertThat(without.statusCode()).isEqualTo(403);
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(right.statusCode()).isEqualTo(201);
    assertThat(JSON.readTree(it.send(own(SEARCHES)).body()).path("searches")).hasSize(1);
  }

  @Test
  void showsAndDeletesNobodyElsesSearches() throws Exception {
    JsonNode kept =
        JSON.readTree(
            it.send(keep(own(SEARCHES).header("X-CSRF-Token", formToken), "Gece")).body());
    String other = "Bearer " + it.token(Role.ANALYST);
    String path = SEARCHES + "/" + kept.path("id").asLong();

    HttpResponse<String> list = it.send(it.request(SEARCHES).header("Authorization", other));
    HttpResponse<String> theirs = it.send(it.request(path).header("Authorization", other).DELETE());
    HttpResponse<String> mine =
        it.send(
            own(path)
                .header("X-CSRF-Token", formToken)
                .header("Sec-Fetch-Site", "same-origin")
                .DELETE());

    assertThat(JSON.readTree(list.body()).path("searches")).isEmpty();
    assertThat(theirs.statusCode()).isEqualTo(404);
    assertThat(mine.statusCode()).isEqualTo(204);
  }

  @Test
  void saysWhenThereAreTooMany() throws Exception {
    String analyst = "Bearer " + it.token(Role.ANALYST);
    for (int i = 0; i < SavedSearches.MAX; i++) {
      assertThat(
              it.send(keep(it.request(SEARCHES).header("Authorization", analyst), "s" + i))
                  .statusCode())
          .isEqualTo(201);
    }

    HttpResponse<String> more =
        it.send(keep(it.request(SEARCHES).header("Authorization", analyst), "one more"));
    HttpResponse<String> again =
        it.send(keep(it.request(SEARCHES).header("Authorization", analyst), "s7"));

    assertThat(more.statusCode()).isEqualTo(409);
    assertThat(more.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(more.body()).contains(Integer.toString(SavedSearches.MAX));
    assertThat(again.statusCode()).isEqualTo(201);
  }
}
