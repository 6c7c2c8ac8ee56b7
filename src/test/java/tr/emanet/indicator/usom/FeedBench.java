package tr.emanet.indicator.usom;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import tr.emanet.audit.AuditLog;
import tr.emanet.demo.usom.UsomFault;
import tr.emanet.demo.usom.UsomSimulator;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.RevisionRules;
import tr.emanet.indicator.Revisions;
import tr.emanet.indicator.feed.Bounds;
import tr.emanet.indicator.feed.Download;
import tr.emanet.store.Database;

/** A store, a client and a clock that stands; pauses are noted, not waited for. */
final class FeedBench implements AutoCloseable {

  static final Principal ADMINISTRATOR = new Principal("ayse", "Ayşe", Set.of(Role.ADMINISTRATOR));

  final List<Duration> pauses = new ArrayList<>();
  final List<String> alarms = new ArrayList<>();
  final List<Revision> applied = new ArrayList<>();
  final NeverBlock neverBlock = new NeverBlock(List.of("ornek.bel.tr", "192.0.2.0/24"));
  final Database database;
  final AuditLog audit;
  final Revisions revisions;
  final IndicatorStore store;
  final UsomStore words;
  Bounds bounds = Bounds.DEFAULT;
  private Instant now = Instant.parse("2026-11-22T09:00:00Z");

  FeedBench(Path state) throws Exception {
    InstantSource clock = () -> now;
    this.database = Database.open(state, List.of("audit", "asset", "alert", "indicator"));
    this.audit = new AuditLog(database, clock);
    this.revisions =
        new Revisions(database, audit, RevisionRules.DEFAULT, neverBlock, clock, listener());
    this.store = new IndicatorStore(database);
    this.words = new UsomStore(database);
  }

  private RevisionListener listener() {
    return new RevisionListener() {
      @Override
      public void applied(Revision revision) {
        applied.add(revision);
      }

      @Override
      public void failed(String feed, FeedFailure failure, String detail) {
        alarms.add(failure.id() + " " + detail);
      }
    };
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  UsomSimulator simulator(int rows, UsomFault... faults) throws IOException {
    return UsomSimulator.start(
        new UsomSimulator.Options(rows, 0, 1, Set.of(faults), Duration.ofMillis(20)), () -> now);
  }

  UsomSync sync(String url) {
    return new UsomSync(
        new UsomConfig(url, "/api", "", "", 0),
        () ->
            new Download(
                new Download.Access(null, null, Duration.ZERO, bounds, Map.of()),
                pauses::add,
                new Random(1)),
        revisions,
        RevisionRules.DEFAULT,
        words,
        () -> now);
  }

  /** Values in force. */
  Set<String> inForce() {
    Set<String> out = new TreeSet<>();
    store.inForce(neverBlock, now, i -> out.add(i.value().orElseThrow().text()));
    return out;
  }

  int listed() {
    return store.counts().getOrDefault(UsomSync.FEED, 0);
  }

  Indicator only(String value) {
    return store
        .page(
            new tr.emanet.indicator.IndicatorFilter(value, "", "", "", "", "", Long.MAX_VALUE, 10))
        .getFirst();
  }

  @Override
  public void close() {
    database.close();
  }
}
