package tr.emanet.search.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.util.RawValue;
import tr.emanet.event.EventRecord;
import tr.emanet.parse.EcsJson;

/** One event as JSON in the forms that the screen and the API need; what is in it decides parse. */
final class EventJson {

  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private EventJson() {}

  /** To be put into a larger document. */
  static RawValue document(EventRecord event) {
    return new RawValue(EcsJson.line(event));
  }

  /** One line. */
  static String line(EventRecord event) {
    return EcsJson.line(event);
  }

  /** Indented, for people. */
  static String pretty(EventRecord event) {
    try {
      return PRETTY.writeValueAsString(PRETTY.readTree(EcsJson.line(event)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what EcsJson writes is JSON", e);
    }
  }
}
