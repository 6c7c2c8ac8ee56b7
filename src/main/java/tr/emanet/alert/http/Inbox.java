package tr.emanet.alert.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertFilter;
import tr.emanet.alert.AlertState;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Hit;
import tr.emanet.alert.Severity;
import tr.emanet.alert.http.InboxViews.Count;
import tr.emanet.alert.http.InboxViews.Group;
import tr.emanet.alert.http.InboxViews.Listing;
import tr.emanet.alert.http.InboxViews.Row;
import tr.emanet.alert.http.InboxViews.Tab;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;

/** The list of the inbox for one reader. One thread only. */
final class Inbox {

  static final int PARTS = 24;
  private static final int TALLEST = 20;
  private static final int ROWS = 300;

  private final Alerts alerts;
  private final Reader reader;
  private final Texts texts;
  private final Words words;
  private final Instant now;

  Inbox(Alerts alerts, Reader reader, Texts texts, Instant now) {
    this.alerts = alerts;
    this.reader = reader;
    this.texts = texts;
    this.words = new Words(texts);
    this.now = now;
  }

  Listing listing(InboxState state) {
    // Asked first: what changes meanwhile is fetched again.
    long revision = alerts.revision();
    List<Alert> found = found(state);
    boolean cut = found.size() > ROWS;
    List<Alert> shown = cut ? found.subList(0, ROWS) : found;
    Map<Long, int[]> trends = alerts.trends(shown, PARTS);
    List<Group> groups = groups(shown, trends, state);
    List<Alert> withEvents = shown.stream().filter(a -> a.kind() != Hit.Kind.FEED).toList();
    long events = withEvents.stream().mapToLong(Alert::hits).sum();
    return new Listing(
        revision,
        alerts.newOnes(),
        InboxState.TABS.stream().map(tab -> tab(tab, state)).toList(),
        counts(state),
        groups,
        texts.count("alert.total", shown.size(), texts.count("alert.events", events)),
        cut,
        state.url());
  }

  List<Alert> found(InboxState state) {
    return alerts.list(state.filter(reader.who()), reader.who(), null, ROWS + 1);
  }

  private Tab tab(String tab, InboxState state) {
    AlertFilter filter = state.withTab(tab).withText("").filter(reader.who());
    long count = alerts.counts(filter, reader.who()).values().stream().mapToLong(n -> n).sum();
    return new Tab(
        texts.get("alert.tab." + tab),
        texts.formats().number(count),
        state.withTab(tab).url(),
        tab.equals(state.tab()));
  }

  private List<Count> counts(InboxState state) {
    Map<Severity, Long> all =
        alerts.counts(state.withSeverity("").filter(reader.who()), reader.who());
    List<Count> out = new ArrayList<>();
    for (Severity severity : Arrays.asList(Severity.values()).reversed()) {
      long n = all.getOrDefault(severity, 0L);
      boolean current = state.severity().equals(severity.id());
      if (n > 0 || current) {
        out.add(
            new Count(
                severity.id(),
                texts.get("alert.count." + severity.id(), n),
                state.withSeverity(current ? "" : severity.id()).url(),
                current));
      }
    }
    return out;
  }

  private List<Group> groups(List<Alert> shown, Map<Long, int[]> trends, InboxState state) {
    Map<String, List<Alert>> byName = new LinkedHashMap<>();
    for (Alert alert : shown) {
      String name = state.by().equals("none") ? "" : reader.text(words.group(alert));
      byName.computeIfAbsent(name, key -> new ArrayList<>()).add(alert);
    }
    List<Map.Entry<String, List<Alert>>> ordered = new ArrayList<>(byName.entrySet());
    // Stable: below a group with a new critical alert the newest stays first.
    ordered.sort(Comparator.comparing(e -> !urgent(e.getValue())));
    List<Group> out = new ArrayList<>();
    for (Map.Entry<String, List<Alert>> entry : ordered) {
      List<Alert> members = new ArrayList<>(entry.getValue());
      if (state.by().equals("rule")) {
        members.sort(Comparator.comparing(Inbox::isUrgent).reversed());
      }
      long many = members.stream().mapToLong(Alert::hits).sum();
      boolean feeds = members.stream().allMatch(a -> a.kind() == Hit.Kind.FEED);
      String behind = texts.count(feeds ? "alert.tries" : "alert.events", many);
      out.add(
          new Group(
              "g" + out.size(),
              entry.getKey().isEmpty() ? List.of() : Reader.visible(entry.getKey()),
              texts.count("alert.group.count", members.size(), behind),
              members.stream()
                  .map(a -> row(a, trends.getOrDefault(a.id(), new int[PARTS]), state))
                  .toList()));
    }
    return out;
  }

  private static boolean isUrgent(Alert alert) {
    return alert.severity() == Severity.CRITICAL && alert.state() == AlertState.NEW;
  }

  private static boolean urgent(List<Alert> members) {
    return members.stream().anyMatch(Inbox::isUrgent);
  }

  Row row(Alert alert, int[] trend, InboxState state) {
    return new Row(
        alert.number(),
        state.withOpen(alert.number()).url(),
        alert.severity().id(),
        texts.get("alert.severity." + alert.severity().id()),
        words.title(alert),
        reader.pieces(words.value(alert)),
        line(alert),
        bars(trend),
        words.events(alert),
        words.seen(alert.seenAt(), now),
        alert.seenAt().toString(),
        alert.state().id(),
        texts.get("alert.state." + alert.state().id()),
        alert.number().equals(state.open()));
  }

  private List<Visible.Piece> line(Alert alert) {
    if (alert.kind() == Hit.Kind.FEED) {
      return Reader.visible(words.lastGood(alert));
    }
    List<String> parts = new ArrayList<>();
    parts.add(reader.text(alert.asset()));
    String host = alert.fact("host");
    if (!host.isEmpty() && !host.equals(alert.asset())) {
      parts.add(reader.text(host));
    }
    if (alert.retroOnly()) {
      parts.add(texts.formats().shortMoment(alert.lastAt()));
    }
    String outcome = words.outcome(alert);
    if (!outcome.isEmpty()) {
      parts.add(outcome);
    }
    return Reader.visible(String.join(" · ", parts));
  }

  /** A hit is seen whatever the tallest bar is. */
  private static List<Integer> bars(int[] trend) {
    int most = Math.max(1, Arrays.stream(trend).max().orElse(1));
    return Arrays.stream(trend)
        .map(n -> n == 0 ? 1 : Math.max(3, n * TALLEST / most))
        .boxed()
        .toList();
  }
}
