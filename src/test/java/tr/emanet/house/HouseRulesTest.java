package tr.emanet.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  private static final int MAIN_LINES = 400;
  private static final int TEST_LINES = 600;
  private static final Set<String> TOP_LEVEL =
      Set.of("pom.xml", "src", "routes", "rules", "packaging", "README.md", "LICENSE");
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b|@Dis" + "abled|not (yet )?implemen" + "ted");
  private static final Pattern BAD_NAME =
      Pattern.compile(".*(Manager|Helper|Utils?|Impl|DTO)|(Abstract|Base)[A-Z].*");

  @Test
  void runsOnTheJavaThatWeShip() {
    assertThat(System.getProperty("java.version")).startsWith("25");
    assertThat(System.getProperty("user.language")).isEqualTo("tr");
  }

  @Test
  void keepsFilesShort() {
    List<String> tooLong = new ArrayList<>();
    for (Path path : Sources.java("src/main/java")) {
      check(path, MAIN_LINES, tooLong);
    }
    for (Path path : Sources.java("src/test/java")) {
      check(path, TEST_LINES, tooLong);
    }

    assertThat(tooLong).isEmpty();
  }

  @Test
  void listsEveryStepOfTheStoreBesideIt() throws IOException {
    List<String> wrong = new ArrayList<>();
    try (Stream<Path> all = Files.walk(Sources.ROOT.resolve("src/main/resources"))) {
      for (Path folder : all.filter(p -> p.endsWith("db")).toList()) {
        List<String> listed = Files.readAllLines(folder.resolve("steps"));
        try (Stream<Path> files = Files.list(folder)) {
          Set<String> there =
              files
                  .map(f -> String.valueOf(f.getFileName()))
                  .filter(f -> f.endsWith(".sql"))
                  .collect(Collectors.toSet());
          if (!there.equals(Set.copyOf(listed))) {
            wrong.add(folder + ": " + there + " are there, " + listed + " are listed");
          }
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static void check(Path path, int limit, List<String> tooLong) {
    long lines = Sources.read(path).lines().count();
    if (lines > limit) {
      tooLong.add(Sources.ROOT.relativize(path) + ": " + lines);
    }
  }

  @Test
  void marksEveryPackageAsNullMarked() {
    List<Path> all = new ArrayList<>(Sources.java("src/main/java"));
    all.addAll(Sources.java("src/test/java"));
    Set<Path> missing = new TreeSet<>();

    for (Path path : all) {
      Path info = path.resolveSibling("package-info.java");
      if (!Files.exists(info) || !Sources.read(info).contains("@NullMarked")) {
        missing.add(Sources.ROOT.relativize(path.getParent()));
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void leavesNothingUnfinishedAndNamesThingsByWhatTheyAre() {
    List<String> wrong = new ArrayList<>();
    for (Path path : Sources.java("src/main/java")) {
      if (UNFINISHED.matcher(Sources.read(path)).find()) {
        wrong.add(Sources.ROOT.relativize(path) + " is unfinished");
      }
      String name = path.getFileName().toString().replace(".java", "");
      if (BAD_NAME.matcher(name).matches()) {
        wrong.add(name + " says nothing");
      }
    }

    assertThat(wrong).isEmpty();
  }

  @Test
  void keepsTheTopLevelSmall() throws IOException {
    try (Stream<Path> entries = Files.list(Sources.ROOT)) {
      List<String> extra =
          entries
              .map(p -> p.getFileName().toString())
              .filter(n -> !n.startsWith(".") && !TOP_LEVEL.contains(n))
              .filter(n -> !n.equals("target") && !n.equals("var"))
              .toList();

      assertThat(extra).isEmpty();
    }
  }

  @Test
  void speaksBothLanguagesCompletely() {
    List<String> wrong = new ArrayList<>();
    for (Path turkish : Sources.files("src/main/resources", "_tr.properties")) {
      Path english =
          turkish.resolveSibling(turkish.getFileName().toString().replace("_tr.", "_en."));
      Properties tr = load(turkish);
      Properties en = load(english);
      Set<String> both = new TreeSet<>(tr.stringPropertyNames());
      both.addAll(en.stringPropertyNames());
      for (String key : both) {
        String a = tr.getProperty(key);
        String b = en.getProperty(key);
        if (a == null && key.endsWith(".one")) {
          // Turkish counts without a plural form: only English has a text for exactly one.
          continue;
        }
        if (a == null || b == null || a.isBlank() || b.isBlank()) {
          wrong.add(turkish.getFileName() + ": " + key + " is missing or empty in one language");
        } else if (!placeholders(a).equals(placeholders(b))) {
          wrong.add(turkish.getFileName() + ": " + key + " has other placeholders");
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static Set<String> placeholders(String text) {
    return Pattern.compile("\\{(\\d+)")
        .matcher(text)
        .results()
        .map(m -> m.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Properties load(Path path) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
