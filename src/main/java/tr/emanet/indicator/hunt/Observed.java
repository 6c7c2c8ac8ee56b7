package tr.emanet.indicator.hunt;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.event.IpAddress;

/**
 * What the matcher saw in an event.
 *
 * @param field ECS name; {@code message} when it stands somewhere in the text
 * @param value as it stands there; an address in its usual spelling
 * @param weak only the bare name of a {@code www.} indicator was seen
 */
public record Observed(String field, String value, boolean weak) {

  /** From the parts that a {@link tr.emanet.indicator.match.HitSink} gets. */
  public static Observed of(@Nullable Field field, byte[] source, int from, int to, boolean weak) {
    return new Observed(
        (field == null ? Field.MESSAGE : field).ecsName(),
        field != null && field.type() == FieldType.IP
            ? IpAddress.text(source, from)
            : new String(source, from, to - from, StandardCharsets.UTF_8),
        weak);
  }
}
