package tr.emanet.intake.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tr.emanet.intake.IntakeStatus.RouteProblem;

/**
 * The dry run of one route file: everything that is wrong, each with line and remedy, before Camel
 * sees it. What is not on the list here is refused: routes hold wiring and no decisions, so there
 * are no expressions, beans, scripts or computed addresses. One file, one thread.
 */
final class RouteCheck {

  /** Longest route file in characters. */
  static final int MAX_CHARS = 256 * 1024;

  private static final int MAX_DEPTH = 20;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String WRITE = "write '- route:' with 'id' and 'from'";

  /** What a good file holds. */
  record Checked(List<String> routeIds, Set<String> listeners, List<RouteProblem> problems) {
    Checked {
      routeIds = List.copyOf(routeIds);
      listeners = Set.copyOf(listeners);
      problems = List.copyOf(problems);
    }
  }

  /** Checks the options of an endpoint and returns the listener's name, or "". */
  interface OptionCheck {
    String check(
        String path,
        Map<String, String> options,
        java.util.function.BiConsumer<String, String> problems);
  }

  private final String file;
  private final Map<String, String> placeholders;
  private final Map<String, OptionCheck> sources;
  private final List<RouteProblem> problems = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final Set<String> listeners = new LinkedHashSet<>();

  RouteCheck(String file, Map<String, String> placeholders, Map<String, OptionCheck> sources) {
    this.file = file;
    this.placeholders = placeholders;
    this.sources = sources;
  }

  Checked check(String text) {
    if (text.length() > MAX_CHARS) {
      report(0, "the file has " + text.length() + " characters", "use at most " + MAX_CHARS);
      return done();
    }
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(file)
              .setAllowDuplicateKeys(false)
              .setMaxAliasesForCollections(0)
              .setCodePointLimit(MAX_CHARS)
              .build();
      int documents = 0;
      for (Node document : new Compose(settings).composeAllFromString(text)) {
        if (++documents > 1) {
          report(line(document), "a second YAML document begins", "use one document a file");
        } else if (plain(document, 0)) {
          document(document);
        }
      }
      if (documents == 0) {
        report(0, "the file is empty", WRITE + ", or delete the file");
      }
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      report(line, "not YAML: " + e.getProblem(), "correct the indentation or quoting");
    } catch (YamlEngineException e) {
      report(0, "not YAML: " + e.getMessage(), "correct the file");
    }
    return done();
  }

  private Checked done() {
    return new Checked(ids, listeners, problems);
  }

  /** Refuses anchors, aliases, tags of other types and deep nesting. */
  private boolean plain(Node node, int depth) {
    if (depth > MAX_DEPTH) {
      report(line(node), "nested too deeply", "keep to the form of the shipped files");
      return false;
    }
    if (node.getAnchor().isPresent()) {
      report(line(node), "anchors and aliases are not allowed", "write the value out");
      return false;
    }
    if (!node.getTag().getValue().startsWith("tag:yaml.org,2002:")) {
      report(line(node), "the tag " + node.getTag() + " is not allowed", "remove it");
      return false;
    }
    boolean good = true;
    if (node instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        good &= plain(item, depth + 1);
      }
    } else if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        good &= plain(entry.getKeyNode(), depth + 1) && plain(entry.getValueNode(), depth + 1);
      }
    }
    return good;
  }

  private void document(Node node) {
    if (!(node instanceof SequenceNode list)) {
      report(line(node), "a route file is a list", WRITE);
      return;
    }
    for (Node item : list.getValue()) {
      Map<String, Node> entry = map(item, Set.of("route"), WRITE);
      Node route = entry.get("route");
      if (route != null) {
        route(route);
      }
    }
  }

  private void route(Node node) {
    Map<String, Node> route =
        map(
            node,
            Set.of("id", "description", "autoStartup", "from"),
            "use id, description, autoStartup and from");
    String id = text(route.get("id"));
    if (id == null || !ID.matcher(id).matches()) {
      report(line(node), "the route has no usable id", "add 'id: a-name' under 'route:'");
    } else if (ids.contains(id)) {
      report(line(node), "the id '" + id + "' is used twice", "give each route its own id");
    } else {
      ids.add(id);
    }
    Node auto = route.get("autoStartup");
    String starts = text(auto);
    if (auto != null && (starts == null || !starts.equals("true") && !starts.equals("false"))) {
      report(line(auto), "autoStartup is '" + starts + "'", "use true or false");
    }
    Node from = route.get("from");
    if (from == null) {
      report(line(node), "the route has no 'from'", "add 'from:' with uri and steps");
    } else {
      from(from, "false".equals(starts));
    }
  }

  private void from(Node node, boolean off) {
    Map<String, Node> from =
        map(
            node,
            Set.of("id", "description", "uri", "parameters", "steps"),
            "use uri, parameters and steps");
    String scheme = endpoint(node, from, sources, "from", off);
    Node steps = from.get("steps");
    if (!(steps instanceof SequenceNode list) || list.getValue().size() != 1) {
      report(
          line(steps == null ? node : steps),
          "a route has exactly one step",
          "end it with '- to: journal:<stream>' or '- to: tick:feeds' under 'steps:'");
      return;
    }
    Node step = list.getValue().getFirst();
    Node to = map(step, Set.of("to"), "only 'to:' is allowed as a step").get("to");
    Map<String, OptionCheck> targets = SourceChecks.targets(scheme);
    if (to instanceof ScalarNode scalar) {
      String ignored = endpoint(to, Map.of("uri", scalar), targets, "to", off);
    } else if (to != null) {
      String ignored =
          endpoint(
              to,
              map(to, Set.of("id", "description", "uri", "parameters"), "use uri and parameters"),
              targets,
              "to",
              off);
    }
  }

  /** Answers the scheme of the address; "" when it has none that is allowed here. */
  private String endpoint(
      Node at,
      Map<String, Node> fields,
      Map<String, OptionCheck> allowed,
      String where,
      boolean off) {
    Node uriNode = fields.get("uri");
    String uri = text(uriNode);
    if (uriNode == null || uri == null) {
      report(line(at), "'" + where + "' has no uri", "add 'uri:'");
      return "";
    }
    int line = line(uriNode);
    int colon = uri.indexOf(':');
    String scheme = colon < 0 ? uri : uri.substring(0, colon);
    OptionCheck check = allowed.get(scheme);
    if (check == null) {
      report(
          line,
          "the component '" + scheme + "' is not allowed in '" + where + "'",
          "use one of " + String.join(", ", allowed.keySet().stream().sorted().toList()));
      return "";
    }
    Map<String, Integer> lines = new HashMap<>();
    Map<String, String> options = new LinkedHashMap<>();
    String path = colon < 0 ? "" : uri.substring(colon + 1);
    int query = path.indexOf('?');
    if (query >= 0) {
      for (String pair : path.substring(query + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        options.put(
            equals < 0 ? pair : pair.substring(0, equals),
            equals < 0 ? "" : pair.substring(equals + 1));
      }
      path = path.substring(0, query);
    }
    Node parameters = fields.get("parameters");
    if (parameters != null) {
      for (Map.Entry<String, Node> option : map(parameters, null, "use name: value").entrySet()) {
        String value = text(option.getValue());
        options.put(option.getKey(), value == null ? "" : value);
        lines.put(option.getKey(), line(option.getValue()));
      }
    }
    String name =
        check.check(
            path.startsWith("//") ? path.substring(2) : path,
            options,
            (problem, remedy) -> report(lineOf(problem, lines, line), problem, remedy));
    if (!name.isEmpty() && !off && !listeners.add(name)) {
      report(line, "the listener name '" + name + "' is used twice", "set another option 'name'");
    }
    return scheme;
  }

  /** Problems name their option in quotes: that is the line to show. */
  private static int lineOf(String problem, Map<String, Integer> lines, int otherwise) {
    int quote = problem.indexOf('\'');
    int end = quote < 0 ? -1 : problem.indexOf('\'', quote + 1);
    return end < 0 ? otherwise : lines.getOrDefault(problem.substring(quote + 1, end), otherwise);
  }

  private Map<String, Node> map(Node node, @Nullable Set<String> allowed, String remedy) {
    Map<String, Node> out = new LinkedHashMap<>();
    if (!(node instanceof MappingNode map)) {
      report(line(node), "a list of 'name: value' is expected here", remedy);
      return out;
    }
    for (NodeTuple entry : map.getValue()) {
      String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (allowed != null && !allowed.contains(key)) {
        report(line(entry.getKeyNode()), "'" + key + "' is not allowed here", remedy);
      } else {
        out.put(key, entry.getValueNode());
      }
    }
    return out;
  }

  /** A scalar with its placeholders filled in, or null. */
  private @Nullable String text(@Nullable Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      return null;
    }
    Matcher matcher = PLACEHOLDER.matcher(scalar.getValue());
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String value = placeholders.get(matcher.group(1));
      if (value == null) {
        report(
            line(node),
            "there is no value for {{" + matcher.group(1) + "}}",
            "use one of " + String.join(", ", placeholders.keySet()));
        value = "";
      }
      matcher.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(out);
    return out.toString();
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private void report(int line, String problem, String remedy) {
    problems.add(new RouteProblem(file, line, problem, remedy));
  }
}
