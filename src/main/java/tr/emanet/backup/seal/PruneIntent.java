package tr.emanet.backup.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.PruneRun;

/**
 * What is about to be removed from a repository, written down before the first file goes, so that a
 * cut between removal and seal is told from somebody's theft: {@link BackupSeals#sealPrune} after
 * it seals of this what is gone, and nothing else. Kept in the state of who removes, not beside the
 * repository.
 *
 * @param job name of the job; empty without one
 * @param paths packs and indexes that go, relative to the repository
 * @param removals snapshots that go, each with its reason
 */
public record PruneIntent(String job, Set<String> paths, List<Removal> removals) {

  private static final long MAX_FILE = 1L << 28;
  private static final Pattern PATH =
      Pattern.compile("index/[0-9a-f]{64}|data/[0-9a-f]{2}/[0-9a-f]{64}");
  private static final Pattern SNAPSHOT = Pattern.compile("[0-9a-f]{64}");

  public PruneIntent {
    paths = Set.copyOf(paths);
    removals = List.copyOf(removals);
    if (!paths.stream().allMatch(path -> PATH.matcher(path).matches())
        || !removals.stream().allMatch(r -> SNAPSHOT.matcher(r.snapshot()).matches())) {
      throw new IllegalArgumentException("only packs, indexes and snapshots are removed");
    }
  }

  /** What a sweep has planned. */
  public static PruneIntent of(String job, PruneRun.Result planned) {
    return of(job, planned.removedPacks(), planned.removedIndexes(), List.of());
  }

  /** What goes, by its ids. */
  public static PruneIntent of(
      String job, List<Id> packs, List<Id> indexes, List<Removal> removals) {
    Set<String> paths = new HashSet<>();
    packs.forEach(pack -> paths.add(Stored.path(ObjectKind.DATA, pack.hex())));
    indexes.forEach(index -> paths.add(Stored.path(ObjectKind.INDEX, index.hex())));
    return new PruneIntent(job, paths, removals);
  }

  boolean names(String path) {
    return paths.contains(path)
        || removals.stream().anyMatch(r -> path.equals("snapshots/" + r.snapshot()));
  }

  /** Keeps it in a file, whole and durable when this returns. */
  public void save(Path file) throws IOException {
    ObjectNode node = new ObjectMapper().createObjectNode().put("job", job);
    ArrayNode list = node.putArray("paths");
    paths.stream().sorted().forEach(list::add);
    ArrayNode snapshots = node.putArray("snapshots");
    for (Removal removal : removals) {
      ObjectNode one = snapshots.addObject();
      one.put("snapshot", removal.snapshot()).put("reason", removal.reason());
      removal.approvers().forEach(one.putArray("approvers")::add);
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException("'" + file + "' has no directory");
    }
    Files.createDirectories(directory);
    Path fresh = directory.resolve(file.getFileName() + ".tmp");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer rest = ByteBuffer.wrap(new ObjectMapper().writeValueAsBytes(node));
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
      parent.force(true);
    }
  }

  /**
   * Reads a kept file.
   *
   * @throws BackupException when it is damaged
   */
  public static PruneIntent load(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE) {
      throw damaged(file, null);
    }
    try {
      JsonNode node = new ObjectMapper().readTree(Files.readAllBytes(file));
      Set<String> paths = new HashSet<>();
      node.required("paths").forEach(path -> paths.add(path.asText()));
      List<Removal> removals = new ArrayList<>();
      for (JsonNode one : node.required("snapshots")) {
        List<String> approvers = new ArrayList<>();
        one.required("approvers").forEach(who -> approvers.add(who.asText()));
        removals.add(
            new Removal(
                one.required("snapshot").asText(), one.required("reason").asText(), approvers));
      }
      return new PruneIntent(node.required("job").asText(), paths, removals);
    } catch (com.fasterxml.jackson.core.JsonProcessingException | IllegalArgumentException e) {
      throw damaged(file, e);
    }
  }

  private static BackupException damaged(
      Path file, @org.jspecify.annotations.Nullable Exception e) {
    String text =
        "'" + file + "' is damaged; move it away, and adopt what the check of the seals then names";
    return e == null ? new BackupException(text) : new BackupException(text, e);
  }
}
