package tr.emanet.overview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertWords;
import tr.emanet.alert.Severity;
import tr.emanet.overview.ShiftView.Item;
import tr.emanet.web.Health;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;

/** What waits for the person on duty, worst first. One thread only. */
final class WaitingItems {

  private final Texts texts;
  private final Instant now;

  /** Masks the assets of alerts for those who may not read them. */
  private final UnaryOperator<String> masked;

  private final List<Ranked> found = new ArrayList<>();

  private record Ranked(Severity severity, Item item) {}

  WaitingItems(Texts texts, Instant now, UnaryOperator<String> masked) {
    this.texts = texts;
    this.now = now;
    this.masked = masked;
  }

  /** All of them; the sort is stable, so that what was added first stays first. */
  List<Item> sorted() {
    return found.stream()
        .sorted(Comparator.comparing(Ranked::severity).reversed())
        .map(Ranked::item)
        .toList();
  }

  /** What is broken stands alone; everything that only wants attention is one item. */
  void system(List<Finding> findings) {
    int number = 0;
    List<Finding> mild = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding.health() == Health.BROKEN) {
        system(Severity.CRITICAL, "broken-" + number++, finding, "");
      } else {
        mild.add(finding);
      }
    }
    if (!mild.isEmpty()) {
      system(
          Severity.MEDIUM,
          "attention",
          mild.getFirst(),
          mild.size() == 1 ? "" : texts.count("shift.item.system.more", mild.size() - 1));
    }
  }

  private void system(Severity severity, String id, Finding finding, String line) {
    add(severity, "system-" + id, finding.text(), line, "", "shift.open.system", "/system");
  }

  void alerts(List<Alert> worst) {
    for (Alert alert : worst) {
      add(
          alert.severity(),
          "alert-" + alert.number(),
          title(alert),
          masked.apply(alert.asset()),
          seen(alert.seenAt()),
          "shift.open.alert",
          "/alerts/" + alert.number());
    }
  }

  /** The same words as in the inbox. */
  private String title(Alert alert) {
    return (AlertWords.title(alert, texts) + " " + AlertWords.value(alert, texts)).strip();
  }

  void feeds(List<ShiftFacts.Feed> feeds) {
    for (ShiftFacts.Feed feed : feeds) {
      if (feed.waiting() > 0) {
        add(
            Severity.HIGH,
            "feed-" + feed.name(),
            texts.get("shift.item.revision", feed.name()),
            feed.sentence(),
            "",
            "shift.open.revision",
            "/indicators/feeds");
      } else if (feed.health() == Health.BROKEN || feed.health() == Health.ATTENTION) {
        add(
            feed.health() == Health.BROKEN ? Severity.HIGH : Severity.MEDIUM,
            "feed-" + feed.name(),
            feed.name(),
            feed.sentence(),
            "",
            "shift.open.feed",
            "/indicators/feeds");
      }
    }
  }

  void measures(long missing, long overdue) {
    if (overdue > 0) {
      add(
          Severity.HIGH,
          "overdue",
          texts.count("shift.item.overdue", overdue),
          "",
          "",
          "shift.open.measure",
          "/alerts");
    }
    if (missing > 0) {
      add(
          Severity.MEDIUM,
          "missing",
          texts.count("shift.item.missing", missing),
          texts.get("shift.item.missing.hint"),
          "",
          "shift.open.measure",
          "/indicators?tab=all&hits=measureless");
    }
  }

  void silent(Silence silence) {
    if (!silence.silent().isEmpty()) {
      Silence.Quiet longest = silence.silent().getFirst();
      add(
          Severity.MEDIUM,
          "silent",
          texts.count("shift.item.silent", silence.silent().size()),
          texts.get("shift.item.silent.hint", masked.apply(longest.address())),
          seen(longest.last()),
          "shift.open.source",
          "/search?from=-24h");
    }
  }

  void notices(long unread) {
    if (unread > 0) {
      add(
          Severity.LOW,
          "notices",
          texts.count("shift.item.notices", unread),
          "",
          "",
          "shift.open.notices",
          "/notices");
    }
  }

  private void add(
      Severity severity,
      String id,
      String title,
      String line,
      String time,
      String button,
      String url) {
    found.add(
        new Ranked(
            severity,
            new Item(
                id,
                severity.id(),
                texts.get("alert.severity." + severity.id()),
                Visible.pieces(cut(title)),
                line.isEmpty() ? List.of() : Visible.pieces(cut(line)),
                time,
                texts.get(button),
                url)));
  }

  private static String cut(String text) {
    return text.length() <= 300
        ? text
        : text.substring(0, 150) + " … " + text.substring(text.length() - 140);
  }

  private String seen(Instant at) {
    boolean today = texts.formats().date(at).equals(texts.formats().date(now));
    return today ? texts.formats().minute(at) : texts.formats().shortMoment(at);
  }
}
