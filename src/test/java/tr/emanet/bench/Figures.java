package tr.emanet.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints one JSON line a figure, remembers it for the ratios at the end. */
final class Figures {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final Map<String, Double> values = new LinkedHashMap<>();

  Figures(PrintStream out) {
    this.out = out;
  }

  /** One figure; {@code details} are pairs of name and value. */
  void print(String name, double value, String unit, Object... details) {
    values.put(name, value);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("figure", name);
    line.put("value", rounded(value));
    line.put("unit", unit);
    for (int i = 0; i < details.length; i += 2) {
      Object detail = details[i + 1];
      line.put(String.valueOf(details[i]), detail instanceof Double d ? rounded(d) : detail);
    }
    print(line);
  }

  void skip(String name, String why) {
    print(new LinkedHashMap<>(Map.of("skipped", name, "why", why)));
  }

  /** Value of one figure over another against its target, when both were measured. */
  void ratio(String name, String over, String under, double target, boolean atLeast) {
    Double a = values.get(over);
    Double b = values.get(under);
    if (a == null || b == null || b == 0) {
      return;
    }
    goal(name, a / b, "x", target, atLeast);
  }

  /** A figure with a target. */
  void goal(
      String name, double value, String unit, double target, boolean atLeast, Object... more) {
    List<Object> details = new ArrayList<>();
    details.add(atLeast ? "at_least" : "at_most");
    details.add(target);
    details.add("met");
    details.add(atLeast ? value >= target : value <= target);
    details.addAll(Arrays.asList(more));
    print(name, value, unit, details.toArray());
  }

  Optional<Double> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private void print(Map<String, Object> line) {
    try {
      out.println(JSON.writeValueAsString(line));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double rounded(double value) {
    double scale = Math.abs(value) >= 1000 ? 1 : Math.abs(value) >= 10 ? 10 : 1000;
    return Math.round(value * scale) / scale;
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The smallest value that at least {@code share} of the values do not exceed. */
  static double quantile(double share, double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
