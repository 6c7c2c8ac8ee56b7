package tr.emanet.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.audit.ChainCheck;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.store.Database;

class AssetsTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T08:00:00Z"));
  private static final Principal ADMIN =
      new Principal("admin", "Yönetici", Set.of(Role.ADMINISTRATOR));

  @TempDir Path state;
  private Database database;
  private AuditLog audit;
  private Assets assets;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(state, List.of("audit", "asset"));
    audit = new AuditLog(database, CLOCK);
    assets = new Assets(database, audit, CLOCK);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static List<AssetEntry> file(String rows) {
    String text = "address,name,kind,unit,owner,criticality,vendor,product,version\n" + rows;
    return ((AssetCsv.Reading.Good) AssetCsv.read(text.getBytes(StandardCharsets.UTF_8))).entries();
  }

  @Test
  void appliesExactlyWhatThePreviewSaid() {
    AtomicInteger told = new AtomicInteger();
    assets.onChange(told::incrementAndGet);
    assets.apply(
        ADMIN,
        "first.csv",
        file(
            """
            10.1.1.1,web01,server,,,,nginx,nginx,1.20.1
            10.1.1.2,pc,client,,,,,,
            10.1.1.3,old,client,,,,,,
            """),
        -1);
    List<AssetEntry> second =
        file(
            """
            10.1.1.1,web01,server,,,,nginx,nginx,1.26.0
            10.1.1.2,pc,client,,,,,,
            10.0.0.0/8,all,network,,,,,,
            """);

    ImportPlan plan = assets.plan(second);
    var outcome = (Assets.Import.Done) assets.apply(ADMIN, "second.csv", second, plan.revision());

    assertThat(outcome.plan()).isEqualTo(plan);
    assertThat(plan.added()).extracting(AssetEntry::name).containsExactly("all");
    assertThat(plan.changed()).extracting(c -> c.after().name()).containsExactly("web01");
    assertThat(plan.removed()).extracting(AssetEntry::name).containsExactly("old");
    assertThat(plan.unchanged()).isEqualTo(1);
    assertThat(assets.called("10.1.1.3")).extracting(AssetEntry::name).isEqualTo("all");
    assertThat(told).hasValue(2);
    assertThat(audit.page(AuditFilter.ALL, Long.MAX_VALUE, 10))
        .extracting(e -> e.action())
        .containsExactly("assets.import", "assets.import");
    assertThat(audit.verify()).isInstanceOf(ChainCheck.Intact.class);
    Assets again = new Assets(database, audit, CLOCK);
    assertThat(again.inventory().entries()).hasSize(3);
    assertThat(again.of("10.1.1.1"))
        .isNotNull()
        .extracting(AssetEntry::products, list(Product.class))
        .containsExactly(new Product("nginx", "nginx", "1.26.0"));
  }

  @Test
  void refusesAPreviewOfAnOlderInventory() {
    List<AssetEntry> file = file("10.1.1.1,web01,server,,,,,,\n");
    long seen = assets.plan(file).revision();
    assets.apply(ADMIN, "other.csv", file("10.1.1.2,web02,server,,,,,,\n"), seen);

    assertThat(assets.apply(ADMIN, "late.csv", file, seen)).isInstanceOf(Assets.Import.Stale.class);
    assertThat(assets.of("10.1.1.1")).isNull();
  }

  @Test
  void anImportWithoutChangeKeepsTheRevision() {
    List<AssetEntry> file = file("10.1.1.1,web01,server,,,,,,\n");
    assets.apply(ADMIN, "a.csv", file, -1);
    long revision = assets.inventory().revision();

    assets.apply(ADMIN, "a.csv", file, -1);

    assertThat(assets.inventory().revision()).isEqualTo(revision);
  }
}
