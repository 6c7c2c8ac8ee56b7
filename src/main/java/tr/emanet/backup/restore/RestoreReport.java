package tr.emanet.backup.restore;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/**
 * What a restore did. The lists hold the first {@link #LISTED} only; the counts count all.
 *
 * @param snapshot its id, 64 hex digits
 * @param problems what could not be restored, or not as it was; one is enough to have failed
 * @param leftOut what needs the second permission, and sockets
 * @param stopped true when the listener ended it
 */
public record RestoreReport(
    String snapshot,
    String target,
    Counts counts,
    List<Entry> problems,
    List<Entry> leftOut,
    boolean stopped) {

  /** How many entries a list holds. */
  public static final int LISTED = 10_000;

  /** One path and what is the matter with it. */
  public record Entry(String path, String why) {}

  /**
   * Numbers of entries, of bytes and of blobs.
   *
   * @param written files that were written
   * @param overwritten those of them in whose place another stood
   * @param equal files that had the content already
   * @param resumed files that the journal names as done
   * @param kept entries that stood there and were not to be overwritten
   * @param others links, FIFOs, devices, further names of a file
   * @param bytes written to files
   * @param verified blobs whose SHA-256 was computed and right
   * @param failed problems, listed or not
   * @param leftOut left out, listed or not
   */
  public record Counts(
      long written,
      long overwritten,
      long equal,
      long resumed,
      long kept,
      long directories,
      long others,
      long bytes,
      long verified,
      long failed,
      long leftOut) {}

  public RestoreReport {
    problems = List.copyOf(problems);
    leftOut = List.copyOf(leftOut);
  }

  /** True when nothing failed; what was left out or kept on purpose is no failure. */
  public boolean complete() {
    return counts.failed() == 0 && !stopped;
  }

  /** True when all of it has the content of the snapshot: what was kept was not even read. */
  public boolean whole() {
    return complete() && counts.kept() == 0;
  }

  private String state() {
    if (stopped) {
      return "stopped";
    }
    return whole() ? "complete" : complete() ? "kept" : "failed";
  }

  /** One JSON object, in a fixed order, UTF-8; the caller may sign these bytes. */
  public byte[] json() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode node = mapper.createObjectNode();
    node.put("snapshot", snapshot).put("target", target);
    node.put("state", state());
    node.set("counts", mapper.valueToTree(counts));
    list(node.putArray("problems"), problems);
    list(node.putArray("leftOut"), leftOut);
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
  }

  private static void list(ArrayNode into, List<Entry> entries) {
    for (Entry entry : entries) {
      into.addObject().put("path", entry.path()).put("why", entry.why());
    }
  }
}
