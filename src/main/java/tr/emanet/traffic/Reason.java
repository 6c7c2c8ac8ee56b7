package tr.emanet.traffic;

import java.util.List;

/**
 * Why a step is as sure as it is.
 *
 * @param key last part of the text key {@code traffic.reason.<key>}
 * @param values for the text: plain words and numbers
 */
public record Reason(String key, List<String> values) {

  public Reason {
    values = List.copyOf(values);
  }

  static Reason of(String key, String... values) {
    return new Reason(key, List.of(values));
  }
}
