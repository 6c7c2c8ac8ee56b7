package tr.emanet.web.security;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Role;

/** Lists every endpoint of the program with the roles that may call it. */
public final class Endpoints {

  private Endpoints() {}

  /**
   * One resource method.
   *
   * @param path with template variables replaced by {@code 1}, or the first word they allow
   * @param rule null when the method has none, which is a mistake
   */
  public record Endpoint(Method method, String verb, String path, @Nullable Annotation rule) {

    public boolean isPublic() {
      return rule instanceof Public;
    }

    /** The roles that may call it: all of them when the rule names none. */
    public Set<Role> roles() {
      Role[] named = rule instanceof Allow allow ? allow.value() : new Role[0];
      return named.length == 0 ? EnumSet.allOf(Role.class) : EnumSet.copyOf(Arrays.asList(named));
    }

    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  /** All endpoints of classes named {@code *Resource} in the main classes. */
  public static List<Endpoint> all() {
    List<Endpoint> out = new ArrayList<>();
    for (JavaClass found :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(at -> !at.contains("/q/test/"))
            .importPackages("tr.emanet")) {
      if (found.getSimpleName().endsWith("Resource")) {
        out.addAll(of(found.reflect()));
      }
    }
    return out;
  }

  /** The endpoints of one class. */
  public static List<Endpoint> of(Class<?> resource) {
    Path root = resource.getAnnotation(Path.class);
    List<Endpoint> out = new ArrayList<>();
    for (Method method : resource.getDeclaredMethods()) {
      String verb = verb(method);
      if (root != null && verb != null) {
        Path own = method.getAnnotation(Path.class);
        String path = concrete(root.value()) + "/" + (own == null ? "" : concrete(own.value()));
        String clean = ("/" + path).replaceAll("/+", "/").replaceAll("(.)/$", "$1");
        out.add(new Endpoint(method, verb, clean, rule(method)));
      }
    }
    return out;
  }

  private static @Nullable String verb(Method method) {
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (http != null) {
        return http.value();
      }
    }
    return null;
  }

  private static @Nullable Annotation rule(Method method) {
    Allow allow = method.getAnnotation(Allow.class);
    Public open = method.getAnnotation(Public.class);
    if (allow != null && open != null) {
      return null;
    }
    return allow == null ? open : allow;
  }

  private static String concrete(String template) {
    StringBuilder out = new StringBuilder();
    int depth = 0;
    StringBuilder variable = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == '{' && depth++ == 0) {
        variable.setLength(0);
      } else if (c == '}' && --depth == 0) {
        String[] parts = variable.toString().split(":", 2);
        boolean words = parts.length == 2 && parts[1].strip().matches("[a-z|]+");
        out.append(words ? parts[1].strip().split("\\|", 2)[0] : "1");
      } else if (depth > 0) {
        variable.append(c);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
