package tr.emanet.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tr.emanet.alert.http.NotificationsResource;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.intake.RefusalReason;
import tr.emanet.journal.JournalStatus;
import tr.emanet.web.Formats;
import tr.emanet.web.Health;
import tr.emanet.web.Texts;

/**
 * The system page in words.
 *
 * @param lead the one sentence
 * @param more further findings, worst first
 * @param empty whether nothing was ever received: the device lines come first then
 */
public record SystemView(
    Health health,
    String lead,
    List<Finding> more,
    String since,
    SystemSnapshot.Balance balance,
    List<Line> dropped,
    List<ListenerLine> listeners,
    List<SourceLine> sources,
    List<RouteLine> routes,
    JournalStatus journal,
    Disk disk,
    List<DeviceLines.Recipe> recipes,
    NotifyView notifications,
    SealView seal,
    boolean empty) {

  /** A name and a figure. */
  public record Line(String name, String value) {}

  /** One listener; {@code refused} in words, empty for none. */
  public record ListenerLine(
      String name,
      String address,
      Health health,
      String state,
      String received,
      String connections,
      String buffer,
      String kernelDrops,
      List<Line> refused,
      List<Line> advice,
      String note) {}

  /** One of the heaviest sources. */
  public record SourceLine(
      String address, String trust, String records, String bytes, String refused) {}

  /** One route file with its problems. */
  public record RouteLine(String name, Health health, String state, List<String> problems) {}

  /**
   * The disk bar.
   *
   * @param journal, index, free share of the bar, percentages as SVG lengths
   */
  public record Disk(
      String journal,
      String index,
      String indexX,
      String journalBytes,
      String indexBytes,
      String freeBytes,
      String guardBytes,
      String raw) {}

  static SystemView of(SystemSnapshot snapshot, Texts texts, Instant now) {
    List<Finding> findings = Findings.of(snapshot, texts);
    boolean empty = snapshot.intake().received() == 0 && snapshot.index().documents() == 0;
    Health health = findings.isEmpty() ? Health.OK : findings.getFirst().health();
    boolean urgent = health == Health.BROKEN;
    List<Line> dropped = new ArrayList<>();
    snapshot
        .intake()
        .dropped()
        .forEach(
            (reason, n) -> {
              if (n > 0) {
                dropped.add(new Line(texts.get(reason.textKey()), texts.formats().number(n)));
              }
            });
    return new SystemView(
        health,
        urgent ? findings.getFirst().text() : lead(snapshot, findings, empty, texts),
        urgent ? findings.subList(1, findings.size()) : findings,
        texts.get(
            "system.since",
            texts.formats().dateTime(snapshot.startedAt()),
            texts.formats().span(Duration.between(snapshot.startedAt(), now))),
        snapshot.balance(),
        dropped,
        snapshot.intake().listeners().stream().map(l -> listener(l, texts)).toList(),
        snapshot.intake().sources().stream().limit(10).map(s -> source(s, texts)).toList(),
        snapshot.intake().routes().stream().map(r -> route(r, texts)).toList(),
        snapshot.journal(),
        disk(snapshot, texts.formats()),
        DeviceLines.of(snapshot, texts),
        NotifyView.of(snapshot.notifications(), texts),
        SealView.of(snapshot.seal(), texts),
        empty);
  }

  private static String lead(
      SystemSnapshot snapshot, List<Finding> findings, boolean empty, Texts texts) {
    if (findings.isEmpty()) {
      return texts.get(empty ? "system.lead.empty" : "system.lead.ok");
    }
    boolean lost =
        snapshot.balance().dropped() > 0
            || snapshot.intake().listeners().stream().anyMatch(l -> l.kernelDrops() > 0);
    return texts.count(lost ? "system.lead.lost" : "system.lead.attention", findings.size());
  }

  private static ListenerLine listener(IntakeStatus.ListenerStatus l, Texts texts) {
    Formats formats = texts.formats();
    boolean well = l.state().equals("listening") || l.state().equals("subscribed");
    List<Line> refused =
        l.refused().entrySet().stream()
            .filter(e -> e.getValue() > 0)
            .sorted(Map.Entry.<RefusalReason, Long>comparingByValue().reversed())
            .map(e -> new Line(texts.get(e.getKey().textKey()), formats.number(e.getValue())))
            .toList();
    String stateKey = "system.state." + l.state();
    return new ListenerLine(
        l.name(),
        l.kind()
            + " · "
            + (l.host().contains(":") ? "[" + l.host() + "]" : l.host())
            + ":"
            + l.port(),
        well ? (l.kernelDrops() > 0 ? Health.ATTENTION : Health.OK) : Health.ATTENTION,
        texts.has(stateKey) ? texts.get(stateKey) : l.state(),
        formats.number(l.received()),
        l.kind().equals("udp") ? "–" : formats.number(l.connections()),
        l.receiveBufferAsked() == 0
            ? "–"
            : formats.bytes(l.receiveBufferGranted())
                + " / "
                + formats.bytes(l.receiveBufferAsked()),
        l.kernelDrops() < 0 ? "–" : formats.number(l.kernelDrops()),
        refused,
        l.settings().stream()
            .map(s -> new Line(s.name() + " " + s.wanted(), texts.get(s.textKey())))
            .toList(),
        l.note());
  }

  private static SourceLine source(IntakeStatus.SourceStatus s, Texts texts) {
    long refused = s.refused().values().stream().mapToLong(Long::longValue).sum();
    String trustKey = "system.trust." + s.trust().name().toLowerCase(java.util.Locale.ROOT);
    return new SourceLine(
        s.address(),
        texts.has(trustKey) ? texts.get(trustKey) : s.trust().name(),
        texts.formats().number(s.records()),
        texts.formats().bytes(s.bytesToday()),
        texts.formats().number(refused));
  }

  private static RouteLine route(IntakeStatus.RouteFile r, Texts texts) {
    Health health =
        switch (r.state()) {
          case RUNNING -> Health.OK;
          case OUTDATED -> Health.ATTENTION;
          case BROKEN -> Health.BROKEN;
        };
    return new RouteLine(
        r.name(),
        health,
        texts.get("system.route." + r.state().name().toLowerCase(java.util.Locale.ROOT)),
        r.problems().stream().map(IntakeStatus.RouteProblem::toString).toList());
  }

  private static Disk disk(SystemSnapshot s, Formats formats) {
    double all =
        Math.max(1, s.journal().storedBytes() + s.index().bytes() + s.journal().freeBytes());
    double journal = 100 * s.journal().storedBytes() / all;
    double index = 100 * s.index().bytes() / all;
    return new Disk(
        share(journal),
        share(index),
        share(journal),
        formats.bytes(s.journal().storedBytes()),
        formats.bytes(s.index().bytes()),
        formats.bytes(s.journal().freeBytes()),
        formats.bytes(s.journal().closeBelowBytes()),
        formats.bytes(s.journal().appendedBytes()));
  }

  private static String share(double percent) {
    return String.format(java.util.Locale.ROOT, "%.2f%%", percent);
  }

  /** The same facts for programs, described in {@code openapi.yaml}. */
  static Map<String, Object> document(SystemSnapshot s, Texts texts) {
    List<Finding> findings = Findings.of(s, texts);
    SystemSnapshot.Balance b = s.balance();
    Map<String, Object> balance = new LinkedHashMap<>();
    balance.put("received", b.received());
    balance.put("parsed", b.parsed());
    balance.put("unparsed", b.unparsed());
    balance.put("redelivered", b.redelivered());
    balance.put("waiting", b.waiting());
    balance.put(
        "dropped",
        s.intake().dropped().entrySet().stream()
            .sorted(Comparator.comparing(Map.Entry::getKey))
            .collect(
                Collectors.toMap(
                    e -> e.getKey().name().toLowerCase(java.util.Locale.ROOT),
                    Map.Entry::getValue,
                    (x, y) -> x,
                    LinkedHashMap::new)));
    balance.put("balanced", b.balanced());
    Map<String, Object> out = new LinkedHashMap<>();
    Health health = findings.isEmpty() ? Health.OK : findings.getFirst().health();
    out.put("health", health.name().toLowerCase(java.util.Locale.ROOT));
    out.put("findings", findings.stream().map(Finding::text).toList());
    out.put("started_at", s.startedAt().toString());
    out.put("balance", balance);
    out.put(
        "intake",
        Map.of(
            "gate",
            s.intake().gate(),
            "listeners",
            s.intake().listeners(),
            "routes",
            s.intake().routes(),
            "free_batches",
            s.intake().freeBatches(),
            "batches",
            s.intake().batches()));
    out.put("journal", s.journal());
    out.put("pipeline", s.pipeline());
    out.put(
        "index",
        Map.of(
            "documents",
            s.index().documents(),
            "bytes",
            s.index().bytes(),
            "partitions",
            s.index().partitions().stream().map(SystemView::partition).toList()));
    out.put("seal", SealResource.document(s.seal()));
    out.put("notifications", NotificationsResource.json(s.notifications()));
    return out;
  }

  private static Map<String, Object> partition(tr.emanet.index.IndexStatus.PartitionStatus p) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("stream", p.stream());
    out.put("day", p.day().toString());
    out.put("documents", p.documents());
    out.put("bytes", p.bytes());
    out.put("committed", p.committed());
    return out;
  }
}
