package tr.emanet.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Damaged ranges that were met, each told once. A range inside a segment is also noted in a side
 * file {@code NAME.emj.damaged}, so that it is known after a restart, which reads only the last
 * segments. Safe for many threads.
 */
final class Quarantine {

  static final String SUFFIX = ".damaged";

  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final int MAX_PROBLEMS = 1000;
  private static final int MAX_NOTE_BYTES = 64 * 1024;

  private final Set<String> problems = new LinkedHashSet<>();

  /** Tells of something that needs no side file. */
  synchronized void tell(String problem) {
    if (problems.size() < MAX_PROBLEMS && problems.add(problem)) {
      LOG.atError().addKeyValue("problem", problem).log("Journal has a problem");
    }
  }

  /**
   * Tells of a range that cannot be read.
   *
   * @param from offset of its first byte
   * @param to offset behind its last byte
   * @param after last good sequence before it
   */
  synchronized void range(Path segment, String stream, long from, long to, long after, String why) {
    String line =
        "segment "
            + stream
            + "/"
            + segment.getFileName()
            + ": bytes "
            + from
            + " to "
            + to
            + " after sequence "
            + after
            + " are damaged: "
            + why;
    if (problems.size() >= MAX_PROBLEMS || !problems.add(line)) {
      return;
    }
    LOG.atError()
        .addKeyValue("segment", segment)
        .addKeyValue("offset", from)
        .addKeyValue("after", after)
        .log("Segment is damaged");
    try {
      Files.writeString(
          note(segment),
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("segment", segment).setCause(e).log("Damage could not be noted");
    }
  }

  /** Reads the notes of an earlier run. */
  synchronized void remember(Path note) {
    try {
      if (Files.size(note) <= MAX_NOTE_BYTES) {
        for (String line : Files.readAllLines(note, StandardCharsets.UTF_8)) {
          if (problems.size() < MAX_PROBLEMS && !line.isBlank()) {
            problems.add(line);
          }
        }
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.atWarn().addKeyValue("file", note).setCause(e).log("Damage note is not legible");
    }
  }

  /** Forgets what was told of a segment that is being destroyed; returns its side file. */
  synchronized Path forget(Path segment) {
    String name = "/" + segment.getFileName() + ":";
    problems.removeIf(line -> line.contains(name));
    return note(segment);
  }

  private static Path note(Path segment) {
    return segment.resolveSibling(segment.getFileName() + SUFFIX);
  }

  synchronized List<String> problems() {
    return new ArrayList<>(problems);
  }
}
