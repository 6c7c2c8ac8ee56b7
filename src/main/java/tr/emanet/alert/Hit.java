package tr.emanet.alert;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tr.emanet.event.Position;

/**
 * One indicator or rule matched one event. Unique by (kind, key, position), whether found live or
 * in retro-hunt. Holds what is needed to explain it after the indicator or rule is gone. Immutable;
 * texts that are too long are cut, since all of them come from outside.
 *
 * @param kind what matched
 * @param key stable id of what matched, such as {@code usom:domain:kotu.example}; 1 to 256
 *     characters
 * @param position the event
 * @param at event time
 * @param asset whom it concerns, see {@link Asset}
 * @param field ECS name of the field that matched
 * @param value the observed value in that field
 * @param retro found in retained events and not on arrival
 * @param facts explanations by the names of {@link Facts}; unknown names are kept
 */
public record Hit(
    Kind kind,
    String key,
    Position position,
    Instant at,
    String asset,
    String field,
    String value,
    boolean retro,
    Map<String, String> facts) {

  static final int MAX_KEY = 256;
  static final int MAX_TEXT = 1_024;
  static final int MAX_FACTS = 32;

  /** What may match, or stand. */
  public enum Kind {
    INDICATOR,
    RULE,
    /** A feed that brings nothing: a {@link Condition}, not a hit of an event. */
    FEED;

    /** The name in store, API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind named(String id) {
      for (Kind kind : values()) {
        if (kind.id().equals(id)) {
          return kind;
        }
      }
      return INDICATOR;
    }
  }

  public Hit {
    if (key.isBlank() || key.length() > MAX_KEY) {
      throw new IllegalArgumentException("hit key of " + key.length() + " characters");
    }
    at = Instant.ofEpochMilli(at.toEpochMilli());
    asset = cut(asset.isBlank() ? "-" : asset, MAX_KEY);
    field = cut(field, MAX_KEY);
    value = cut(value, MAX_TEXT);
    Map<String, String> kept = new LinkedHashMap<>();
    facts.forEach(
        (name, text) -> {
          if (kept.size() < MAX_FACTS) {
            kept.put(cut(name, 64), cut(text, MAX_TEXT));
          }
        });
    facts = Map.copyOf(kept);
  }

  /** A fact, empty when it is not known. */
  public String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  /** Cuts without splitting a character in two. */
  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end);
  }
}
