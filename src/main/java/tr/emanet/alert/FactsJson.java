package tr.emanet.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Facts as stored: one JSON object of texts, keys sorted. Pure functions. */
final class FactsJson {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TYPE = new TypeReference<>() {};

  private FactsJson() {}

  static String write(Map<String, String> facts) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(facts));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("facts of a hit", e);
    }
  }

  static Map<String, String> read(String text) {
    try {
      return JSON.readValue(text, TYPE);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("facts in the store are damaged", e);
    }
  }
}
