package tr.emanet.journal;

import tr.emanet.event.Attributes;
import tr.emanet.event.SourceAddress;

/** Takes decoded records in sequence order. */
interface RecordSink {

  /** One record, whose bytes lie at {@code [from, to)} of the array that was decoded into. */
  void add(int from, int to, long received, SourceAddress source, Attributes extra, int flagBits);
}
