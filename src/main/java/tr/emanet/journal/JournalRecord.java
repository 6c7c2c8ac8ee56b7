package tr.emanet.journal;

import tr.emanet.event.Attributes;
import tr.emanet.event.Position;
import tr.emanet.event.SourceAddress;

/**
 * One stored record.
 *
 * @param bytes exactly as received; a private copy
 * @param receivedMicros microseconds since 1970 UTC
 * @param flags {@link tr.emanet.event.RecordFlags}
 */
public record JournalRecord(
    Position position,
    byte[] bytes,
    long receivedMicros,
    SourceAddress source,
    Attributes attributes,
    int flags) {

  @Override
  public boolean equals(Object other) {
    return other instanceof JournalRecord r && r.position.equals(position);
  }

  @Override
  public int hashCode() {
    return position.hashCode();
  }
}
