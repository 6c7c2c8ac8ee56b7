package tr.emanet.alert;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;

/**
 * Who reads the messages of a channel, and what they may read. Immutable.
 *
 * @param channel name of the channel in the outbox
 * @param atLeast milder alerts are not told; empty: as the policy says
 * @param feedsOnly tells of feeds, and of nothing that was found in events
 * @param shown hides personal data, as the screens do for the same role
 * @param texts in the language of the reader
 * @param baseUrl of the web interface, without a slash at the end; empty: no links
 */
public record Addressee(
    String channel,
    Optional<Severity> atLeast,
    boolean feedsOnly,
    UnaryOperator<String> shown,
    Texts texts,
    String baseUrl) {

  private static final int MAX_VALUE = 300;

  boolean wants(Alert alert, Severity policy) {
    if (feedsOnly && alert.kind() != Hit.Kind.FEED) {
      return false;
    }
    Severity least = atLeast.orElse(feedsOnly ? Severity.MEDIUM : policy);
    return alert.severity().compareTo(least) >= 0;
  }

  /** Text from outside on one line: what is hidden from this reader, and nothing invisible. */
  String plain(String value) {
    return Hit.cut(Visible.plain(shown.apply(value)), MAX_VALUE);
  }

  /** What happened, in a few words: "Yeni alarm". */
  String step(Notification notification) {
    String word = notification.step().split("-", 2)[0];
    return texts.get("alert.mail.step." + word, notification.total());
  }

  /** One line that says it all. */
  String subject(Notification notification) {
    if (notification.summary() || notification.alerts().isEmpty()) {
      return step(notification);
    }
    Alert alert = notification.alerts().getFirst();
    return texts.get("alert.mail.subject", severity(alert), step(notification), what(alert));
  }

  /** What the alert is about, with its value. */
  String what(Alert alert) {
    return (AlertWords.title(alert, texts) + " " + plain(AlertWords.value(alert, texts))).strip();
  }

  /** Several lines on each alert. */
  String body(Notification notification) {
    if (notification.step().equals("test")) {
      return texts.get("alert.mail.test");
    }
    StringBuilder out = new StringBuilder();
    for (Alert alert : notification.alerts()) {
      out.append(alert.kind() == Hit.Kind.FEED ? feed(alert) : found(alert))
          .append(baseUrl.isEmpty() ? "" : link(alert) + "\n")
          .append('\n');
    }
    return out.toString();
  }

  private String found(Alert alert) {
    return texts.get(
        "alert.mail.body",
        what(alert),
        alert.number(),
        severity(alert),
        plain(alert.asset()),
        alert.hits(),
        texts.formats().dateTime(alert.lastAt()));
  }

  private String feed(Alert alert) {
    String good = alert.fact(Facts.LAST_GOOD);
    return texts.get(
        "alert.mail.feed",
        what(alert),
        alert.number(),
        severity(alert),
        texts.formats().dateTime(alert.firstAt()),
        alert.hits(),
        good.isEmpty() ? "-" : texts.formats().dateTime(Instant.parse(good)));
  }

  /** Address of the opened alert; empty without a base URL. */
  String link(Alert alert) {
    return baseUrl.isEmpty() ? "" : baseUrl + "/alerts/" + alert.number();
  }

  private String severity(Alert alert) {
    return texts.get("alert.severity." + alert.severity().id());
  }
}
