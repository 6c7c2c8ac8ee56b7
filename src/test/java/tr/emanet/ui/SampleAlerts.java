package tr.emanet.ui;

import io.dropwizard.core.setup.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.alert.Alert;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.alert.Policies;
import tr.emanet.alert.Policy;
import tr.emanet.alert.http.AlertsApiResource;
import tr.emanet.alert.http.AlertsResource;
import tr.emanet.alert.http.MeasuresApiResource;
import tr.emanet.alert.measure.Answers;
import tr.emanet.alert.measure.Evidence;
import tr.emanet.alert.measure.Measures;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.search.Masking;
import tr.emanet.store.Database;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;

/** An inbox of a night, with hits made by hand on the lines of the sample search. */
final class SampleAlerts {

  final Alerts alerts;
  final Answers answers;
  private final MemorySearch search = new MemorySearch(List.of());
  private final SampleEvents samples = new SampleEvents();
  private final Masking masking = new Masking(Masking.OWN_NETWORKS, new byte[32]);

  SampleAlerts() {
    InstantSource clock = InstantSource.fixed(SampleEvents.NOW);
    try {
      Path directory = Files.createTempDirectory("emanet-alerts");
      directory.toFile().deleteOnExit();
      Database database = Database.open(directory, List.of("audit", "alert"));
      AuditLog audit = new AuditLog(database, clock);
      answers = new Answers(new Measures(database, audit, clock), SampleAlerts::evidence);
      alerts =
          new Alerts(
              database,
              audit,
              Policies.fixed(Policy.SHIPPED),
              () -> Map.of("nalkan", "Nazlı Alkan", "byilmaz", "Barış Yılmaz"),
              UiApp.ZONE,
              clock);
    } catch (IOException e) {
      throw new IllegalStateException("no place for the alerts of the test", e);
    }
    fill();
  }

  void install(Environment environment, Pages pages, Shells shells) {
    environment
        .jersey()
        .register(new AlertsResource(alerts, search, masking, answers, pages, shells));
    environment.jersey().register(new AlertsApiResource(alerts, masking, shells));
    environment.jersey().register(new MeasuresApiResource(alerts, answers, masking, shells));
  }

  /** Two facts for the phishing domain, as block lists tell them. */
  private static List<Evidence.Fact> evidence(Alert alert) {
    return alert.key().endsWith(":e-belediye-odeme.example")
        ? List.of(
            new Evidence.Fact(
                "listed", "usom-domain", "usom-domain r.219", SampleEvents.NOW.minusSeconds(240)),
            new Evidence.Fact(
                "pulled", "fgt-merkez", "usom-domain", SampleEvents.NOW.minusSeconds(120)))
        : List.of();
  }

  private void fill() {
    add(
        "e-belediye-odeme.example",
        "domain",
        "PH",
        "10.20.7.114",
        17,
        Facts.OUTCOME,
        Facts.ALLOWED,
        Facts.ROLE,
        Facts.SERVER,
        Facts.HOST,
        "gelir-pc14",
        Facts.ACTIVE,
        "true");
    add(
        "198.51.100.90",
        "ip",
        "BC",
        "fgt-merkez",
        21,
        Facts.OUTCOME,
        "blocked",
        Facts.SOURCE,
        "IH");
    add("kargo-takip.example", "domain", "PH", "10.20.7.9", 3);
    add("madenci.example", "domain", "MM", "10.20.9.31", 92);
    retro("dosya-indir.example/fatura.zip", "10.20.7.33");
    rule("SSH kaba kuvvet, ardından başarılı oturum", "ebys-uyg01", "critical", 40);
    rule("Klima 2 üst eşiği aştı", "sistem-odasi/klima-2", "high", 12);
  }

  /** Hits of one indicator on lines that really exist. */
  void add(String value, String type, String code, String asset, int count, String... more) {
    Map<String, String> facts = facts(value, type, code);
    for (int i = 0; i < more.length; i += 2) {
      facts.put(more[i], more[i + 1]);
    }
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant at = SampleEvents.NOW.minusSeconds(20L * (count - i) * (count - i) / count + 14);
      hits.add(
          new Hit(
              Hit.Kind.INDICATOR,
              "usom:" + type + ":" + value,
              line(at, value),
              at,
              asset,
              type.equals("ip") ? "source.ip" : "dns.question.name",
              type.equals("domain") ? "m." + value : value,
              false,
              facts));
    }
    alerts.accept(hits);
  }

  private void retro(String value, String asset) {
    Instant at = SampleEvents.NOW.minus(Duration.ofDays(8));
    alerts.accept(
        List.of(
            new Hit(
                Hit.Kind.INDICATOR,
                "usom:url:" + value,
                line(at, value),
                at,
                asset,
                "url.full",
                "http://" + value,
                true,
                facts(value, "url", "MF"))));
  }

  void rule(String title, String asset, String level, int count) {
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant at = SampleEvents.NOW.minusSeconds(7L * i + 40);
      hits.add(
          new Hit(
              Hit.Kind.RULE,
              "rule:" + title,
              line(at, title),
              at,
              asset,
              "event.action",
              title,
              false,
              Map.of(Facts.TITLE, title, Facts.LEVEL, level)));
    }
    alerts.accept(hits);
  }

  /** The same hostile text in every field that comes from outside. */
  void hostile(String text) {
    Map<String, String> facts = new HashMap<>();
    for (String name :
        List.of(
            Facts.INDICATOR,
            Facts.TYPE,
            Facts.CLASS,
            Facts.FEED,
            Facts.SOURCE,
            Facts.HOW,
            Facts.LISTED,
            Facts.REVISION,
            Facts.HOST,
            Facts.USER,
            Facts.CRITICALITY)) {
      facts.put(name, text);
    }
    Position position = line(SampleEvents.NOW, text);
    String key = "hostile " + position.sequence() + " " + text;
    alerts.accept(
        List.of(
            new Hit(
                Hit.Kind.INDICATOR,
                key.substring(0, Math.min(200, key.length())),
                position,
                SampleEvents.NOW,
                text,
                text,
                text,
                false,
                facts)));
  }

  private Position line(Instant at, String value) {
    String line =
        "date=2026-11-22 devname=\"fgt-merkez\" srcip=10.20.7.114 qname=\"m." + value + "\"";
    EventRecord event = samples.hostile(at.toEpochMilli(), line.getBytes(StandardCharsets.UTF_8));
    search.add(event);
    return event.position();
  }

  private static Map<String, String> facts(String value, String type, String code) {
    Map<String, String> out = new HashMap<>();
    out.put(Facts.INDICATOR, value);
    out.put(Facts.TYPE, type);
    out.put(Facts.CLASS, code);
    out.put(Facts.FEED, "usom");
    out.put(Facts.SOURCE, "SO");
    out.put(Facts.HOW, type.equals("domain") ? "suffix" : "exact");
    out.put(Facts.LISTED, "2026-11-21T13:13:00Z");
    out.put(Facts.CRITICALITY, "7");
    out.put(Facts.REVISION, "r.1482");
    return out;
  }
}
