package tr.emanet.alert;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads {@code rules/usom.yml}. Finds all problems at once and names file, line and remedy; what
 * the file leaves out is as shipped. One thread only.
 */
public final class PolicyFile {

  private static final long MAX_BYTES = 256 * 1024;
  private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,16}");
  private static final String SEVERITIES = "write low, medium, high or critical";

  /** Sections and their keys; {@code *} stands for codes. */
  private static final Map<String, List<String>> KNOWN =
      Map.of(
          "", List.of("severity", "grouping", "raise", "incident", "notify"),
          "severity", List.of("byClass", "otherwise"),
          "severity.byClass", List.of("*"),
          "grouping", List.of("by", "window"),
          "raise", List.of("allowed", "server", "several", "login"),
          "raise.several", List.of("indicators", "within", "steps"),
          "raise.login", List.of("within", "steps"),
          "incident", List.of("notAlone"),
          "notify", List.of("atLeast"));

  /** What became of a file. */
  public sealed interface Outcome {
    record Valid(Policy policy) implements Outcome {}

    /** Refused as a whole. */
    record Invalid(List<Problem> problems) implements Outcome {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * One mistake.
   *
   * @param line from 1; 0 when the file as a whole is meant
   */
  public record Problem(Path file, int line, String problem, String remedy) {
    @Override
    public String toString() {
      return file + (line == 0 ? "" : ":" + line) + ": " + problem + "; " + remedy;
    }
  }

  /** A value and the line where it stands. */
  private record At(Node node, int line) {}

  private final Path file;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, At> values = new LinkedHashMap<>();

  private PolicyFile(Path file) {
    this.file = file;
  }

  /** Reads and checks a file. */
  public static Outcome read(Path file) {
    PolicyFile reader = new PolicyFile(file);
    String text = reader.load();
    return text == null ? reader.invalid() : reader.parse(text);
  }

  private @Nullable String load() {
    try {
      if (Files.size(file) > MAX_BYTES) {
        problem(0, "is larger than 256 KiB", "this is no policy; restore the shipped file");
        return null;
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      problem(0, "is not UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      problem(0, "cannot be read", "check the path and its permissions");
    }
    return null;
  }

  private Outcome parse(String text) {
    try {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      options.setMaxAliasesForCollections(10);
      options.setNestingDepthLimit(10);
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root instanceof MappingNode mapping) {
        collect(mapping, "");
      } else if (root != null) {
        problem(1, "expected sections", "begin with 'severity:'");
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      problem(line, String.valueOf(e.getProblem()), "check indentation and quotes");
    } catch (YAMLException e) {
      problem(0, "is not YAML", "remove control characters and anchors");
    }
    Policy policy = build();
    return problems.isEmpty() ? new Outcome.Valid(policy) : invalid();
  }

  private Outcome invalid() {
    problems.sort(Comparator.comparingInt(Problem::line));
    return new Outcome.Invalid(problems);
  }

  private void collect(MappingNode section, String path) {
    List<String> known = KNOWN.getOrDefault(path, List.of());
    Set<String> seen = new LinkedHashSet<>();
    for (NodeTuple entry : section.getValue()) {
      int line = entry.getKeyNode().getStartMark().getLine() + 1;
      if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
        problem(line, "a key must be plain text", "known here: " + String.join(", ", known));
        continue;
      }
      String name = scalar.getValue();
      String key = path.isEmpty() ? name : path + "." + name;
      if (!seen.add(name)) {
        problem(line, key + " stands twice", "remove one of the two");
      } else if (known.contains("*") ? !CODE.matcher(name).matches() : !known.contains(name)) {
        problem(line, key + " is unknown", "known here: " + String.join(", ", known));
      } else if (!KNOWN.containsKey(key)) {
        values.put(key, new At(entry.getValueNode(), line));
      } else if (entry.getValueNode() instanceof MappingNode inner) {
        collect(inner, key);
      } else {
        problem(line, key + " is a section", "indent its keys below it");
      }
    }
  }

  private Policy build() {
    Policy d = Policy.SHIPPED;
    Map<String, Severity> classes = new LinkedHashMap<>(d.byClass());
    for (String key : List.copyOf(values.keySet())) {
      if (key.startsWith("severity.byClass.")) {
        String code = key.substring("severity.byClass.".length());
        classes.put(code, severity(key, d.byClass().getOrDefault(code, d.otherwise())));
      }
    }
    Map<Raise, Integer> steps = new EnumMap<>(Raise.class);
    steps.put(Raise.ALLOWED, number("raise.allowed", 0, 3, 1));
    steps.put(Raise.SERVER, number("raise.server", 0, 3, 1));
    steps.put(Raise.SEVERAL, number("raise.several.steps", 0, 3, 1));
    steps.put(Raise.LOGIN, number("raise.login.steps", 0, 3, 1));
    List<String> by =
        list(
            "grouping.by",
            List.of("indicator", "asset"),
            List.of("indicator", "asset")::contains,
            "write [indicator, asset] or [indicator]");
    if (!by.contains("indicator")) {
      problem(line("grouping.by"), "grouping.by lacks indicator", "what matched always counts");
    }
    At window = values.get("grouping.window");
    boolean day = window == null || text(window).equals("day");
    return new Policy(
        classes,
        severity("severity.otherwise", d.otherwise()),
        by.contains("asset"),
        day ? Duration.ZERO : span("grouping.window", d.window(), "write day, or a span as 1h"),
        steps,
        number("raise.several.indicators", 2, 1000, d.severalCount()),
        span("raise.several.within", d.severalWithin(), "write a span as 30m, 1h or 1d"),
        span("raise.login.within", d.loginWithin(), "write a span as 30m, 1h or 1d"),
        Set.copyOf(
            list(
                "incident.notAlone",
                List.copyOf(d.notAlone()),
                code -> CODE.matcher(code).matches(),
                "write codes of the feed, as [IH]")),
        severity("notify.atLeast", d.notifyAtLeast()));
  }

  private Severity severity(String key, Severity otherwise) {
    At at = values.get(key);
    if (at == null) {
      return otherwise;
    }
    return Severity.named(text(at))
        .orElseGet(
            () -> {
              problem(at.line(), key + ": '" + shown(at) + "' is no severity", SEVERITIES);
              return otherwise;
            });
  }

  private int number(String key, int low, int high, int otherwise) {
    At at = values.get(key);
    if (at == null) {
      return otherwise;
    }
    String text = text(at);
    if (text.matches("[0-9]{1,6}")) {
      int n = Integer.parseInt(text);
      if (n >= low && n <= high) {
        return n;
      }
    }
    problem(
        at.line(),
        key + ": '" + shown(at) + "' does not fit",
        "write a whole number from " + low + " to " + high);
    return otherwise;
  }

  private Duration span(String key, Duration otherwise, String remedy) {
    At at = values.get(key);
    if (at == null) {
      return otherwise;
    }
    Matcher span = SPAN.matcher(text(at));
    if (span.matches()) {
      long n = Long.parseLong(span.group(1));
      Duration found =
          switch (span.group(2)) {
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofDays(n);
          };
      if (found.compareTo(Duration.ofMinutes(1)) >= 0
          && found.compareTo(Duration.ofDays(31)) <= 0) {
        return found;
      }
    }
    problem(at.line(), key + ": '" + shown(at) + "' is no span of 1 minute to 31 days", remedy);
    return otherwise;
  }

  private List<String> list(
      String key, List<String> otherwise, Predicate<String> fits, String remedy) {
    At at = values.get(key);
    if (at == null) {
      return otherwise;
    }
    if (!(at.node() instanceof SequenceNode items)) {
      problem(at.line(), key + " is not a list", remedy);
      return otherwise;
    }
    List<String> out = new ArrayList<>();
    for (Node item : items.getValue()) {
      if (item instanceof ScalarNode scalar && fits.test(scalar.getValue())) {
        out.add(scalar.getValue());
      } else {
        At one = new At(item, item.getStartMark().getLine() + 1);
        problem(one.line(), key + ": '" + shown(one) + "' does not fit", remedy);
      }
    }
    return out.isEmpty() && !items.getValue().isEmpty() ? otherwise : out;
  }

  private int line(String key) {
    At at = values.get(key);
    return at == null ? 0 : at.line();
  }

  private static String text(At at) {
    return at.node() instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private static String shown(At at) {
    return at.node() instanceof ScalarNode scalar ? Hit.cut(scalar.getValue(), 60) : "...";
  }

  private void problem(int line, String problem, String remedy) {
    if (problems.size() < 100) {
      problems.add(new Problem(file, line, problem, remedy));
    }
  }
}
