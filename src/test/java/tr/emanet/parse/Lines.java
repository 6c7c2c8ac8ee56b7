package tr.emanet.parse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.event.SourceAddress;

/** Parses single lines for tests, as received at one instant from one sender. */
final class Lines {

  static final Instant NOON = Instant.parse("2026-10-12T09:00:00Z");

  private final EventParser parser;
  private final Event event = new Event();
  private final SourceAddress source;
  private final long receivedMicros;

  Lines(SourceSettings settings, Instant received) {
    parser = new EventParser(settings);
    receivedMicros = received.toEpochMilli() * 1000;
    source = source("syslog_udp");
  }

  Lines() {
    this(new ConfiguredSources(SourceConfig.DEFAULT), NOON);
  }

  static SourceAddress source(String listener) {
    try {
      return SourceAddress.of(listener, InetAddress.getByName("10.9.8.7"), 51_400);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  EventRecord parse(String line) {
    return parse(line.getBytes(StandardCharsets.UTF_8));
  }

  EventRecord parse(byte[] line) {
    return parse(line, Attributes.NONE, 0);
  }

  EventRecord parse(byte[] line, Attributes attributes, int flags) {
    // The record lies in the middle of a larger array, as it does in a batch.
    byte[] block = new byte[line.length + 20];
    java.util.Arrays.fill(block, (byte) '7');
    System.arraycopy(line, 0, block, 10, line.length);
    event.reset(block, 10, 10 + line.length, receivedMicros, source, attributes, flags);
    parser.parse(event);
    return EventRecord.of(new Position("test", 1), event);
  }

  Event event() {
    return event;
  }
}
