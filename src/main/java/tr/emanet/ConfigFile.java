package tr.emanet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the configuration: shipped defaults, then a file, then {@code --set}. Finds all problems at
 * once and names file, line and remedy. One thread only.
 */
public final class ConfigFile {

  private static final long MAX_BYTES = 1 << 20;

  /** Lists whose items are sections, with the keys of an item; the first one must be there. */
  private static final Map<String, List<String>> ITEMS =
      Map.of(
          "sources.networks",
          List.of("cidr", "zone", "charset", "host"),
          "indicators.feeds",
          List.of("name", "format", "url", "trust", "tlp", "expiryDays"),
          "indicators.lists",
          List.of(
              "name",
              "kind",
              "feeds",
              "maxEntries",
              "minSeverity",
              "minConfidence",
              "includeReports"),
          "backup.hooks",
          List.of("name", "command", "seconds"),
          "notify.mail.recipients",
          List.of("to", "language", "atLeast", "role"),
          "notify.webhooks",
          List.of("name", "url", "secretFile", "caFile", "language", "atLeast", "role"));

  private final ObjectMapper yaml =
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
  private final List<String> problems = new ArrayList<>();
  private final Map<String, String> places = new HashMap<>();

  /** What became of a configuration. */
  public sealed interface Outcome {
    record Valid(Settings settings) implements Outcome {}

    /**
     * Nothing is started.
     *
     * @param problems one line each: place, key, what is wrong, remedy
     */
    record Invalid(List<String> problems) implements Outcome {}
  }

  private ConfigFile() {}

  /**
   * Reads and checks everything.
   *
   * @param file null for the defaults alone
   * @param overrides {@code key=value} in dotted notation; values are YAML
   */
  public static Outcome read(@Nullable Path file, List<String> overrides) throws IOException {
    return new ConfigFile().readAll(file, overrides);
  }

  private Outcome readAll(@Nullable Path file, List<String> overrides) throws IOException {
    ObjectNode tree;
    try (InputStream in = ConfigFile.class.getResourceAsStream("emanet.yml")) {
      tree = (ObjectNode) yaml.readTree(in);
    }
    ObjectNode defaults = tree.deepCopy();
    if (file != null) {
      mergeFile(tree, defaults, file);
    }
    for (String override : overrides) {
      set(tree, defaults, override);
    }
    if (!problems.isEmpty()) {
      return new Outcome.Invalid(List.copyOf(problems));
    }
    return bind(tree);
  }

  private Outcome bind(ObjectNode tree) {
    Settings settings;
    try {
      settings = yaml.treeToValue(tree, Settings.class);
    } catch (JsonMappingException e) {
      String key =
          e.getPath().stream()
              .map(
                  r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
              .collect(Collectors.joining())
              .replaceFirst("^\\.", "");
      return new Outcome.Invalid(List.of(at(key) + key + ": " + e.getOriginalMessage()));
    } catch (JsonProcessingException e) {
      return new Outcome.Invalid(List.of(e.getOriginalMessage()));
    }
    for (Settings.Breach breach : settings.breaches()) {
      problems.add(at(breach.key()) + breach.key() + ": " + breach.problem());
    }
    return problems.isEmpty()
        ? new Outcome.Valid(settings)
        : new Outcome.Invalid(List.copyOf(problems));
  }

  private String at(String key) {
    return places.getOrDefault(key, "");
  }

  private void mergeFile(ObjectNode tree, ObjectNode defaults, Path file) throws IOException {
    if (!Files.isReadable(file)) {
      problems.add(file + ": cannot be read; check the path and its permissions");
      return;
    }
    if (Files.size(file) > MAX_BYTES) {
      problems.add(file + ": is larger than 1 MiB; this is no configuration file");
      return;
    }
    String text = Files.readString(file);
    try {
      LoaderOptions options = new LoaderOptions();
      options.setMaxAliasesForCollections(10);
      options.setAllowDuplicateKeys(false);
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root == null) {
        return;
      }
      if (!(root instanceof MappingNode mapping)) {
        problems.add(file + ":1: expected keys such as 'http:'");
        return;
      }
      check(mapping, defaults, "", file);
      if (problems.isEmpty() && yaml.readTree(text) instanceof ObjectNode own) {
        merge(tree, own);
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
      problems.add(
          file + ":" + (line + 1) + ": " + e.getProblem() + "; check indentation and quotes");
    } catch (JsonProcessingException e) {
      problems.add(file + ": " + e.getOriginalMessage());
    }
  }

  /** Compares the shape with the defaults: unknown keys, a value in place of a section, types. */
  private void check(MappingNode node, JsonNode defaults, String prefix, Path file) {
    for (NodeTuple entry : node.getValue()) {
      String place = file + ":" + (entry.getKeyNode().getStartMark().getLine() + 1) + ": ";
      if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
        problems.add(place + "a key must be plain text");
        continue;
      }
      String key = prefix + scalar.getValue();
      places.put(key, place);
      JsonNode expected = defaults.get(scalar.getValue());
      if (expected == null) {
        problems.add(place + key + ": unknown key" + suggestion(scalar.getValue(), defaults));
      } else if (expected.isObject()) {
        if (entry.getValueNode() instanceof MappingNode inner) {
          check(inner, expected, key + ".", file);
        } else {
          problems.add(place + key + ": is a section; indent its keys below it");
        }
      } else if (entry.getValueNode() instanceof ScalarNode value) {
        checkType(expected, value.getValue(), key, place);
      } else if (!expected.isArray()) {
        problems.add(place + key + ": expected one value, as " + expected);
      } else if (entry.getValueNode() instanceof SequenceNode list) {
        List<String> known = ITEMS.get(key);
        if (known != null) {
          checkItems(list, known, key, file);
        }
      }
    }
  }

  /** Checks a list of sections: each item for itself, so that all problems are told at once. */
  private void checkItems(SequenceNode list, List<String> known, String key, Path file) {
    int i = 0;
    for (Node item : list.getValue()) {
      String name = key + "[" + i++ + "]";
      String place = file + ":" + (item.getStartMark().getLine() + 1) + ": ";
      places.put(name, place);
      if (!(item instanceof MappingNode section)) {
        problems.add(place + name + ": expected a section with " + String.join(", ", known));
        continue;
      }
      Set<String> seen = new HashSet<>();
      for (NodeTuple entry : section.getValue()) {
        String at = file + ":" + (entry.getKeyNode().getStartMark().getLine() + 1) + ": ";
        String field =
            entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "(no text)";
        places.put(name + "." + field, at);
        seen.add(field);
        if (!known.contains(field)) {
          problems.add(
              at + name + "." + field + ": unknown key; known here: " + String.join(", ", known));
        } else if (!(entry.getValueNode() instanceof ScalarNode)) {
          problems.add(at + name + "." + field + ": expected one value");
        }
      }
      if (!seen.contains(known.getFirst())) {
        problems.add(place + name + ": lacks " + known.getFirst());
      }
    }
  }

  private void checkType(JsonNode expected, String value, String key, String place) {
    boolean fits =
        expected.isBoolean()
            ? value.equals("true") || value.equals("false")
            : expected.isIntegralNumber()
                ? value.matches("-?[0-9]{1,18}")
                : !expected.isNumber() || value.matches("-?[0-9]+(\\.[0-9]+)?");
    if (expected.isArray()) {
      problems.add(place + key + ": expected a list, as " + expected);
    } else if (!fits) {
      problems.add(
          place
              + key
              + ": '"
              + value
              + "' is not "
              + (expected.isBoolean() ? "true or false" : "a number")
              + "; the default is "
              + expected);
    }
  }

  private static String suggestion(String key, JsonNode known) {
    String best = "";
    int distance = 4;
    for (String name : (Iterable<String>) known::fieldNames) {
      int d = distance(key, name);
      if (d < distance) {
        distance = d;
        best = name;
      }
    }
    List<String> names = new ArrayList<>();
    known.fieldNames().forEachRemaining(names::add);
    return best.isEmpty()
        ? "; known here: " + String.join(", ", names)
        : "; did you mean " + best + "?";
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int up = row[j];
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
        diagonal = up;
      }
    }
    return row[b.length()];
  }

  private static void merge(ObjectNode into, ObjectNode from) {
    from.properties()
        .forEach(
            entry -> {
              if (into.get(entry.getKey()) instanceof ObjectNode below
                  && entry.getValue() instanceof ObjectNode inner) {
                merge(below, inner);
              } else {
                into.set(entry.getKey(), entry.getValue());
              }
            });
  }

  private void set(ObjectNode tree, ObjectNode defaults, String override) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      problems.add("--set " + override + ": write key=value, such as http.port=8080");
      return;
    }
    String key = override.substring(0, equals);
    String place = "--set " + override + ": ";
    String[] parts = key.split("\\.", -1);
    ObjectNode at = tree;
    JsonNode shape = defaults;
    for (int i = 0; i < parts.length; i++) {
      JsonNode next = shape.get(parts[i]);
      if (next == null) {
        problems.add(place + "unknown key" + suggestion(parts[i], shape));
        return;
      }
      if (i < parts.length - 1 && at.get(parts[i]) instanceof ObjectNode inner) {
        at = inner;
        shape = next;
      } else {
        store(at, parts[i], next, override.substring(equals + 1), key, place);
        return;
      }
    }
  }

  private void store(
      ObjectNode at, String name, JsonNode expected, String value, String key, String place) {
    if (expected.isObject()) {
      problems.add(place + "is a section; name one of its keys");
      return;
    }
    places.put(key, place);
    try {
      if (!expected.isArray()) {
        checkType(expected, value, key, place);
      }
      at.set(name, expected.isTextual() ? at.textNode(value) : yaml.readTree(value));
    } catch (JsonProcessingException e) {
      problems.add(place + e.getOriginalMessage());
    }
  }
}
