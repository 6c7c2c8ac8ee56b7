package tr.emanet.backup.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.crypto.PrivateFiles;

/**
 * Records without a service: lines of JSON in {@code records.jsonl}. What the command line wrote
 * there the service takes over into store and audit log ({@link #drainTo}). One process at a time.
 */
public final class KeyRecordFile implements KeyRecords {

  /** So that the file stays one that {@link PrivateFiles} reads. */
  private static final int MAX_LINES = 200;

  private final Path file;
  private final InstantSource clock;

  /**
   * @param directory {@code keys/backup}
   */
  public KeyRecordFile(Path directory, InstantSource clock) {
    this.file = directory.resolve("records.jsonl");
    this.clock = clock;
  }

  @Override
  public void act(String who, String action, Map<String, String> details) throws IOException {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("at", clock.instant().toString()).put("who", who).put("action", action);
    details.forEach(node.putObject("details")::put);
    append(node);
  }

  @Override
  public void drill(Drill drill) throws IOException {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("at", drill.at().toString()).put("who", drill.person());
    node.putObject("drill")
        .put("repository", drill.repository())
        .put("era", drill.era())
        .put("method", drill.method().name());
    append(node);
  }

  private void append(ObjectNode node) throws IOException {
    List<String> lines = new ArrayList<>(lines());
    if (lines.size() >= MAX_LINES) {
      throw new KeysException(
          file + " is full; start the service once, it takes the records over into its store");
    }
    lines.add(new ObjectMapper().writeValueAsString(node));
    PrivateFiles.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private List<String> lines() throws IOException {
    return Files.exists(file)
        ? new String(PrivateFiles.read(file), StandardCharsets.UTF_8).lines().toList()
        : List.of();
  }

  @Override
  public List<Drill> drills(String repository) throws IOException {
    List<Drill> out = new ArrayList<>();
    for (String line : lines()) {
      JsonNode node = tree(line);
      if (node.path("drill").path("repository").asText().equals(repository)) {
        out.add(drill(node));
      }
    }
    return out.reversed();
  }

  /** Hands every record to others and empties the file; a drill that they have is not doubled. */
  public void drainTo(KeyRecords others) throws IOException {
    List<String> lines = lines();
    for (String line : lines) {
      JsonNode node = tree(line);
      if (node.has("drill")) {
        others.drill(drill(node));
      } else {
        Map<String, String> details = new LinkedHashMap<>();
        node.path("details")
            .properties()
            .forEach(e -> details.put(e.getKey(), e.getValue().asText()));
        details.put("at", node.path("at").asText());
        details.put("person", node.path("who").asText());
        others.act(node.path("who").asText(), node.path("action").asText(), details);
      }
    }
    Files.deleteIfExists(file);
  }

  private JsonNode tree(String line) throws KeysException {
    try {
      return new ObjectMapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw damaged(e);
    }
  }

  private Drill drill(JsonNode node) throws KeysException {
    try {
      JsonNode drill = node.required("drill");
      return new Drill(
          drill.required("repository").asText(),
          drill.required("era").intValue(),
          Instant.parse(node.required("at").asText()),
          node.required("who").asText(),
          Drill.Method.valueOf(drill.required("method").asText()));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw damaged(e);
    }
  }

  private KeysException damaged(Exception e) {
    return new KeysException(file + " is damaged; move it away, it holds records only", e);
  }
}
