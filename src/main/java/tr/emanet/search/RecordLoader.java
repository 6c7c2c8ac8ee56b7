package tr.emanet.search;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;

/** Where raw lines come from: the index stores no text. Safe for many threads. */
public interface RecordLoader {

  /** Reads and parses one record; null when it was destroyed or is quarantined. */
  @Nullable EventRecord load(Position position) throws IOException;

  /** The bytes of one record as received, without parsing; null as in {@link #load}. */
  byte @Nullable [] raw(Position position) throws IOException;
}
