package tr.emanet.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * More than 200 payloads that once ran or misled in log viewers, through table, opened event, field
 * values, value menu, live tail and both exports in a real browser: nothing runs, nothing hides.
 */
class HostileTextIT {

  private static final String FOUND =
      "/search?f=emanet.parser:hostile&from=-1h&cols=host.name,event.action,user.name,message";
  private static UiServer ui;
  private static List<byte[]> payloads;

  @BeforeAll
  static void start() throws Exception {
    ui = new UiServer();
    payloads = read();
    long at = SampleEvents.NOW.toEpochMilli() - 60_000;
    for (byte[] payload : payloads) {
      ui.app().search.add(ui.app().samples.hostile(at++, payload));
    }
  }

  @AfterAll
  static void stop() {
    if (ui != null) {
      ui.close();
    }
  }

  private static List<byte[]> read() throws Exception {
    try (InputStream in = HostileTextIT.class.getResourceAsStream("/tr/emanet/ui/hostile.json")) {
      List<byte[]> out = new ArrayList<>();
      for (JsonNode node : new ObjectMapper().readTree(in)) {
        out.add(
            node.has("hex")
                ? HexFormat.of().parseHex(node.get("hex").asText())
                : node.get("text").asText().getBytes(StandardCharsets.UTF_8));
      }
      return out;
    }
  }

  private void assertHarmless(Page page) {
    assertThat(page.evaluate("window.hacked === undefined && ({}).hacked === undefined"))
        .isEqualTo(true);
    Object injected =
        page.evaluate(
            "document.querySelectorAll('#answer script, #answer img, #answer iframe, #answer"
                + " svg[onload], #answer object, #answer embed, #answer style, #answer link,"
                + " #answer video, #answer math, #answer [onerror], #answer [onclick], #answer"
                + " [onfocus], #answer [style], #fields script, #fields img, #fields [onerror],"
                + " base[href], .menu img, .menu script').length");
    assertThat(injected).isEqualTo(0);
    Object hidden =
        page.evaluate(
            "[...document.querySelectorAll('#rows, #field-list, .menu')].some(e =>"
                + " /[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]/"
                + ".test(e.innerText))");
    assertThat(hidden).isEqualTo(false);
    ui.assertCalm();
  }

  @Test
  void showsEveryPayloadAsTextInTableAndEvent() {
    assertThat(payloads).hasSizeGreaterThanOrEqualTo(200);
    for (String language : new String[] {"tr", "en"}) {
      Page page = ui.open(FOUND, language, false, 1440, 900);
      int step = language.equals("tr") ? 7 : 60;
      int next = openEach(page, 0, step);
      while (page.locator("#older").count() > 0) {
        int before = page.locator("#rows .row").count();
        page.locator("#older").click();
        assertThat(page.locator("#rows .row").nth(before)).isAttached();
        // While the table is short: the browser lays it all out anew each time.
        next = openEach(page, next, step);
      }
      assertThat(page.locator("#rows .row").count()).isGreaterThanOrEqualTo(payloads.size());
      assertHarmless(page);
      page.context().close();
    }
  }

  /** Opens each row that is a multiple of a step; answers the next one to open. */
  private static int openEach(Page page, int from, int step) {
    int i = from;
    for (int rows = page.locator("#rows .row").count(); i < rows; i += step) {
      page.locator("#rows .expand").nth(i).focus();
      page.keyboard().press("Enter");
      assertThat(page.locator(".event .rawline")).isVisible();
      page.locator(".event [data-tab=json]").click();
      page.keyboard().press("Escape");
      assertThat(page.locator(".event")).hasCount(0);
    }
    return i;
  }

  @Test
  void showsEveryPayloadAsTextInValuesMenusAndFilters() {
    Page page = ui.open(FOUND + "&group=user.name", "tr", true, 1440, 900);
    for (int i = 0; i < 100; i += 14) {
      page.locator(".grouped .v").nth(i).click();
      assertThat(page.locator("[role=menu]")).isVisible();
      page.keyboard().press("Escape");
    }
    page.locator(".f[data-field='hostile.case'] button").first().click();
    assertThat(page.locator(".top5 li").first()).isVisible();
    assertHarmless(page);

    for (int i = 0; i < payloads.size(); i += 24) {
      String text = new String(payloads.get(i), StandardCharsets.UTF_8);
      if (text.length() < 500) {
        page.evaluate(
            "v => { const u = new URL('/search', location.origin); u.searchParams.set('q', '\"' + v"
                + " + '\"'); u.searchParams.append('f', 'user.name:' + v); location.assign(u); }",
            text);
        page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
        assertThat(page.locator("#query")).isVisible();
        assertHarmless(page);
      }
    }
    page.context().close();
  }

  @Test
  void showsEveryPayloadAsTextInTheLiveTail() {
    Page page = ui.open(FOUND, "en", false, 1440, 900);
    page.locator("#live").click();
    assertThat(page.locator("#live")).hasAttribute("aria-pressed", "true");
    List<byte[]> some = payloads.subList(0, 90);
    long at = SampleEvents.NOW.toEpochMilli() - 1000;
    for (byte[] payload : some) {
      ui.app().search.add(ui.app().samples.hostile(at++, payload));
    }

    assertThat(page.locator("#pending")).containsText("90");
    page.locator("#pending").click();

    assertThat(page.locator("#rows .row")).hasCount(140);
    assertHarmless(page);
    page.context().close();
  }

  @Test
  void exportsWithoutFormulasOrControlCharacters() throws Exception {
    String query = "filter=emanet.parser:hostile&from=-1h";
    HttpResponse<String> csv =
        get("/api/v1/export?format=csv&columns=host.name,user.name,message&" + query);
    HttpResponse<String> json = get("/api/v1/export?format=ndjson&" + query);

    assertThat(csv.headers().firstValue("Content-Disposition"))
        .hasValueSatisfying(v -> assertThat(v).startsWith("attachment"));
    List<CsvRecord> records = new ArrayList<>();
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(csv.body().substring(1))) {
      reader.forEach(records::add);
    }
    assertThat(records).hasSizeGreaterThan(payloads.size());
    for (CsvRecord record : records) {
      assertThat(record.getFieldCount()).isEqualTo(6);
      for (String field : record.getFields()) {
        assertThat(field).doesNotMatch("(?s)^\\s*[=+\\-@＝＋－＠|%].*");
        assertThat(field)
            .doesNotMatch("(?s).*[\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\u200b].*");
      }
    }
    ObjectMapper mapper = new ObjectMapper();
    List<String> lines = json.body().lines().toList();
    assertThat(lines).hasSize(records.size() - 1);
    for (String line : lines) {
      assertThat(mapper.readTree(line).isObject()).isTrue();
      assertThat(line).doesNotMatch(".*[\\x00-\\x1f].*");
    }
    assertThat(ui.app().exports).hasSize(2).allMatch(e -> e.startsWith("nalkan "));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(ui.url(path))).build(),
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }
}
