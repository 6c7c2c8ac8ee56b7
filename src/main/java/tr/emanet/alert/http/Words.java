package tr.emanet.alert.http;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertWords;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.web.Texts;

/** Alerts in the words of one language. Immutable. */
record Words(Texts texts) {

  /** What matched: "Oltalama alan adı:"; the value stands beside it. */
  String title(Alert alert) {
    return AlertWords.title(alert, texts);
  }

  /** The value of the indicator, the name of the rule, or why a feed brings nothing. */
  String value(Alert alert) {
    return AlertWords.value(alert, texts);
  }

  /** The text of a code, or of "other" when the code is not known. */
  String known(String prefix, String code) {
    return AlertWords.known(texts, prefix, code);
  }

  /** Under which head the alert stands in the list. */
  String group(Alert alert) {
    return switch (alert.kind()) {
      case INDICATOR -> known("alert.group.", alert.fact(Facts.FEED));
      case FEED -> texts.get("alert.group." + AlertWords.about(alert));
      case RULE -> value(alert);
    };
  }

  /** Which list of a feed is in force. */
  String lastGood(Alert alert) {
    String good = alert.fact(Facts.LAST_GOOD);
    return good.isEmpty()
        ? texts.get("alert.line.feed.since", moment(alert.fact(Facts.SINCE)))
        : texts.get("alert.line.feed", moment(good));
  }

  /** How much stands behind it: events, or tries of a feed. */
  String events(Alert alert) {
    return least(
        alert,
        texts.count(alert.kind() == Hit.Kind.FEED ? "alert.tries" : "alert.events", alert.hits()));
  }

  /** The count, named as the least when a hunt saw more than it kept. */
  String least(Alert alert, String count) {
    return alert.fact(Facts.MORE).isEmpty() ? count : texts.get("alert.hits.least", count);
  }

  String outcome(Alert alert) {
    if (alert.allowed() > 0) {
      return alert.allowed() == alert.hits()
          ? texts.get("alert.outcome.allowed.all")
          : texts.get("alert.outcome.allowed.some", alert.allowed());
    }
    return alert.fact(Facts.OUTCOME).equals("blocked") ? texts.get("alert.outcome.blocked") : "";
  }

  String sentence(Alert alert, String asset) {
    Duration span = Duration.between(alert.firstAt(), alert.lastAt());
    if (alert.kind() == Hit.Kind.FEED) {
      return texts.get(
          "alert.sentence."
              + AlertWords.about(alert)
              + (alert.fact(Facts.ENDED).isEmpty() ? "" : ".ended"),
          AlertWords.feed(asset, texts),
          moment(alert.fact(Facts.SINCE)));
    }
    return span.toSeconds() < 1
        ? texts.count("alert.sentence.once", alert.hits(), asset)
        : texts.count("alert.sentence", alert.hits(), asset, texts.formats().span(span));
  }

  /** A stored moment for people; the text itself when it is none. */
  String moment(String iso) {
    try {
      return texts.formats().dateTime(Instant.parse(iso));
    } catch (DateTimeParseException e) {
      return iso;
    }
  }

  /** The time, with the day when it is not today's. */
  String seen(Instant at, Instant now) {
    String day = texts.formats().date(at);
    return day.equals(texts.formats().date(now))
        ? texts.formats().time(at)
        : texts.formats().shortMoment(at);
  }
}
