package tr.emanet.alert;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.search.Masking;
import tr.emanet.store.Database;
import tr.emanet.store.StoreException;
import tr.emanet.web.Language;
import tr.emanet.web.TextCatalog;

/** Alerts on a real database, with hits made by hand. */
final class AlertsFixture implements AutoCloseable, InstantSource {

  static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  static final Principal ANALYST =
      new Principal("nalkan", "Nazlı Alkan", Set.of(Role.ANALYST, Role.ADMINISTRATOR));

  final Database database;
  final AuditLog audit;
  Alerts alerts;
  private final Path state;
  private volatile Instant now = START;

  AlertsFixture(Path state) throws StoreException {
    this(state, Policy.SHIPPED);
  }

  AlertsFixture(Path state, Policy policy) throws StoreException {
    this.state = state;
    this.database = Database.open(state, List.of("audit", "alert"));
    this.audit = new AuditLog(database, this);
    this.alerts =
        new Alerts(
            database,
            audit,
            Policies.fixed(policy),
            () -> Map.of("nalkan", "Nazlı Alkan"),
            ZONE,
            this);
  }

  /** Somebody who reads messages. */
  static Addressee reader(String channel, Language language, boolean masked) {
    Masking masking = new Masking(Masking.OWN_NETWORKS, new byte[32]);
    return new Addressee(
        channel,
        Optional.empty(),
        false,
        masked ? text -> masking.shown("message", text, List.of()) : text -> text,
        new TextCatalog(List.of("web", "indicator", "alert"), ZONE).in(language),
        "https://emanet.example");
  }

  /** The same state directory as after a restart. */
  AlertsFixture again() throws StoreException {
    database.close();
    return new AlertsFixture(state);
  }

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A hit of a domain of a class. */
  static Hit hit(long sequence, String domain, String asset, String type, String... facts) {
    Map<String, String> all = new HashMap<>();
    all.put(Facts.INDICATOR, domain);
    all.put(Facts.TYPE, "domain");
    all.put(Facts.HOW, "suffix");
    all.put(Facts.FEED, "usom");
    all.put(Facts.CLASS, type);
    for (int i = 0; i < facts.length; i += 2) {
      all.put(facts[i], facts[i + 1]);
    }
    return new Hit(
        Hit.Kind.INDICATOR,
        "usom:domain:" + domain,
        new Position("standard", sequence),
        START.plusSeconds(sequence),
        asset,
        "dns.question.name",
        "m." + domain,
        false,
        all);
  }

  static Hit retro(Hit hit, Instant at) {
    return new Hit(
        hit.kind(),
        hit.key(),
        hit.position(),
        at,
        hit.asset(),
        hit.field(),
        hit.value(),
        true,
        hit.facts());
  }

  Alert only() {
    return alerts.list(AlertFilter.OPEN, ANALYST, null, 10).getFirst();
  }

  List<Alert> open() {
    return alerts.list(AlertFilter.OPEN, ANALYST, null, 10);
  }

  List<Alert> all() {
    return alerts.list(
        new AlertFilter(AlertFilter.Wanted.ALL, null, null, "", 0), ANALYST, null, 500);
  }

  List<String> actions() {
    return audit.page(AuditFilter.ALL, Long.MAX_VALUE, 500).stream()
        .map(AuditEntry::action)
        .toList();
  }

  @Override
  public void close() {
    database.close();
  }
}
