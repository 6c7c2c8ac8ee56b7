package tr.emanet.alert;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that is wrong for a while, such as a feed that brings nothing. It has one alert, which
 * is closed when it is over. Immutable; texts that are too long are cut.
 *
 * @param key stable id of what is wrong, such as {@code usom:html}; 1 to 256 characters
 * @param since when it began
 * @param tries how often it was seen since then, at least 1
 * @param facts by the names of {@link Facts}
 */
public record Condition(
    String key, Severity severity, Instant since, long tries, Map<String, String> facts) {

  public Condition {
    if (key.isBlank() || key.length() > Hit.MAX_KEY || tries < 1) {
      throw new IllegalArgumentException("condition '" + key + "', " + tries + " tries");
    }
    since = Instant.ofEpochMilli(since.toEpochMilli());
    Map<String, String> kept = new LinkedHashMap<>();
    facts.forEach((name, text) -> kept.put(name, Hit.cut(text, Hit.MAX_TEXT)));
    facts = Map.copyOf(kept);
  }
}
