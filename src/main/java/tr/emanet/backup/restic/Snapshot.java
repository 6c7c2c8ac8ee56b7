package tr.emanet.backup.restic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;

/** A snapshot: when, of what, and the tree that holds it. The time is the writer's claim. */
public record Snapshot(
    Id id, Instant time, Id tree, List<String> paths, String host, String user, List<String> tags) {

  public Snapshot {
    paths = List.copyOf(paths);
    tags = List.copyOf(tags);
  }

  /**
   * What restic 0.17 and later show of a run; {@code newFiles} and {@code changedFiles} are files.
   */
  record Summary(long newFiles, long changedFiles, BackupRun.Counts counts) {}

  static byte[] encode(
      Instant time, Id tree, @Nullable Id parent, List<String> paths, Origin origin)
      throws IOException {
    return encode(
        new Snapshot(tree, time, tree, paths, origin.host(), origin.user(), List.of()),
        parent,
        origin,
        null);
  }

  /** The stored JSON; the draft's own id is not in it. */
  static byte[] encode(
      Snapshot draft, @Nullable Id parent, Origin origin, @Nullable Summary summary)
      throws IOException {
    ObjectNode node = JsonTree.object();
    node.put("time", TreeWriter.timeText(draft.time()));
    if (parent != null) {
      node.put("parent", parent.hex());
    }
    node.put("tree", draft.tree().hex());
    ArrayNode list = node.putArray("paths");
    draft.paths().forEach(list::add);
    node.put("hostname", draft.host()).put("username", draft.user());
    node.put("uid", origin.uid()).put("gid", origin.gid());
    if (!draft.tags().isEmpty()) {
      ArrayNode tags = node.putArray("tags");
      draft.tags().forEach(tags::add);
    }
    node.put("program_version", "emanet");
    if (summary != null) {
      BackupRun.Counts counts = summary.counts();
      ObjectNode figures = node.putObject("summary");
      figures.put("files_new", summary.newFiles()).put("files_changed", summary.changedFiles());
      figures.put("files_unmodified", counts.unchanged());
      figures.put("data_added", counts.newBytes()).put("data_added_packed", counts.stored());
      figures.put("total_files_processed", counts.files());
      figures.put("total_bytes_processed", counts.bytes());
    }
    return JsonTree.bytes(node);
  }

  static Snapshot decode(String name, byte[] json) throws BackupException {
    String what = LocalTarget.label(ObjectKind.SNAPSHOT, name);
    try {
      JsonNode node = JsonTree.read(json);
      return new Snapshot(
          Id.parse(name),
          OffsetDateTime.parse(node.path("time").asText()).toInstant(),
          Id.parse(node.path("tree").asText()),
          texts(node.path("paths")),
          node.path("hostname").asText(""),
          node.path("username").asText(""),
          texts(node.path("tags")));
    } catch (DateTimeException | IOException e) {
      throw new BackupException(what + " is damaged: " + e.getMessage(), e);
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** All snapshots, the oldest first. */
  public static List<Snapshot> all(Repository repository) throws IOException {
    List<Snapshot> found = new ArrayList<>();
    try (Workbench bench = repository.workbench()) {
      for (String name : repository.names(ObjectKind.SNAPSHOT)) {
        found.add(decode(name, repository.load(ObjectKind.SNAPSHOT, name, bench)));
      }
    }
    found.sort(Comparator.comparing(Snapshot::time));
    return found;
  }

  /** Whether this program says to have written the snapshot of a full id; a claim, no proof. */
  public static boolean byThisProgram(Repository repository, String id) throws IOException {
    try (Workbench bench = repository.workbench()) {
      byte[] json = repository.load(ObjectKind.SNAPSHOT, id, bench);
      return JsonTree.read(json).path("program_version").asText().equals("emanet");
    }
  }

  /**
   * The snapshot of a name: the first digits of its id, or {@code latest}.
   *
   * @throws BackupException when none or several fit
   */
  public static Snapshot find(Repository repository, String name) throws IOException {
    List<Snapshot> all = all(repository);
    if (name.equals("latest") && !all.isEmpty()) {
      return all.getLast();
    }
    List<Snapshot> fitting =
        all.stream().filter(s -> !name.isEmpty() && s.id().hex().startsWith(name)).toList();
    if (fitting.size() != 1) {
      throw new BackupException(
          (fitting.isEmpty() ? "no snapshot '" : "several snapshots begin with '")
              + name
              + "'; 'emanet repo snapshots' lists them");
    }
    return fitting.getFirst();
  }

  /** Removes the snapshot; what only it used stays until a prune. The lock is exclusive. */
  public static void forget(Repository repository, Snapshot snapshot, RepositoryLock lock)
      throws IOException {
    lock.held();
    repository.target().remove(ObjectKind.SNAPSHOT, snapshot.id().hex());
  }
}
