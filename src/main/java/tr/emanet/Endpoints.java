package tr.emanet;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code run/endpoints.json}: how scripts and the command line find a running service. Removed
 * first, written by rename when everything is bound, removed at a clean stop.
 */
final class Endpoints {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Endpoints() {}

  static void remove(StateDirectory state) throws IOException {
    Files.deleteIfExists(state.endpoints());
  }

  /**
   * Writes the file.
   *
   * @param bound endpoint name to {@code host:port}; {@code http} to a URL without path
   */
  static void write(StateDirectory state, Instant startedAt, Map<String, String> bound)
      throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("pid", ProcessHandle.current().pid());
    all.put("started_at", startedAt.toString());
    all.put("endpoints", new TreeMap<>(bound));
    all.putAll(new TreeMap<>(bound));
    Path part = state.endpoints().resolveSibling("endpoints.json.part");
    Files.write(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
    Files.move(
        part,
        state.endpoints(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
