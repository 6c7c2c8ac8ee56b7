package tr.emanet.torture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON line: of a round, or of all. Not thread-safe. */
final class Report {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Object> values = new LinkedHashMap<>();

  Report put(String key, Object value) {
    values.put(key, value);
    return this;
  }

  Report put(Verdict verdict) {
    put("sent_tcp", verdict.sent());
    put("acked", verdict.acknowledged());
    put("stored", verdict.stored());
    put("lost", verdict.lost());
    put("duplicates", verdict.duplicates());
    put("gaps", verdict.gaps());
    put("foreign", verdict.foreign());
    put("altered", verdict.altered());
    if (verdict.unheard() > 0) {
      put("unheard", verdict.unheard());
    }
    if (!verdict.examples().isEmpty()) {
      put("examples", verdict.examples());
    }
    return this;
  }

  @Override
  public String toString() {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
