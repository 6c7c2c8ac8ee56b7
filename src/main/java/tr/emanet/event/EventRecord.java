package tr.emanet.event;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable copy of one event for display, export and API.
 *
 * @param position identity
 * @param timestampMillis {@code @timestamp}
 * @param ingestedMillis {@code event.ingested}
 * @param fields every present field in display order, core fields by ECS name (String, or Long for
 *     numbers), then extras (String); without {@code @timestamp}, {@code event.ingested}
 * @param raw the bytes exactly as received
 * @param source transport peer
 * @param attributes what the transport added
 * @param flags {@link RecordFlags}
 * @param parsed whether a format was recognised
 */
public record EventRecord(
    Position position,
    long timestampMillis,
    long ingestedMillis,
    Map<String, Object> fields,
    byte[] raw,
    SourceAddress source,
    Attributes attributes,
    int flags,
    boolean parsed) {

  /** The word in {@code emanet.flags} of {@link #gone}; no parser writes it. */
  private static final String GONE = "destroyed";

  public EventRecord {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Copies the current state of a parsed event. */
  public static EventRecord of(Position position, Event event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Field field : Field.all()) {
      if (event.has(field)) {
        String text = event.text(field);
        if (text != null) {
          fields.put(
              field.ecsName(),
              field.type() == FieldType.LONG ? (Object) event.number(field) : text);
        }
      }
    }
    for (int i = 0; i < event.extras(); i++) {
      fields.putIfAbsent(event.extraKey(i), event.extraValue(i));
    }
    return new EventRecord(
        position,
        event.timestampMillis(),
        event.ingestedMillis(),
        fields,
        Arrays.copyOfRange(event.raw(), event.rawFrom(), event.rawTo()),
        event.source(),
        event.attributes(),
        event.flags(),
        event.parsed());
  }

  /**
   * Stands for an event whose line cannot be read any more: retention has destroyed it since it was
   * found, or its bytes are damaged.
   */
  public static EventRecord gone(Position position, long timestampMillis) {
    return new EventRecord(
        position,
        timestampMillis,
        timestampMillis,
        Map.of(Field.EMANET_FLAGS.ecsName(), GONE),
        new byte[0],
        new SourceAddress("-", new byte[16], 0),
        Attributes.NONE,
        0,
        false);
  }

  /** Whether only the place of the event is left. */
  public boolean isGone() {
    return raw.length == 0 && GONE.equals(text(Field.EMANET_FLAGS));
  }

  /** A field as text, or null. */
  public @Nullable String text(Field field) {
    Object value = fields.get(field.ecsName());
    return value == null ? null : value.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventRecord e && e.position.equals(position);
  }

  @Override
  public int hashCode() {
    return position.hashCode();
  }
}
