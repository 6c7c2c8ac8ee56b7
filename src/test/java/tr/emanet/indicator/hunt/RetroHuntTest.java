package tr.emanet.indicator.hunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertFilter;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Facts;
import tr.emanet.alert.HistoryEntry;
import tr.emanet.alert.Hit;
import tr.emanet.alert.Policies;
import tr.emanet.alert.Policy;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.event.SourceAddress;
import tr.emanet.index.EventIndex;
import tr.emanet.index.IndexConfig;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.RevisionRules;
import tr.emanet.indicator.Revisions;
import tr.emanet.indicator.feed.FeedFile;
import tr.emanet.indicator.feed.FeedFormat;
import tr.emanet.indicator.feed.FeedSignature;
import tr.emanet.indicator.feed.FeedTerms;
import tr.emanet.job.JobState;
import tr.emanet.job.Jobs;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceSettings;
import tr.emanet.search.lucene.LuceneHunt;
import tr.emanet.store.Database;
import tr.emanet.store.StoreException;

/** Revisions are hunted, each once and to its end; people hunt for anything. */
class RetroHuntTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final Principal ANALYST =
      new Principal("nalkan", "Nazlı Alkan", Set.of(Role.ANALYST));
  @TempDir Path state;
  private Instant now = Instant.ofEpochMilli(LineJournal.FIRST_MICROS / 1000 + 3_600_000);
  private final InstantSource clock = () -> now;
  private final LineJournal journal = new LineJournal();
  private EventIndex index;
  private Database database;
  private AuditLog audit;
  private Alerts alerts;

  @BeforeEach
  void opens() throws IOException, StoreException {
    index = EventIndex.open(new IndexConfig(state.resolve("index"), ZONE, 16L << 20, 400, 0, 1));
    database = Database.open(state, List.of("audit", "job", "indicator", "alert"));
    audit = new AuditLog(database, clock);
    alerts = new Alerts(database, audit, Policies.fixed(Policy.SHIPPED), Map::of, ZONE, clock);
  }

  @AfterEach
  void closes() throws IOException {
    index.close();
    database.close();
  }

  private static Consumer<Event> parser() {
    return new EventParser(SourceSettings.all(SourceSettings.Sender.TURKEY))::parse;
  }

  private void receive(String... lines) throws IOException {
    for (String line : lines) {
      index(journal.add(line.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void index(long sequence) throws IOException {
    byte[] raw = journal.line(sequence);
    Event event = new Event();
    event.reset(
        raw,
        0,
        raw.length,
        LineJournal.receivedMicros(sequence),
        new SourceAddress("test", new byte[16], 0),
        Attributes.NONE,
        0);
    parser().accept(event);
    boolean added = index.appender().add(event, LineJournal.STREAM, sequence);
    assertThat(added).isTrue();
    index.refresh(sequence);
  }

  private LuceneHunt search() {
    return new LuceneHunt(index, journal, RetroHuntTest::parser);
  }

  private RetroHunt retro(Jobs jobs) {
    return retro(jobs, 1_000);
  }

  private RetroHunt retro(Jobs jobs, int kept) {
    HitMaker maker =
        (event, position, indicator, observed, past) ->
            new Hit(
                Hit.Kind.INDICATOR,
                indicator.feed() + ":" + indicator.value().orElseThrow().text(),
                position,
                Instant.ofEpochMilli(event.timestampMillis()),
                "kisi",
                observed.field(),
                observed.value(),
                past,
                Map.of());
    return new RetroHunt(
        new RetroHunt.Parts(database, jobs, new NeverBlock(List.of()), alerts, maker, clock),
        search(),
        kept);
  }

  private Revision list(String... values) throws IOException, FeedException {
    now = now.plusSeconds(60);
    Path file = Files.writeString(state.resolve("list.txt"), String.join("\n", values) + "\n");
    Revisions revisions =
        new Revisions(
            database,
            audit,
            RevisionRules.DEFAULT,
            new NeverBlock(List.of()),
            clock,
            RevisionListener.NONE);
    return new FeedFile(revisions, FeedSignature.NOBODY)
        .take(file, "list", FeedFormat.PLAIN, new FeedTerms("deneme", 50, "AMBER", 0), null, "-");
  }

  private List<Alert> found() {
    return alerts.list(
        new AlertFilter(AlertFilter.Wanted.ALL, null, null, "", 0), ANALYST, null, 500);
  }

  private Jobs jobs() {
    return new Jobs(database, clock, 100);
  }

  @Test
  void citesTheOldLineOnceHoweverOftenItIsQueued() throws Exception {
    receive("<30>Nov 22 17:27:17 ns1 app: www.KOTU.example istendi", "<30>x: temiz.example");
    list("kotu.example", "198.51.100.7");
    for (int start = 0; start < 2; start++) {
      try (Jobs jobs = jobs()) {
        RetroHunt hunt = retro(jobs);
        hunt.queue();
        hunt.queue();
        jobs.start();
        await().until(() -> jobs.unfinished(RetroHunt.KIND).isEmpty());

        assertThat(jobs.newest(RetroHunt.KIND, 9)).hasSize(1);
        assertThat(found()).hasSize(1);
        Hit hit = alerts.hits(found().getFirst(), 9).getFirst();
        assertThat(hit.retro()).isTrue();
        assertThat(hit.position().sequence()).isEqualTo(1);
        assertThat(hit.value()).isEqualTo("www.KOTU.example");
      }
    }
  }

  @Test
  void keepsSoManyHitsOfOneAlertAndSaysHowManyMoreThereWere() throws Exception {
    String[] lines = new String[25];
    Arrays.fill(lines, "<30>x: sicak.example");
    lines[24] = "<30>x: soguk.example";
    receive(lines);
    list("sicak.example", "soguk.example");
    try (Jobs jobs = jobs()) {
      retro(jobs, 10).queue();
      jobs.start();
      await().until(() -> jobs.unfinished(RetroHunt.KIND).isEmpty());
    }

    Alert hot =
        found().stream().filter(a -> a.key().endsWith("sicak.example")).findFirst().orElseThrow();
    Alert cold =
        found().stream().filter(a -> a.key().endsWith("soguk.example")).findFirst().orElseThrow();
    assertThat(hot.hits()).isEqualTo(10);
    assertThat(alerts.hits(hot, 100)).hasSize(10);
    assertThat(hot.fact(Facts.MORE)).isEqualTo("14");
    assertThat(alerts.history(hot)).extracting(HistoryEntry::what).contains("more");
    assertThat(cold.hits()).isEqualTo(1);
    assertThat(cold.fact(Facts.MORE)).isEmpty();
  }

  @Test
  void staysStoppedOverARestartUntilAPersonResumesIt() throws Exception {
    receive("<30>x: bir.example");
    long late = journal.add("<30>x: bir.example".getBytes(StandardCharsets.UTF_8));
    list("bir.example");
    long id;
    try (Jobs jobs = jobs()) {
      RetroHunt hunt = retro(jobs);
      Hunts hunts = new Hunts(database, jobs, audit, search(), clock);
      hunt.queue();
      jobs.start();
      await().until(() -> !jobs.running().isEmpty());
      id = jobs.newest(RetroHunt.KIND, 1).getFirst().id();
      assertThat(hunts.stop(ANALYST, id)).isTrue();
      await().until(() -> jobs.unfinished(RetroHunt.KIND).isEmpty());
      hunt.queue();
      assertThat(jobs.unfinished(RetroHunt.KIND)).isEmpty();
    }
    index(late);

    try (Jobs jobs = jobs()) {
      RetroHunt hunt = retro(jobs);
      Hunts hunts = new Hunts(database, jobs, audit, search(), clock);
      hunt.queue();
      jobs.start();
      assertThat(jobs.unfinished(RetroHunt.KIND)).isEmpty();
      assertThat(hunts.resumable(jobs.find(id).orElseThrow())).isTrue();
      assertThat(found()).isEmpty();

      assertThat(hunts.resume(ANALYST, id)).isPresent();

      await().until(() -> jobs.unfinished(RetroHunt.KIND).isEmpty());
      assertThat(found()).extracting(Alert::hits).containsExactly(2L);
      assertThat(hunts.resume(ANALYST, id)).isEmpty();
    }
  }

  @Test
  void huntsOnlyWhatARevisionAdded() throws Exception {
    receive("<30>x: bir.example", "<30>x: iki.example");
    list("bir.example");
    try (Jobs jobs = jobs()) {
      RetroHunt hunt = retro(jobs);
      hunt.queue();
      jobs.start();
      await().until(() -> jobs.unfinished(RetroHunt.KIND).isEmpty());
      list("bir.example", "iki.example");
      hunt.queue();
      await()
          .until(
              () ->
                  jobs.newest(RetroHunt.KIND, 9).size() == 2
                      && jobs.unfinished(RetroHunt.KIND).isEmpty());
    }

    assertThat(found()).extracting(Alert::hits).containsExactly(1L, 1L);
    HuntStore store = new HuntStore(database);
    assertThat(store.pending()).isEmpty();
    assertThat(store.mark(2).indicators()).isEqualTo(1);
    assertThat(store.mark(2).hits()).isEqualTo(1);
  }

  @Test
  void waitsForWhatWasReceivedButIsNotIndexedYet() throws Exception {
    receive("<30>x: bir.example");
    long late = journal.add("<30>x: iki.example".getBytes(StandardCharsets.UTF_8));
    list("bir.example", "iki.example");
    try (Jobs jobs = jobs()) {
      retro(jobs).queue();
      jobs.start();
      await()
          .until(
              () ->
                  jobs.running().stream()
                      .anyMatch(job -> job.progress().note().equals("the index catches up")));
      assertThat(found()).isEmpty();
      index(late);
      await().until(() -> jobs.unfinished(RetroHunt.KIND).isEmpty());
    }

    assertThat(found()).extracting(Alert::hits).containsExactly(1L, 1L);
  }

  @Test
  void doesNotHuntWhatIsListedNoMore() throws Exception {
    receive("<30>x: bir.example", "<30>x: iki.example");
    list("bir.example", "iki.example", "uc.example");
    list("iki.example", "uc.example");
    try (Jobs jobs = jobs()) {
      retro(jobs).queue();
      jobs.start();
      await().until(() -> jobs.unfinished(RetroHunt.KIND).isEmpty());
    }

    assertThat(found()).hasSize(1);
    assertThat(alerts.hits(found().getFirst(), 9).getFirst().value()).isEqualTo("iki.example");
  }

  @Test
  void huntsForPeopleAndReadsDefangedValues() throws Exception {
    receive(
        "<30>x: bir.example", "<30>x: http://bir.example/giris 198.51.100.9", "<30>x: iki.example");
    try (Jobs jobs = jobs()) {
      Hunts hunts = new Hunts(database, jobs, audit, search(), clock);
      jobs.start();
      HuntStart start =
          hunts.start(
              ANALYST, List.of("hxxp://bir[.]example/giris", "198.51.100.0/24"), null, null);
      assertThat(start).isInstanceOf(HuntStart.Started.class);
      long id = ((HuntStart.Started) start).hunt().id();
      await().until(() -> hunts.find(id).orElseThrow().state() == JobState.DONE);

      Hunt hunt = hunts.find(id).orElseThrow();
      assertThat(hunt.found()).isEqualTo(2);
      assertThat(hunt.cut()).isFalse();
      assertThat(hunts.found(id, 10))
          .extracting(Finding::wanted)
          .containsExactlyInAnyOrder("bir.example/giris", "198.51.100.0/24");
      assertThat(hunts.stop(ANALYST, id)).isFalse();
    }

    assertThat(audit.page(AuditFilter.ALL, Long.MAX_VALUE, 9))
        .anySatisfy(entry -> assertThat(entry.action()).isEqualTo("hunt.start"));
    assertThat(found()).isEmpty();
  }

  @Test
  void refusesWhatIsNoValueAndNamesIt() {
    Hunts hunts = new Hunts(database, jobs(), audit, search(), clock);

    assertThat(hunts.start(ANALYST, List.of("bir.example", "bosluk var"), null, null))
        .isEqualTo(new HuntStart.BadValue("bosluk var", "indicator.hunt.refused.character"));
    assertThat(hunts.start(ANALYST, List.of(), null, null))
        .isEqualTo(new HuntStart.Refused("indicator.hunt.nothing"));
    assertThat(
            hunts.start(
                ANALYST, List.of("bir.example"), clock.instant(), clock.instant().minusSeconds(1)))
        .isEqualTo(new HuntStart.Refused("indicator.hunt.time"));
    assertThat(hunts.newest(10)).isEmpty();
  }

  @Test
  void knowsWhichPartitionsAreDone() {
    assertThat(Order.done("2026-11-22/syslog", "")).isFalse();
    assertThat(Order.done("2026-11-23/mqtt", "2026-11-22/mqtt")).isTrue();
    assertThat(Order.done("2026-11-22/mqtt", "2026-11-22/syslog")).isTrue();
    assertThat(Order.done("2026-11-22/syslog", "2026-11-22/mqtt")).isFalse();
    assertThat(Order.done("2026-11-21/mqtt", "2026-11-22/syslog")).isFalse();
  }
}
