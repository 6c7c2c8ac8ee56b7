package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertFilter;
import tr.emanet.alert.AlertState;
import tr.emanet.alert.Severity;
import tr.emanet.event.Principal;
import tr.emanet.indicator.FeedState;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.feed.FeedSchedule;
import tr.emanet.indicator.http.FeedWords;
import tr.emanet.indicator.notice.NoticeFilter;
import tr.emanet.indicator.usom.UsomSync;
import tr.emanet.job.JobState;
import tr.emanet.overview.HistoryStore;
import tr.emanet.overview.Sampler;
import tr.emanet.overview.ShiftFacts;
import tr.emanet.overview.ShiftResource;
import tr.emanet.overview.SystemFacts;
import tr.emanet.overview.SystemResource;
import tr.emanet.overview.SystemSnapshot;
import tr.emanet.search.Masking;
import tr.emanet.store.Database;
import tr.emanet.web.Health;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;

/** The shift page, wired: asks every part how it stands. Safe for many threads. */
final class Overview implements ShiftFacts, Closeable {

  private static final int WORST = 20;
  private static final int NEWEST_NOTICES = 100;

  private final SystemFacts system;
  private final LongSupplier rate;
  private final Detection detection;
  private final Settings settings;
  private final HistoryStore history;
  private final Sampler sampler;

  Overview(
      Database database,
      SystemFacts system,
      LongSupplier rate,
      Detection detection,
      Settings settings,
      InstantSource clock) {
    this.system = system;
    this.rate = rate;
    this.detection = detection;
    this.settings = settings;
    this.history = new HistoryStore(database);
    this.sampler = new Sampler(history, system, clock);
  }

  /** Offers the page and begins to take samples. */
  void install(Environment environment, Masking masking, Pages pages, Shells shells) {
    environment.jersey().register(new ShiftResource(this, history, masking, pages, shells));
    environment.jersey().register(new SystemResource(system, history, masking, pages, shells));
    sampler.start();
  }

  @Override
  public SystemSnapshot system() {
    return system.take();
  }

  @Override
  public long rate() {
    return rate.getAsLong();
  }

  @Override
  public int retentionDays() {
    return Math.toIntExact(settings.retention().toDays());
  }

  @Override
  public Open alerts(Principal who) {
    Map<Severity, Long> counts = detection.alerts().counts(AlertFilter.OPEN, who);
    List<Alert> worst = new ArrayList<>();
    for (Severity severity : List.of(Severity.CRITICAL, Severity.HIGH)) {
      AlertFilter filter = new AlertFilter(AlertFilter.Wanted.OPEN, severity, null, "", 0);
      detection.alerts().list(filter, who, null, WORST).stream()
          .filter(alert -> alert.state() == AlertState.NEW)
          .forEach(worst::add);
    }
    return new Open(counts, worst);
  }

  @Override
  public Usom usom(Principal who, Texts texts, Instant now) {
    ZoneId zone = settings.zoneId();
    Instant midnight = now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    long fresh =
        detection.feeds().revisions().newest("", 200).stream()
            .filter(r -> r.state() == Revision.State.APPLIED)
            .filter(r -> r.kind() != Revision.Kind.ROLLBACK)
            .filter(r -> r.appliedAt() != null && !midnight.isAfter(r.appliedAt()))
            .mapToLong(r -> r.counts().added())
            .sum();
    return new Usom(
        feeds(texts, now),
        fresh,
        detection.screens().matches().hitsSince(midnight),
        detection.liveIndicators() == 0 ? 0 : detection.screens().facts().totals().listed(),
        hunt(texts, now),
        OptionalLong.of(detection.measures().hitsWithoutMeasure()),
        detection.measures().countOverdue() + detection.noticeDesk().overdueTasks(),
        OptionalLong.of(unread(who)));
  }

  /** Open notices whose wording the reader has not seen, among the newest. */
  private long unread(Principal who) {
    NoticeFilter open = NoticeFilter.of(NoticeFilter.Wanted.OPEN, "");
    return detection.noticeDesk().list(open, who, null, NEWEST_NOTICES).stream()
        .filter(row -> row.tally().unread())
        .count();
  }

  /** The newest scan for new indicators; empty before the first. */
  private Optional<Hunt> hunt(Texts texts, Instant now) {
    return detection.hunting().hunts().retro(1).stream()
        .findFirst()
        .map(
            job -> {
              Health health =
                  switch (job.state()) {
                    case DONE -> Health.OK;
                    case FAILED, STOPPED -> Health.ATTENTION;
                    case QUEUED, RUNNING -> Health.UNKNOWN;
                  };
              Instant ended = job.endedAt();
              String time = texts.formats().minute(ended == null ? now : ended);
              String state =
                  job.state() == JobState.RUNNING
                      ? texts.formats().percent(job.progress().percent() / 100.0)
                      : texts.get("hunt.state." + job.state().id()) + ", " + time;
              return new Hunt(health, state);
            });
  }

  private List<Feed> feeds(Texts texts, Instant now) {
    Map<String, FeedSchedule.Planned> planned = new LinkedHashMap<>();
    detection.feeds().schedule().planned().forEach(p -> planned.put(p.name(), p));
    List<String> names = new ArrayList<>(planned.keySet());
    detection.feeds().revisions().states().stream()
        .map(FeedState::name)
        .filter(name -> !planned.containsKey(name))
        .forEach(names::add);
    List<Feed> out = new ArrayList<>();
    for (String name : names) {
      FeedState state = detection.feeds().revisions().state(name);
      FeedSchedule.Planned plan = planned.get(name);
      boolean off = plan != null && plan.next() == null;
      FeedWords.Said said =
          FeedWords.said(
              state,
              off,
              plan != null || name.startsWith(UsomSync.FEED),
              detection.feeds().revisions().find(state.current()),
              texts,
              now);
      long waiting =
          detection.feeds().revisions().newest(name, 50).stream()
              .filter(r -> r.state() == Revision.State.WAITING)
              .count();
      out.add(new Feed(FeedWords.name(name, texts), said.health(), said.sentence(), waiting));
    }
    return out;
  }

  @Override
  public void close() {
    sampler.close();
  }
}
