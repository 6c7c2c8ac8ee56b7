package tr.emanet.indicator.notice;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import tr.emanet.alert.measure.Measures;
import tr.emanet.asset.AssetCsv;
import tr.emanet.asset.Assets;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.store.Database;

/** A desk on a real database; notices are put in as the feed does. */
final class NoticesFixture implements AutoCloseable, InstantSource {

  static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  static final Principal ANALYST =
      new Principal("nalkan", "Nazlı Alkan", Set.of(Role.ANALYST, Role.ADMINISTRATOR));
  static final String INVENTORY =
      """
      address,name,kind,unit,owner,criticality,vendor,product,version
      10.0.0.1,fgt-merkez,network,Bilgi İşlem,byilmaz,critical,Fortinet,FortiOS,7.4.3
      10.0.0.2,fgt-sube,network,Bilgi İşlem,byilmaz,high,Fortinet,FortiOS,7.6.1
      10.0.0.3,web01,server,Yazı İşleri,,medium,F5,nginx,1.20.1
      10.0.0.4,ebys,server,Yazı İşleri,eozturk,low,Apache Software Foundation,Apache Tomcat,
      """;

  final Database database;
  final AuditLog audit;
  final Assets assets;
  final NoticeDesk desk;
  final NoticeWatch watch;
  final NoticeRows rows;
  private volatile Instant now = START;

  NoticesFixture(Path state) throws Exception {
    database = Database.open(state, List.of("audit", "asset", "alert", "indicator"));
    audit = new AuditLog(database, this);
    assets = new Assets(database, audit, this);
    desk = new NoticeDesk(database, audit, new Measures(database, audit, this), assets, ZONE, this);
    watch = new NoticeWatch(desk, assets);
    rows = new NoticeRows(database);
  }

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  void inventory(String csv) {
    AssetCsv.Reading.Good good =
        (AssetCsv.Reading.Good) AssetCsv.read(csv.getBytes(StandardCharsets.UTF_8));
    Assets.Import ignored = assets.apply(ANALYST, "test.csv", good.entries(), -1);
  }

  /** Publishes or edits incident {@code id}, and compares. */
  NoticeKey notice(long id, String title, String text) {
    rows.put(id, title, text, true, now);
    watch.compare();
    return new NoticeKey("incident", id);
  }

  NoticeRow row(NoticeKey key) {
    return desk.find(key.id(), ANALYST).orElseThrow();
  }

  List<String> actions() {
    return audit.page(AuditFilter.ALL, Long.MAX_VALUE, 500).stream()
        .map(AuditEntry::action)
        .toList()
        .reversed();
  }

  @Override
  public void close() {
    database.close();
  }
}
