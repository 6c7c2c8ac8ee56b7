package tr.emanet.search.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tr.emanet.event.EventRecord;
import tr.emanet.event.IpAddress;
import tr.emanet.event.RecordFlags;
import tr.emanet.web.Visible;

/** One event as JSON: flat ECS names, the raw line as text or, when it is not UTF-8, as base64. */
final class EventJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private EventJson() {}

  static Map<String, Object> document(EventRecord event) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("@timestamp", Instant.ofEpochMilli(event.timestampMillis()).toString());
    out.put("event.ingested", Instant.ofEpochMilli(event.ingestedMillis()).toString());
    out.put("emanet.position", event.position().toString());
    event.fields().forEach(out::putIfAbsent);
    if (event.source().port() != 0) {
      out.putIfAbsent("emanet.listener", event.source().listener());
      out.putIfAbsent("emanet.source.ip", IpAddress.text(event.source().address(), 0));
      out.put("emanet.source.port", event.source().port());
    }
    if ((event.flags() & RecordFlags.TRUNCATED) != 0) {
      out.put("emanet.truncated", true);
    }
    if (Visible.isUtf8(event.raw())) {
      out.put("event.original", Visible.decode(event.raw()));
    } else {
      out.put("emanet.original.base64", java.util.Base64.getEncoder().encodeToString(event.raw()));
    }
    return out;
  }

  /** One line. */
  static String line(EventRecord event) {
    return write(MAPPER, document(event));
  }

  /** Indented, for people. */
  static String pretty(EventRecord event) {
    return write(PRETTY, document(event));
  }

  private static String write(ObjectMapper mapper, Map<String, Object> document) {
    try {
      return mapper.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings and numbers is always JSON", e);
    }
  }
}
