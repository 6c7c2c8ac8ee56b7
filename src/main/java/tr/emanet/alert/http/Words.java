package tr.emanet.alert.http;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import tr.emanet.alert.Alert;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.web.Texts;

/** Alerts in the words of one language. Immutable. */
record Words(Texts texts) {

  /** What matched: "Oltalama alan adı:"; the value stands beside it. */
  String title(Alert alert) {
    if (alert.kind() == Hit.Kind.RULE) {
      return "";
    }
    if (alert.retroOnly()) {
      return texts.get("alert.title.retro");
    }
    return texts.get(
        "alert.title.indicator",
        known("alert.class.", alert.fact(Facts.CLASS)),
        known("alert.type.", alert.fact(Facts.TYPE)));
  }

  /** The value of the indicator, or the name of the rule. */
  static String value(Alert alert) {
    String value = alert.fact(alert.kind() == Hit.Kind.RULE ? Facts.TITLE : Facts.INDICATOR);
    return value.isEmpty() ? alert.key() : value;
  }

  /** The text of a code, or of "other" when the code is not known. */
  String known(String prefix, String code) {
    return texts.has(prefix + code) ? texts.get(prefix + code) : texts.get(prefix + "other");
  }

  /** Under which head the alert stands in the list. */
  String group(Alert alert) {
    return alert.kind() == Hit.Kind.INDICATOR
        ? known("alert.group.", alert.fact(Facts.FEED))
        : value(alert);
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
