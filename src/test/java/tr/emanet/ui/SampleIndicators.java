package tr.emanet.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.setup.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import tr.emanet.access.Access;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertFilter;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.alert.MatchStore;
import tr.emanet.alert.Policies;
import tr.emanet.alert.Policy;
import tr.emanet.alert.Severity;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Passwords;
import tr.emanet.crypto.Tokens;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.indicator.Codes;
import tr.emanet.indicator.FeedEntry;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.IndicatorListStore;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionDiffStore;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.RevisionRules;
import tr.emanet.indicator.Revisions;
import tr.emanet.indicator.feed.Bounds;
import tr.emanet.indicator.feed.Download;
import tr.emanet.indicator.feed.FeedSchedule;
import tr.emanet.indicator.feed.FeedSignature;
import tr.emanet.indicator.http.BlockListsScreenResource;
import tr.emanet.indicator.http.FeedActs;
import tr.emanet.indicator.http.FeedsScreenResource;
import tr.emanet.indicator.http.HuntScreenResource;
import tr.emanet.indicator.http.IndicatorFacts;
import tr.emanet.indicator.http.IndicatorScreenResource;
import tr.emanet.indicator.hunt.Hunts;
import tr.emanet.indicator.list.BlockList;
import tr.emanet.indicator.list.BlockLists;
import tr.emanet.indicator.list.ListDoor;
import tr.emanet.indicator.list.ListKind;
import tr.emanet.indicator.usom.UsomConfig;
import tr.emanet.indicator.usom.UsomStore;
import tr.emanet.indicator.usom.UsomSync;
import tr.emanet.job.Jobs;
import tr.emanet.overview.HistoryStore;
import tr.emanet.overview.ShiftFacts;
import tr.emanet.overview.ShiftResource;
import tr.emanet.overview.SystemResource;
import tr.emanet.overview.SystemSnapshot;
import tr.emanet.search.EventHunt;
import tr.emanet.search.HuntTerms;
import tr.emanet.search.Masking;
import tr.emanet.search.TimeRange;
import tr.emanet.store.Database;
import tr.emanet.web.Health;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;

/** Lists of two feeds with hostile values in them, a hit, and what the shift page asks. */
final class SampleIndicators {

  static final String HIT = "e-belediye-odeme.example";
  private static final int ROWS = 250;

  final List<String> hostile = new ArrayList<>();
  final Revisions revisions;
  final Database database;
  private Instant now = SampleEvents.NOW.minus(Duration.ofHours(2));
  private final InstantSource clock = () -> now;
  private final NeverBlock neverBlock = new NeverBlock(List.of("ornek.bel.tr"));
  private final Masking masking = new Masking(Masking.OWN_NETWORKS, new byte[32]);
  private final Path spool;
  private final Alerts alerts;
  private final Hunts hunts;
  private final Jobs jobs;

  SampleIndicators() {
    try {
      Path directory = Files.createTempDirectory("emanet-indicators");
      directory.toFile().deleteOnExit();
      spool = directory.resolve("spool");
      database =
          Database.open(
              directory,
              List.of("audit", "access", "job", "asset", "indicator", "alert", "overview"));
      AuditLog audit = new AuditLog(database, clock);
      revisions =
          new Revisions(database, audit, RevisionRules.DEFAULT, neverBlock, clock, new Silent());
      alerts =
          new Alerts(
              database,
              audit,
              Policies.fixed(Policy.SHIPPED),
              () -> Map.of("nalkan", "Nazlı Alkan"),
              UiApp.ZONE,
              clock);
      jobs = new Jobs(database, clock, 100);
      hunts = new Hunts(database, jobs, audit, new NothingFound(), clock);
      fill();
    } catch (IOException | FeedException e) {
      throw new IllegalStateException("no place for the indicators of the test", e);
    }
  }

  void install(Environment environment, Pages pages, Shells shells) {
    MatchStore matches = new MatchStore(database);
    IndicatorFacts facts =
        new IndicatorFacts(
            new IndicatorStore(database),
            new IndicatorListStore(database),
            new UsomStore(database),
            matches,
            neverBlock,
            i ->
                i.value()
                    .map(v -> i.feed() + ":" + v.kind().id() + ":" + v.text())
                    .filter(key -> key.length() < 200)
                    .orElse(""));
    FeedSchedule schedule = schedule();
    FeedActs acts = new FeedActs(revisions, FeedSignature.NOBODY, schedule, spool, clock);
    environment
        .jersey()
        .register(new IndicatorScreenResource(facts, revisions, masking, pages, shells));
    environment
        .jersey()
        .register(
            new FeedsScreenResource(
                revisions, schedule, acts, facts, new RevisionDiffStore(database), pages, shells));
    environment.jersey().register(lists(pages, shells));
    environment.jersey().register(new HuntScreenResource(hunts, masking, pages, shells));
    environment
        .jersey()
        .register(
            new ShiftResource(new Calm(), new HistoryStore(database), masking, pages, shells));
    environment
        .jersey()
        .register(
            new SystemResource(
                new CalmSystem(), new HistoryStore(database), masking, pages, shells));
    jobs.start();
    environment.lifecycle().manage(new io.dropwizard.lifecycle.AutoCloseableManager(jobs));
  }

  /** One list of domains, made at once. */
  private BlockListsScreenResource lists(Pages pages, Shells shells) {
    SecureRandom random = new SecureRandom();
    AuditLog audit = new AuditLog(database, clock);
    try {
      BlockLists lists =
          new BlockLists(
              List.of(
                  new BlockList(
                      "alan-adi", ListKind.DOMAIN, Set.of(), 100, Severity.LOW, 0, false)),
              new BlockLists.Sources(
                  new IndicatorStore(database), neverBlock, () -> Policy.SHIPPED),
              database,
              spool.resolveSibling("lists"),
              clock);
      lists.make();
      Passwords passwords = new Passwords(random, new Passwords.Cost(64, 1, 1));
      Access access = Access.wire(database, audit, passwords, random, clock);
      ListDoor door =
          new ListDoor(lists, database, access.keys(), new Tokens(random), audit, clock);
      return new BlockListsScreenResource(lists, door, pages, shells);
    } catch (IOException e) {
      throw new IllegalStateException("no place for the lists of the test", e);
    }
  }

  private FeedSchedule schedule() {
    UsomSync sync =
        new UsomSync(
            new UsomConfig("http://127.0.0.1:9", "/api", "", "", 0),
            SampleIndicators::nowhere,
            revisions,
            RevisionRules.DEFAULT,
            new UsomStore(database),
            clock);
    return new FeedSchedule(sync, List.of(), SampleIndicators::nowhere, revisions, clock);
  }

  private static Download nowhere() {
    return new Download(
        new Download.Access(null, null, Duration.ZERO, Bounds.DEFAULT, Map.of()),
        pause -> {},
        new Random(1));
  }

  private void fill() throws IOException, FeedException {
    List<FeedEntry> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(entry("n" + i, "kargo-takip-" + i + ".example", i % 2 == 0 ? "PH" : "BC"));
    }
    rows.add(entry("hit", HIT, "PH"));
    rows.add(entry("own", "posta.ornek.bel.tr", "PH"));
    int number = 0;
    try (InputStream in =
        SampleIndicators.class.getResourceAsStream("/tr/emanet/ui/hostile.json")) {
      for (JsonNode node : new ObjectMapper().readTree(in)) {
        String text =
            node.has("hex")
                ? new String(
                    HexFormat.of().parseHex(node.get("hex").asText()), StandardCharsets.UTF_8)
                : node.get("text").asText();
        if (!text.isBlank() && number++ % 3 == 0) {
          hostile.add(text);
          rows.add(entry("x" + number, "http://kotu.example/" + text, text));
        }
      }
    }
    apply(rows);
    apply(rows.subList(20, rows.size()));
    Revisions.Draft draft = revisions.begin("sektor", Revision.Kind.IMPORT, "liste.txt", "nalkan");
    revisions.signed(draft, "unchecked");
    revisions.stage(
        draft, List.of(entry("g", "gov.tr", ""), entry("y", "\"><b>yeni</b>.example", "")), "");
    Revision waiting = revisions.finish(draft, true, "");
    if (waiting.state() != Revision.State.WAITING) {
      throw new IllegalStateException("a poisoned list came into force");
    }
    hits();
  }

  private static FeedEntry entry(String id, String raw, String code) {
    return new FeedEntry(
        id,
        raw,
        null,
        new Codes("domain", "PH", "SO", code, 4),
        SampleEvents.NOW.minus(Duration.ofHours(3)),
        null);
  }

  private void apply(List<FeedEntry> rows) throws FeedException {
    Revisions.Draft draft =
        revisions.begin("usom", Revision.Kind.FULL, "http://127.0.0.1:9", AuditLog.NOBODY);
    revisions.stage(draft, rows, "");
    Revision ignored = revisions.finish(draft, true, "");
    now = now.plus(Duration.ofHours(1));
  }

  private void hits() {
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      hits.add(
          new Hit(
              Hit.Kind.INDICATOR,
              "usom:domain:" + HIT,
              new Position("standard", 10 + i),
              SampleEvents.NOW.minusSeconds(60L * i + 5),
              "10.20.7.114",
              "dns.question.name",
              "m." + HIT,
              i == 2,
              Map.of(
                  Facts.INDICATOR, HIT,
                  Facts.TYPE, "domain",
                  Facts.CLASS, "AC",
                  Facts.FEED, "usom")));
    }
    int ignored = alerts.accept(hits);
  }

  /** Nobody listens. */
  private static final class Silent implements RevisionListener {
    @Override
    public void applied(Revision revision) {
      // The screens read the store.
    }

    @Override
    public void failed(String feed, FeedFailure failure, String detail) {
      // The store remembers it.
    }
  }

  /** An index without events. */
  private static final class NothingFound implements EventHunt {
    @Override
    public long received() {
      return 0;
    }

    @Override
    public boolean searchable(long sequence) {
      return true;
    }

    @Override
    public List<String> partitions() {
      return List.of("2026-11-22/standard", "2026-11-21/standard");
    }

    @Override
    public long hunt(String partition, HuntTerms terms, TimeRange range, Hunter hunter) {
      return 0;
    }
  }

  /** The facts of a night with one critical alert. */
  private final class Calm implements ShiftFacts {
    @Override
    public SystemSnapshot system() {
      return new CalmSystem().take();
    }

    @Override
    public long rate() {
      return 1284;
    }

    @Override
    public int retentionDays() {
      return 730;
    }

    @Override
    public Open alerts(Principal who) {
      List<Alert> open = alerts.list(AlertFilter.OPEN, who, null, 10);
      return new Open(alerts.counts(AlertFilter.OPEN, who), open);
    }

    @Override
    public Usom usom(Principal who, Texts texts, Instant now) {
      return new Usom(
          List.of(new Feed("USOM/SGB", Health.OK, texts.get("feeds.says.ok", "02:58"), 1)),
          214,
          3,
          485_312,
          Optional.of(new Hunt(Health.OK, texts.get("hunt.state.done"))),
          OptionalLong.of(1),
          0,
          OptionalLong.of(2));
    }
  }
}
