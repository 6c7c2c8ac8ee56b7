package tr.emanet.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the code to the package table of {@code src/docs/architecture.md}. */
class PackagesTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(l -> !l.contains("/tr/emanet/web/pages/"))
          .importPackages("tr.emanet");

  /** Package name to what it may use, as the page says. */
  private static Map<String, Set<String>> table() {
    Map<String, Set<String>> rows = new LinkedHashMap<>();
    Sources.read(Sources.ROOT.resolve("src/docs/architecture.md"))
        .lines()
        .dropWhile(line -> !line.startsWith("| package |"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|", -1))
        .forEach(
            cells ->
                rows.put(
                    cells[1].strip(),
                    Arrays.stream(cells[3].split(","))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new))));
    return rows;
  }

  private static String feature(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals("tr.emanet")) {
      return "(root)";
    }
    String rest = name.substring("tr.emanet.".length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  @Test
  void usesOnlyThePackagesThatTheTableAllows() {
    Map<String, Set<String>> table = table();
    List<String> wrong = new ArrayList<>();

    for (JavaClass type : MAIN) {
      String from = feature(type);
      Set<String> allowed = table.get(from);
      if (allowed == null) {
        wrong.add(from + " has no row (" + type.getName() + ")");
        continue;
      }
      type.getDirectDependenciesFromSelf().stream()
          .map(d -> d.getTargetClass().getBaseComponentType())
          .filter(t -> t.getPackageName().startsWith("tr.emanet"))
          .map(PackagesTest::feature)
          .filter(to -> !to.equals(from))
          .filter(to -> !permits(allowed, to))
          .distinct()
          .forEach(to -> wrong.add(type.getName() + " uses " + to));
    }

    assertThat(wrong).isEmpty();
  }

  private static boolean permits(Set<String> allowed, String to) {
    if (allowed.contains("all")) {
      return true;
    }
    return allowed.contains("all but cli") ? !to.equals("cli") : allowed.contains(to);
  }

  @Test
  void hasNoCycles() {
    slices().matching("tr.emanet.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void keepsLibrariesWhereTheyBelong() {
    only("org.apache.lucene..", "index", "search");
    only("org.apache.camel..", "intake");
    only("org.eclipse.paho..", "intake", "demo");
    only("org.bouncycastle..", "crypto");
    only("gg.jte..", "web");
    only("com.github.luben..", "backup", "journal");
    only("info.picocli..", "cli");
    only("net.schmizz..", "backup");
    only("com.github.difflib..", "backup");
    only("software.amazon.awssdk..", "backup");
    // Constraint annotations would do nothing: the service runs without a validator.
    only("jakarta.validation..", "(root)");
  }

  private static void only(String library, String... features) {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "outside " + List.of(features), c -> !List.of(features).contains(feature(c))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void keepsHttpInResourcesAndSqlInStores() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are no resources",
                c ->
                    !feature(c).equals("web")
                        && !feature(c).equals("(root)")
                        && !outermost(c).endsWith("Resource")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.ws.rs..")
        .check(MAIN);
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are no stores",
                c -> !feature(c).equals("store") && !outermost(c).endsWith("Store")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.jdbi..", "org.sqlite..")
        .check(MAIN);
  }

  private static String outermost(JavaClass type) {
    String name = type.getName();
    int dollar = name.indexOf('$');
    String outer = dollar < 0 ? name : name.substring(0, dollar);
    return outer.substring(outer.lastIndexOf('.') + 1);
  }

  @Test
  void writesToNoStandardStreamsAndUsesOneLoggingLibrary() {
    noClasses()
        .that(DescribedPredicate.describe("are not cli", c -> !feature(c).equals("cli")))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(MAIN);
  }
}
