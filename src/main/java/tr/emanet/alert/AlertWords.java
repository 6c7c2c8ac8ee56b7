package tr.emanet.alert;

import tr.emanet.web.Texts;

/** What alerts are about, in the words of one language: for screens and messages alike. Pure. */
public final class AlertWords {

  private AlertWords() {}

  /** What matched: "Oltalama alan adı:"; {@link #value} stands beside it. Empty for rules. */
  public static String title(Alert alert, Texts texts) {
    return switch (alert.kind()) {
      case RULE -> "";
      case FEED ->
          texts.get("alert.title.feed." + conditionOf(alert, texts), feed(alert.asset(), texts));
      case INDICATOR ->
          alert.retroOnly()
              ? texts.get("alert.title.retro")
              : texts.get(
                  "alert.title.indicator",
                  known(texts, "alert.class.", alert.fact(Facts.CLASS)),
                  known(texts, "alert.type.", alert.fact(Facts.TYPE)));
    };
  }

  /** The value of the indicator, the name of the rule, or why a feed brings nothing. */
  public static String value(Alert alert, Texts texts) {
    String value =
        switch (alert.kind()) {
          case RULE -> alert.fact(Facts.TITLE);
          case FEED -> known(texts, "alert.feed.", alert.fact(Facts.REASON));
          case INDICATOR -> alert.fact(Facts.INDICATOR);
        };
    return value.isEmpty() ? alert.key() : value;
  }

  private static String conditionOf(Alert alert, Texts texts) {
    String condition = alert.fact(Facts.CONDITION);
    return texts.has("alert.title.feed." + condition) ? condition : "other";
  }

  /** What a condition is about: {@code feed}, {@code seal} of the log, or {@code backup}. */
  public static String about(Alert alert) {
    String condition = alert.fact(Facts.CONDITION);
    return condition.equals("seal") || condition.equals("backup") ? condition : "feed";
  }

  /** The name of a feed for people. */
  public static String feed(String name, Texts texts) {
    return texts.has("alert.feed.name." + name) ? texts.get("alert.feed.name." + name) : name;
  }

  /** The text of a code, or of "other" when the code is not known. */
  public static String known(Texts texts, String prefix, String code) {
    return texts.has(prefix + code) ? texts.get(prefix + code) : texts.get(prefix + "other");
  }
}
