package tr.emanet.indicator.usom;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.alert.measure.Measures;
import tr.emanet.asset.AssetCsv;
import tr.emanet.asset.Assets;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.ChainCheck;
import tr.emanet.demo.usom.UsomSimulator;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.indicator.notice.NoticeChange;
import tr.emanet.indicator.notice.NoticeDesk;
import tr.emanet.indicator.notice.NoticeKey;
import tr.emanet.indicator.notice.NoticeTask;
import tr.emanet.indicator.notice.NoticeWatch;

/** R7: the interface publishes a notice, an asset is affected, and a person takes the measure. */
class NoticeToTaskIT {

  private static final Principal ANALYST =
      new Principal("nalkan", "Nazlı Alkan", Set.of(Role.ANALYST));

  @TempDir Path state = Path.of("");

  @Test
  void aNoticeBecomesATaskThatEndsOnlyWithTheMeasure() throws Exception {
    try (FeedBench bench = new FeedBench(state);
        UsomSimulator simulator = bench.simulator(50)) {
      Assets assets = new Assets(bench.database, bench.audit, bench::now);
      NoticeDesk desk =
          new NoticeDesk(
              bench.database,
              bench.audit,
              new Measures(bench.database, bench.audit, bench::now),
              assets,
              ZoneId.of("Europe/Istanbul"),
              bench::now);
      NoticeWatch watch = new NoticeWatch(desk, assets);
      UsomSync sync = bench.sync(simulator.url());
      sync.run(true);
      inventory(assets);
      watch.compare();
      int before = desk.tasks(null, null, 500).size();

      String slug = publish(simulator, "Acme Gateway X 3.2.1 ve öncesi (CVE-2026-99990)");
      bench.pass(Duration.ofMinutes(61));
      sync.tick();
      watch.compare();
      watch.compare();

      NoticeKey notice = desk.find(slug, ANALYST).orElseThrow().key();
      NoticeTask task = desk.tasks(notice).getFirst();
      assertThat(desk.tasks(null, null, 500)).hasSize(before + 1);
      assertThat(task.owner()).isEqualTo("byilmaz");
      assertThat(task.due()).isEqualTo(LocalDate.of(2026, 11, 29));
      assertThat(desk.find(slug, ANALYST).orElseThrow().cves()).containsExactly("CVE-2026-99990");
      assertThat(desk.closeTask(ANALYST, task.number(), "  "))
          .isEqualTo(new NoticeChange.Refused("no-text"));
      assertThat(desk.closeTask(ANALYST, task.number(), "3.2.2 kuruldu"))
          .isEqualTo(new NoticeChange.Done(notice, task.number()));
      assertThat(desk.find(slug, ANALYST).orElseThrow().tally().closed()).isTrue();
      List<AuditEntry> chain = bench.audit.page(AuditFilter.ALL, Long.MAX_VALUE, 500).reversed();
      assertThat(chain)
          .extracting(AuditEntry::action)
          .containsSubsequence(
              "assets.import",
              "notice.task.create",
              "measure.record",
              "notice.task.close",
              "notice.close");
      assertThat(bench.audit.verify()).isInstanceOf(ChainCheck.Intact.class);
    }
  }

  private static void inventory(Assets assets) {
    String csv =
        """
        address,name,kind,unit,owner,criticality,vendor,product,version
        10.0.0.7,gw,network,,byilmaz,high,Acme,Gateway X,3.2.0
        10.0.0.8,gw2,network,,byilmaz,high,Acme,Gateway X,3.3.0
        """;
    var good = (AssetCsv.Reading.Good) AssetCsv.read(csv.getBytes(StandardCharsets.UTF_8));
    Principal admin = new Principal("admin", "Admin", Set.of(Role.ADMINISTRATOR));
    assertThat(assets.apply(admin, "assets.csv", good.entries(), -1))
        .isInstanceOf(Assets.Import.Done.class);
  }

  private static String publish(UsomSimulator simulator, String title) throws Exception {
    String query = URLEncoder.encode(title, StandardCharsets.UTF_8);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(simulator.url() + "/simulator/notice?title=" + query))
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body().replaceAll(".*\"slug\":\"([^\"]+)\".*", "$1");
    }
  }
}
