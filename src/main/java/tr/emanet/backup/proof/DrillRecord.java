package tr.emanet.backup.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a drill leaves, with the fields of BİG 3.1.13.4: day and hour, systems, proof, result,
 * problems. The lessons are people's and stand beside it.
 *
 * @param job name of the backup job; empty when a repository was drilled without one
 * @param systems in the institution's words
 * @param about what was restored
 * @param sealed what the check of the seals said; see {@link #SEALED}
 * @param who asked for it; {@code -} for the schedule
 * @param machine where it was restored
 * @param outcome figures, digest, databases, problems
 */
public record DrillRecord(
    String job,
    String systems,
    About about,
    String sealed,
    Instant startedAt,
    Instant endedAt,
    String who,
    String machine,
    DrillRun.Outcome outcome) {

  /** Signatures and chain hold. */
  public static final String SEALED = "sound";

  /** Nobody looked at seals. */
  public static final String UNCHECKED = "unchecked";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What was restored.
   *
   * @param repository its address, {@code repositoryId} the id in its configuration
   * @param snapshot 64 hex digits, {@code takenAt} its time as the writer claims it
   * @param scope how much of it
   */
  public record About(
      String repository, String repositoryId, String snapshot, Instant takenAt, DrillScope scope) {}

  /** Whether it came back as it was, and the seals hold. */
  public boolean passed() {
    return outcome.passed() && (sealed.equals(SEALED) || sealed.equals(UNCHECKED));
  }

  /** One JSON object in a fixed order, UTF-8, with a newline at its end: what is signed. */
  public byte[] json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "emanet-drill-1");
    node.put("started", startedAt.toString()).put("ended", endedAt.toString());
    node.put("by", who).put("machine", machine);
    node.put("job", job).put("systems", systems);
    node.put("repository", about.repository()).put("repository_id", about.repositoryId());
    node.put("snapshot", about.snapshot()).put("snapshot_time", about.takenAt().toString());
    node.put("scope", about.scope().whole() ? "whole" : "sample");
    node.put("scope_files", about.scope().files()).put("scope_bytes", about.scope().bytes());
    node.put("seals", sealed);
    node.put("result", passed() ? "passed" : outcome.stopped() ? "stopped" : "failed");
    DrillRun.Figures f = outcome.figures();
    node.putObject("figures")
        .put("files_in_snapshot", f.inSnapshot())
        .put("files_restored", f.restored())
        .put("bytes_restored", f.bytes())
        .put("blobs_verified", f.verified())
        .put("files_hashed_again", f.hashedFiles())
        .put("bytes_hashed_again", f.hashedBytes())
        .put("left_out", f.leftOut());
    node.put("files_sha256", outcome.digest());
    ArrayNode databases = node.putArray("databases");
    for (DatabaseProof.Line line : outcome.databases()) {
      databases
          .addObject()
          .put("database", line.database())
          .put("table", line.table())
          .put("rows_at_backup", counted(line.expected()))
          .put("rows_restored", counted(line.found()))
          .put("problem", line.problem());
    }
    node.put("problem_count", outcome.count());
    ArrayNode problems = node.putArray("problems");
    outcome.problems().forEach(problems::add);
    try {
      byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
      byte[] out = java.util.Arrays.copyOf(text, text.length + 1);
      out[text.length] = '\n';
      return out;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts has a JSON form", e);
    }
  }

  private static @Nullable Long counted(long rows) {
    return rows == DatabaseProof.UNCOUNTED ? null : (Long) rows;
  }

  /** Reads what {@link #json} wrote. */
  static DrillRecord parse(byte[] json) {
    try {
      JsonNode node = JSON.readTree(json);
      JsonNode f = node.required("figures");
      List<DatabaseProof.Line> databases = new ArrayList<>();
      for (JsonNode line : node.required("databases")) {
        databases.add(
            new DatabaseProof.Line(
                line.required("database").asText(),
                line.required("table").asText(),
                line.required("rows_at_backup").asLong(DatabaseProof.UNCOUNTED),
                line.required("rows_restored").asLong(DatabaseProof.UNCOUNTED),
                line.required("problem").asText()));
      }
      List<String> problems = new ArrayList<>();
      node.required("problems").forEach(problem -> problems.add(problem.asText()));
      return new DrillRecord(
          node.required("job").asText(),
          node.required("systems").asText(),
          new About(
              node.required("repository").asText(),
              node.required("repository_id").asText(),
              node.required("snapshot").asText(),
              Instant.parse(node.required("snapshot_time").asText()),
              new DrillScope(
                  node.required("scope_files").asLong(), node.required("scope_bytes").asLong())),
          node.required("seals").asText(),
          Instant.parse(node.required("started").asText()),
          Instant.parse(node.required("ended").asText()),
          node.required("by").asText(),
          node.required("machine").asText(),
          new DrillRun.Outcome(
              new DrillRun.Figures(
                  f.required("files_in_snapshot").asLong(),
                  f.required("files_restored").asLong(),
                  f.required("bytes_restored").asLong(),
                  f.required("blobs_verified").asLong(),
                  f.required("files_hashed_again").asLong(),
                  f.required("bytes_hashed_again").asLong(),
                  f.required("left_out").asLong()),
              node.required("files_sha256").asText(),
              databases,
              problems,
              node.required("problem_count").asInt(),
              node.required("result").asText().equals("stopped")));
    } catch (IOException e) {
      throw new IllegalStateException("a record of a drill in the store cannot be read", e);
    }
  }
}
