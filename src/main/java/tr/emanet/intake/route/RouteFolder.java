package tr.emanet.intake.route;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.intake.IntakeStatus.RouteFile;
import tr.emanet.intake.IntakeStatus.RouteProblem;
import tr.emanet.intake.IntakeStatus.RouteState;

/**
 * Keeps Camel's routes equal to the files of a folder. A file is checked as a whole before anything
 * of it changes; one that has become bad leaves its last good version running, and one that cannot
 * start (a port in use) is tried again. Called by one thread at a time.
 */
final class RouteFolder {

  static final String ENDING = ".camel.yaml";

  private static final Logger LOG = LoggerFactory.getLogger(RouteFolder.class);
  private static final int MAX_FILES = 200;

  private final Path folder;
  private final CamelContext camel;
  private final Map<String, String> placeholders;
  private final Map<String, RouteCheck.OptionCheck> sources;
  private final Map<String, Loaded> files = new TreeMap<>();
  private volatile List<RouteFile> status = List.of();

  /** One file as it was last seen. */
  private static final class Loaded {
    private String text = "";
    private @Nullable String running;
    private List<String> routeIds = List.of();
    private Set<String> listeners = Set.of();
    private List<RouteProblem> problems = List.of();
    private boolean retry;
  }

  RouteFolder(
      Path folder,
      CamelContext camel,
      Map<String, String> placeholders,
      Map<String, RouteCheck.OptionCheck> sources) {
    this.folder = folder;
    this.camel = camel;
    this.placeholders = placeholders;
    this.sources = sources;
  }

  List<RouteFile> status() {
    return status;
  }

  /** Reads the folder once and brings the routes into line with it. */
  void refresh(boolean retryFailed) {
    Map<String, String> now = read(folder);
    for (String gone : new ArrayList<>(files.keySet())) {
      Loaded loaded = files.get(gone);
      if (loaded != null && !now.containsKey(gone)) {
        remove(loaded.routeIds);
        files.remove(gone);
        LOG.atInfo().addKeyValue("file", gone).log("Route file is gone, its routes are stopped");
      }
    }
    now.forEach(
        (name, text) -> {
          Loaded loaded = files.computeIfAbsent(name, n -> new Loaded());
          if (!text.equals(loaded.text) || loaded.retry && retryFailed) {
            load(name, text, loaded);
          }
        });
    List<RouteFile> shown = new ArrayList<>();
    files.forEach(
        (name, loaded) ->
            shown.add(
                new RouteFile(
                    name,
                    loaded.problems.isEmpty()
                        ? RouteState.RUNNING
                        : loaded.running == null ? RouteState.BROKEN : RouteState.OUTDATED,
                    loaded.problems)));
    status = List.copyOf(shown);
  }

  private void load(String name, String text, Loaded loaded) {
    loaded.text = text;
    loaded.retry = false;
    RouteCheck.Checked checked = new RouteCheck(name, placeholders, sources).check(text);
    List<RouteProblem> problems = new ArrayList<>(checked.problems());
    problems.addAll(clashes(name, checked));
    if (problems.isEmpty()) {
      String before = loaded.running;
      List<String> beforeIds = loaded.routeIds;
      remove(beforeIds);
      loaded.running = null;
      String failure = begin(name, text, checked.routeIds());
      if (failure == null) {
        loaded.running = text;
        loaded.routeIds = checked.routeIds();
        loaded.listeners = checked.listeners();
        LOG.atInfo().addKeyValue("file", name).log("Route file is running");
      } else {
        problems.add(
            new RouteProblem(name, 0, failure, "the file is tried again every few seconds"));
        loaded.retry = true;
        if (before != null && begin(name, before, beforeIds) == null) {
          loaded.running = before;
        }
      }
    }
    loaded.problems = List.copyOf(problems);
    problems.forEach(p -> LOG.atError().addKeyValue("file", name).log(p.toString()));
  }

  private List<RouteProblem> clashes(String name, RouteCheck.Checked checked) {
    List<RouteProblem> out = new ArrayList<>();
    files.forEach(
        (other, loaded) -> {
          if (other.equals(name) || loaded.running == null) {
            return;
          }
          checked.routeIds().stream()
              .filter(loaded.routeIds::contains)
              .forEach(
                  id ->
                      out.add(
                          new RouteProblem(
                              name,
                              0,
                              "the route id '" + id + "' is used in " + other,
                              "choose another id")));
          checked.listeners().stream()
              .filter(loaded.listeners::contains)
              .forEach(
                  listener ->
                      out.add(
                          new RouteProblem(
                              name,
                              0,
                              "the listener name '" + listener + "' is used in " + other,
                              "set another option 'name'")));
        });
    return out;
  }

  /** Starts the routes; the failure in words, or null. */
  private @Nullable String begin(String name, String text, List<String> ids) {
    try {
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.fromString("emanet:" + name, text));
      return null;
    } catch (Exception e) {
      // Boundary: Camel declares Exception, and whatever it is must not end the other files.
      LOG.atWarn().setCause(e).addKeyValue("file", name).log("Routes did not start");
      remove(ids);
      Throwable deepest = e;
      while (deepest.getCause() != null && !(deepest instanceof tr.emanet.intake.IntakeException)) {
        deepest = deepest.getCause();
      }
      return String.valueOf(deepest.getMessage());
    }
  }

  private void remove(List<String> ids) {
    for (String id : ids) {
      try {
        if (camel.getRoute(id) != null) {
          camel.getRouteController().stopRoute(id);
        }
        camel.removeRoute(id);
      } catch (Exception e) {
        // Boundary: Camel declares Exception; a route that does not stop is shown in the log.
        LOG.atError().setCause(e).addKeyValue("route", id).log("Route did not stop");
      }
    }
  }

  /** The files of a folder by name; what cannot be read comes as text that fails the check. */
  static Map<String, String> read(Path folder) {
    Map<String, String> out = new TreeMap<>();
    try (DirectoryStream<Path> list = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : list) {
        if (out.size() >= MAX_FILES) {
          break;
        }
        out.put(String.valueOf(file.getFileName()), text(file));
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Map.of();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).addKeyValue("folder", folder).log("Route folder cannot be read");
    }
    return new HashMap<>(out);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > RouteCheck.MAX_CHARS) {
        return " ".repeat(RouteCheck.MAX_CHARS + 1);
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "# cannot be read: " + e.getMessage() + "\n";
    }
  }
}
