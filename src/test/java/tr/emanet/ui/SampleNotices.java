package tr.emanet.ui;

import io.dropwizard.core.setup.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tr.emanet.alert.measure.Measures;
import tr.emanet.asset.AssetCsv;
import tr.emanet.asset.Assets;
import tr.emanet.asset.http.AssetLinks;
import tr.emanet.asset.http.AssetsApiResource;
import tr.emanet.asset.http.AssetsResource;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.indicator.notice.NoticeDesk;
import tr.emanet.indicator.notice.NoticeRows;
import tr.emanet.indicator.notice.NoticeWatch;
import tr.emanet.indicator.notice.http.NoticesApiResource;
import tr.emanet.indicator.notice.http.NoticesResource;
import tr.emanet.store.Database;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;

/** An inventory and the notices of a week, one of them hostile. */
final class SampleNotices {

  private static final String INVENTORY =
      """
      adres;ad;tür;birim;sorumlu;önem;üretici;ürün;sürüm
      10.20.0.1;fgt-merkez;ağ;Bilgi İşlem;nalkan;kritik;Fortinet;FortiOS;7.4.3
      10.20.1.5;ebys-uyg01;sunucu;Yazı İşleri;Destek masası;yüksek;Apache;Apache Tomcat;
      10.20.1.5;;;;;;PostgreSQL;PostgreSQL;15.4
      10.20.1.9;web01;sunucu;Basın Yayın;;orta;F5;nginx;1.20.1
      10.20.7.114;gelir-pc14;istemci;Mali Hizmetler;;düşük;;;
      10.20.0.0/16;kampüs;ağ;Bilgi İşlem;nalkan;orta;;;
      """;

  final NoticeDesk desk;
  final NoticeRows rows;
  final NoticeWatch watch;
  private final Assets assets;
  private final Measures measures;

  SampleNotices() {
    InstantSource clock = InstantSource.fixed(SampleEvents.NOW);
    try {
      Path directory = Files.createTempDirectory("emanet-notices");
      directory.toFile().deleteOnExit();
      Database database = Database.open(directory, List.of("audit", "asset", "alert", "indicator"));
      AuditLog audit = new AuditLog(database, clock);
      assets = new Assets(database, audit, clock);
      measures = new Measures(database, audit, clock);
      desk = new NoticeDesk(database, audit, measures, assets, UiApp.ZONE, clock);
      rows = new NoticeRows(database);
      watch = new NoticeWatch(desk, assets);
    } catch (IOException e) {
      throw new IllegalStateException("no place for the notices of the test", e);
    }
    fill();
  }

  private void fill() {
    var good = (AssetCsv.Reading.Good) AssetCsv.read(INVENTORY.getBytes(StandardCharsets.UTF_8));
    Principal admin = new Principal("admin", "Yönetici", Set.of(Role.ADMINISTRATOR));
    Assets.Import ignored = assets.apply(admin, "envanter.csv", good.entries(), -1);
    put(
        9999,
        "Fortinet FortiOS Güvenlik Bildirimi (CVE-2026-10001)",
        "FortiOS ürününde uzaktan kod yürütmeye yol açan bir zafiyet bulunmuştur.</p><p>FortiOS"
            + " 7.4.0 ile 7.4.4 arasındaki ve 7.2.8 öncesi sürümler etkilenmektedir.</p><p>Ayrıntı:"
            + " https://uretici.example/psirt/1. CVE-2026-10001, CVE-2026-10002",
        0);
    put(155, "Apache Tomcat Güvenlik Bildirimi", "Apache Tomcat 9.0.80 öncesi etkilenir.", 1);
    put(154, "nginx Güvenlik Bildirimi (CVE-2026-20037)", "nginx 1.25.3 öncesi etkilenir.", 2);
    put(153, "OpenSSH Güvenlik Bildirimi", "OpenSSH 9.8p1 öncesi sürümler etkilenir.", 3);
    put(
        152,
        "<script>window.hacked=1</script> \u202eters \u0007 zil",
        "<img src=x onerror=window.hacked=1> &lt;script&gt;window.hacked=1&lt;/script&gt;"
            + " javascript:alert(1) https://a@b.example/x http://c.example/y",
        4);
    int compared = watch.compare();
    if (compared == 0) {
      throw new IllegalStateException("nothing was compared");
    }
  }

  /** A notice that comes while somebody looks. */
  void add(long id, String title, String text) {
    put(id, title, text, 0);
    int ignored = watch.compare();
  }

  private void put(long id, String title, String text, int daysAgo) {
    rows.put(id, title, text, true, SampleEvents.NOW.minus(Duration.ofDays(daysAgo)));
  }

  void install(Environment environment, Pages pages, Shells shells) {
    environment
        .jersey()
        .register(
            new NoticesResource(
                desk,
                measures,
                () -> Map.of("nalkan", "Nazlı Alkan", "byilmaz", "Barış Yılmaz"),
                pages,
                shells));
    environment.jersey().register(new NoticesApiResource(desk, shells));
    environment
        .jersey()
        .register(new AssetsResource(assets, AssetLinks.NONE, new SecureRandom(), pages, shells));
    environment.jersey().register(new AssetsApiResource(assets, shells));
  }
}
