package tr.emanet.backup.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tr.emanet.backup.BackupException;
import tr.emanet.crypto.Digests;

/**
 * One seal, as it is written and signed. The page "Backup seals, version 1" explains the fields.
 *
 * @param previous SHA-256 of the seal before
 * @param previousSignature SHA-256 of the signature of the seal before
 * @param claimed the snapshot's own time, as the writer claims it; empty without a snapshot
 * @param time this machine's time when it sealed
 * @param unread SHA-256 of the list of what could not be read
 * @param added SHA-256 of the list of new files
 * @param removed SHA-256 of the list of removed files
 * @param set SHA-256 of the list of all files after this seal
 * @param beside SHA-256 of files that lie beside the seals, by name
 * @param days daily files that are new or newly stamped since the seal before
 */
record Seal(
    String repository,
    long sequence,
    String previous,
    String previousSignature,
    SealKind kind,
    String snapshot,
    String tree,
    List<String> paths,
    String job,
    String source,
    String claimed,
    Instant time,
    SnapshotState state,
    Map<String, Long> counts,
    String unread,
    List<Removal> removals,
    String approval,
    String added,
    String removed,
    String set,
    Map<String, String> beside,
    List<Day> days) {

  private static final String FORMAT = "emanet-backup-seal";
  private static final int FIELDS = 24;

  /** A daily file, its digest, and that of its stamp; empty without one. */
  record Day(String name, String digest, String stamp) {}

  /** The count that a seal has whose time is before that of the seal before it. */
  static final String CLOCK_BACK = "clock_back_seconds";

  /** What {@link #CLOCK_BACK} must say; 0 when the time does not go back. */
  static long clockBack(Instant before, Instant time) {
    return time.isBefore(before) ? Duration.between(time, before).toSeconds() + 1 : 0;
  }

  static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
  }

  byte[] encode() {
    JsonNodeFactory make = JsonNodeFactory.instance;
    ObjectNode node = make.objectNode();
    node.put("format", FORMAT).put("version", 1);
    node.put("repository", repository).put("sequence", sequence).put("previous", previous);
    node.put("previous_signature", previousSignature);
    node.put("kind", kind.word()).put("snapshot", snapshot).put("tree", tree);
    ArrayNode list = node.putArray("paths");
    paths.forEach(path -> list.add(clean(path)));
    node.put("job", clean(job)).put("source", clean(source));
    node.put("claimed", claimed).put("time", time.toString()).put("state", state.word());
    ObjectNode numbers = node.putObject("counts");
    counts.forEach(numbers::put);
    node.put("unread", unread).put("approval", clean(approval));
    ArrayNode gone = node.putArray("removed_snapshots");
    for (Removal removal : removals) {
      ObjectNode each = gone.addObject();
      each.put("snapshot", removal.snapshot()).put("reason", clean(removal.reason()));
      ArrayNode approvers = each.putArray("approvers");
      removal.approvers().forEach(name -> approvers.add(clean(name)));
    }
    node.put("added", added).put("removed", removed).put("set", set);
    ObjectNode files = node.putObject("beside");
    beside.forEach(files::put);
    ArrayNode closed = node.putArray("days");
    for (Day day : days) {
      closed.addObject().put("day", day.name()).put("list", day.digest()).put("stamp", day.stamp());
    }
    return CanonicalJson.encode(node);
  }

  /**
   * Reads a seal.
   *
   * @throws BackupException when it is not byte for byte as {@link #encode} writes it
   */
  static Seal parse(byte[] bytes) throws BackupException {
    JsonNode node = CanonicalJson.parse(bytes);
    if (!node.isObject()
        || node.size() != FIELDS
        || !node.path("format").asText().equals(FORMAT)
        || node.path("version").asInt() != 1) {
      throw new BackupException("is no seal of version 1");
    }
    try {
      Seal seal =
          new Seal(
              text(node, "repository"),
              node.path("sequence").longValue(),
              text(node, "previous"),
              text(node, "previous_signature"),
              kind(text(node, "kind")),
              text(node, "snapshot"),
              text(node, "tree"),
              texts(node.path("paths")),
              text(node, "job"),
              text(node, "source"),
              text(node, "claimed"),
              Instant.parse(text(node, "time")),
              state(text(node, "state")),
              counts(node.path("counts")),
              text(node, "unread"),
              removals(node.path("removed_snapshots")),
              text(node, "approval"),
              text(node, "added"),
              text(node, "removed"),
              text(node, "set"),
              files(node.path("beside")),
              days(node.path("days")));
      if (!java.util.Arrays.equals(seal.encode(), bytes)) {
        throw new BackupException("has a field that is not as it must be");
      }
      return seal;
    } catch (DateTimeException e) {
      throw new BackupException("has a time that is none", e);
    }
  }

  /** Half a surrogate has no form in UTF-8. */
  private static String clean(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String text(JsonNode node, String field) throws BackupException {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new BackupException("has no text '" + field + "'");
    }
    return value.textValue();
  }

  private static List<String> texts(JsonNode node) {
    List<String> found = new ArrayList<>();
    node.forEach(each -> found.add(each.asText()));
    return found;
  }

  private static SealKind kind(String word) throws BackupException {
    for (SealKind kind : SealKind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new BackupException("is of no known kind");
  }

  private static SnapshotState state(String word) throws BackupException {
    for (SnapshotState state : SnapshotState.values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    throw new BackupException("has no known state");
  }

  private static Map<String, Long> counts(JsonNode node) {
    Map<String, Long> found = new TreeMap<>();
    node.fieldNames().forEachRemaining(name -> found.put(name, node.path(name).longValue()));
    return found;
  }

  private static Map<String, String> files(JsonNode node) {
    Map<String, String> found = new TreeMap<>();
    node.fieldNames().forEachRemaining(name -> found.put(name, node.path(name).asText()));
    return found;
  }

  private static List<Removal> removals(JsonNode node) throws BackupException {
    List<Removal> found = new ArrayList<>();
    for (JsonNode each : node) {
      found.add(
          new Removal(text(each, "snapshot"), text(each, "reason"), texts(each.path("approvers"))));
    }
    return found;
  }

  private static List<Day> days(JsonNode node) throws BackupException {
    List<Day> found = new ArrayList<>();
    for (JsonNode each : node) {
      found.add(new Day(text(each, "day"), text(each, "list"), text(each, "stamp")));
    }
    return found;
  }
}
