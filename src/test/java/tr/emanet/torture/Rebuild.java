package tr.emanet.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Compares the view that lived through it all with one built again from the journal: the whole
 * ordered listing by hash, and the histogram.
 */
final class Rebuild {

  private Rebuild() {}

  /** Stops the service, deletes its index, starts it again; returns the verdict over all rounds. */
  static Verdict compare(Emanet emanet, Bookkeeping books, Consumer<Report> out)
      throws IOException, InterruptedException {
    Balance.settled(emanet.api());
    List<JsonNode> before = emanet.api().export(Line.EVERY);
    JsonNode histogram = emanet.api().histogram(Line.EVERY);
    Verdict all = books.compareAll(before);
    int code = emanet.terminate();
    String journal = JournalCheck.verify(emanet.state(), false);
    delete(emanet.state().resolve("index"));
    long begun = System.nanoTime();
    long start = emanet.start();
    Wait.until(
        "the rebuilt index is complete",
        java.time.Duration.ofSeconds(60),
        () -> count(emanet.api().histogram(Line.EVERY)) >= before.size());
    Balance.settled(emanet.api());
    long rebuilt = (System.nanoTime() - begun) / 1_000_000;
    List<JsonNode> after = emanet.api().export(Line.EVERY);
    boolean same =
        hash(before).equals(hash(after))
            && counts(histogram).equals(counts(emanet.api().histogram(Line.EVERY)));
    emanet.terminate();
    out.accept(
        new Report()
            .put("mode", "rebuild")
            .put("events", before.size())
            .put("events_rebuilt", after.size())
            .put("same", same)
            .put("stop_code", code)
            .put("journal", journal)
            .put("restart_ms", start)
            .put("rebuild_ms", rebuilt));
    if (!same) {
      throw new IOException(
          "a rebuilt index differs: " + firstDifference(before, after) + emanet.tail());
    }
    return all;
  }

  private static String firstDifference(List<JsonNode> before, List<JsonNode> after) {
    int common = Math.min(before.size(), after.size());
    for (int i = 0; i < common; i++) {
      if (!before.get(i).equals(after.get(i))) {
        return "at " + i + " was " + before.get(i) + ", now " + after.get(i);
      }
    }
    return before.size() + " events were shown, now " + after.size();
  }

  private static String counts(JsonNode histogram) {
    // Every question is about the same time, so the buckets depend on nothing but the events.
    return histogram.path("start") + " " + histogram.path("counts") + histogram.path("failures");
  }

  private static long count(JsonNode histogram) {
    return histogram.path("total").asLong();
  }

  private static String hash(List<JsonNode> events) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (JsonNode event : events) {
        digest.update(event.toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deletes a tree; nothing happens when there is none. */
  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
