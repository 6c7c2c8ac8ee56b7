package tr.emanet.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tr.emanet.event.Field;
import tr.emanet.web.Language;
import tr.emanet.web.TextCatalog;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;
import tr.emanet.web.security.Public;

/** What the API describes, what both languages say and which colours exist. */
class ContractTest {

  private static final List<Class<? extends Annotation>> VERBS =
      List.of(GET.class, POST.class, PUT.class, DELETE.class);

  @Test
  void describesEachPathOfTheApiAndNoOther() throws Exception {
    Set<String> implemented = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("tr.emanet")) {
      if (type.isAnnotatedWith(Path.class) && type.isTopLevelClass()) {
        collect(type.reflect(), implemented);
      }
    }
    Set<String> described = new TreeSet<>();
    try (InputStream in = ContractTest.class.getResourceAsStream("/tr/emanet/web/openapi.yaml")) {
      JsonNode paths = new YAMLMapper().readTree(in).get("paths");
      paths
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .fieldNames()
                      .forEachRemaining(
                          verb ->
                              described.add(verb.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    }

    assertThat(described).isEqualTo(implemented);
  }

  private static void collect(Class<?> type, Set<String> into) {
    for (Method method : type.getDeclaredMethods()) {
      for (Class<? extends Annotation> verb : VERBS) {
        if (method.isAnnotationPresent(verb)) {
          Path below = method.getAnnotation(Path.class);
          String path =
              ("/"
                      + type.getAnnotation(Path.class).value()
                      + "/"
                      + (below == null ? "" : below.value()))
                  .replaceAll("/+", "/")
                  .replaceAll("/$", "")
                  .replaceAll("\\{(\\w+)\\s*:(?:[^{}]|\\{[^}]*})*}", "{$1}");
          if (path.startsWith("/api/v1/")) {
            into.add(verb.getSimpleName() + " " + path.substring("/api/v1".length()));
          }
          assertThat(
                  method.isAnnotationPresent(Allow.class)
                      || method.isAnnotationPresent(Public.class))
              .as("who may call " + method)
              .isTrue();
        }
      }
    }
  }

  @Test
  void saysEverythingInBothLanguages() {
    TextCatalog catalog = new TextCatalog(UiApp.BUNDLES, UiApp.ZONE);
    Texts turkish = catalog.in(Language.TR);
    Texts english = catalog.in(Language.EN);

    Set<String> plain = new TreeSet<>(english.keys());
    plain.removeIf(key -> key.endsWith(".one") && !turkish.keys().contains(key));
    assertThat(plain).isEqualTo(new TreeSet<>(turkish.keys()));
    for (Field field : Field.all()) {
      assertThat(turkish.has("field." + field.ecsName())).as(field.ecsName()).isTrue();
    }
    for (String key : turkish.keys()) {
      assertThat(holes(turkish.get(key))).as(key).isEqualTo(holes(english.get(key)));
    }
  }

  private static Set<String> holes(String text) {
    Set<String> out = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{\\d}").matcher(text);
    while (matcher.find()) {
      out.add(matcher.group());
    }
    return out;
  }

  @Test
  void keepsColoursInTokensOnly() throws Exception {
    String css;
    try (InputStream in =
        ContractTest.class.getResourceAsStream("/tr/emanet/web/assets/css/emanet.css")) {
      css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    for (String line : css.lines().toList()) {
      if (!line.strip().startsWith("--")) {
        assertThat(line.replace("rgb(12 17 20 / 40%)", ""))
            .doesNotContainPattern("#[0-9A-Fa-f]{3,8}\\b(?![^{]*\\{)|rgb\\(|hsl\\(");
      }
    }
    assertThat(css).doesNotContain("font-weight: 500").doesNotContain("text-transform");
  }
}
