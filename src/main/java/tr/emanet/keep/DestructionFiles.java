package tr.emanet.keep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.crash.CrashPoint;
import tr.emanet.journal.DestroyedSegment;

/**
 * The records below {@code seals/}, each a statement with its signature; complete or not there. One
 * thread writes, any reads.
 */
public final class DestructionFiles {

  private static final Logger LOG = LoggerFactory.getLogger(DestructionFiles.class);
  private static final String ENDING = ".destruction";
  private static final String SIGNATURE = ".p7s";
  private static final String UNFINISHED = ".tmp";
  private static final Pattern NAME = Pattern.compile("([0-9]{12})\\.destruction");
  private static final int DEPTH = 4;

  /** Year, month, day. */
  private static final List<Pattern> DAY =
      List.of(
          Pattern.compile("[0-9]{4}"), Pattern.compile("[0-9]{2}"), Pattern.compile("[0-9]{2}"));

  private final Path seals;
  private final ZoneId zone;
  private final Consumer<String> step;

  public DestructionFiles(Path seals, ZoneId zone) {
    this(seals, zone, CrashPoint::reach);
  }

  /**
   * With somebody who listens.
   *
   * @param step hears the name of each durable step of a destruction before the next; the crash
   *     points, or a test that fails there
   */
  DestructionFiles(Path seals, ZoneId zone, Consumer<String> step) {
    this.seals = seals;
    this.zone = zone;
    this.step = step;
  }

  Consumer<String> step() {
    return step;
  }

  /**
   * All records with a signature, in order of their numbers.
   *
   * @throws IOException when one cannot be read or is no record; the message names it
   */
  public List<DestructionRecord> all() throws IOException {
    List<DestructionRecord> out = new ArrayList<>();
    for (Path file : files(ENDING)) {
      if (!Files.exists(signature(file))) {
        // The machine stopped between the two: nothing was destroyed on its strength.
        continue;
      }
      if (Files.size(file) > DestructionRecord.MAX_BYTES) {
        throw new IOException("'" + file + "' is too large for a destruction record");
      }
      try {
        out.add(DestructionRecord.parse(Files.readAllBytes(file)));
      } catch (RuntimeException e) {
        throw new IOException("'" + file + "' " + e.getMessage() + "; restore it from a copy", e);
      }
    }
    out.sort(Comparator.comparingLong(DestructionRecord::number));
    return out;
  }

  /** Every segment that was destroyed on record. */
  public List<DestroyedSegment> segments() throws IOException {
    return all().stream().flatMap(record -> record.segments().stream()).toList();
  }

  private List<Path> files(String... endings) throws IOException {
    if (!Files.isDirectory(seals)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(seals, DEPTH)) {
      return walk.filter(file -> endsWith(String.valueOf(file.getFileName()), endings))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .toList();
    }
  }

  private static boolean endsWith(String name, String... endings) {
    return Arrays.stream(endings).anyMatch(name::endsWith);
  }

  /**
   * Writes statement and signature, the signature last; both are on disk when it returns. They lie
   * where the newest checkpoint is: that day has no root before a checkpoint of a later day, and
   * whoever makes roots waits for us, so that a root always covers the record, also at midnight and
   * when the clock was set.
   */
  void write(DestructionRecord record, byte[] signature) throws IOException {
    Path directory = newestWithACheckpoint(seals, 0);
    if (directory == null) {
      LocalDate day = record.time().atZone(zone).toLocalDate();
      directory =
          seals.resolve(
              String.format(
                  Locale.ROOT,
                  "%04d/%02d/%02d",
                  day.getYear(),
                  day.getMonthValue(),
                  day.getDayOfMonth()));
    }
    Files.createDirectories(directory);
    Path file = directory.resolve(record.fileName());
    put(file, record.statement());
    // Before the signature: what a power cut leaves must never be a signature of nothing.
    forceUpwards(directory);
    step.accept("keep.statement-written");
    put(signature(file), signature);
    step.accept("keep.signature-written");
    forceUpwards(directory);
    step.accept("keep.record-signed");
  }

  /** The newest day's directory below this one that has a checkpoint, or null. */
  private static @Nullable Path newestWithACheckpoint(Path directory, int depth)
      throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      if (depth == DAY.size()) {
        return entries.anyMatch(file -> file.toString().endsWith(".checkpoint")) ? directory : null;
      }
      List<Path> newestFirst =
          entries
              .filter(
                  entry -> DAY.get(depth).matcher(String.valueOf(entry.getFileName())).matches())
              .sorted(Comparator.reverseOrder())
              .toList();
      for (Path entry : newestFirst) {
        Path found = newestWithACheckpoint(entry, depth + 1);
        if (found != null) {
          return found;
        }
      }
      return null;
    }
  }

  private void forceUpwards(Path directory) throws IOException {
    for (Path one = directory; one != null && one.startsWith(seals); one = one.getParent()) {
      force(one);
    }
  }

  /**
   * Removes what an end in the middle of {@link #write} has left: nothing was destroyed on its
   * strength, and a verifier would take it for a record that somebody stripped of its signature.
   *
   * @param noted whether something was destroyed on the record with this number; such a record
   *     stays, because its signature was removed by somebody
   */
  void removeUnfinished(LongPredicate noted) throws IOException {
    long newest = all().stream().mapToLong(DestructionRecord::number).max().orElse(0);
    for (Path file : files(ENDING, ENDING + UNFINISHED, ENDING + SIGNATURE + UNFINISHED)) {
      String name = String.valueOf(file.getFileName());
      Matcher number = NAME.matcher(name);
      boolean remains =
          name.endsWith(UNFINISHED)
              || (number.matches()
                  && !Files.exists(signature(file))
                  && Long.parseLong(number.group(1)) > newest
                  && !noted.test(Long.parseLong(number.group(1))));
      if (remains) {
        Files.delete(file);
        forceUpwards(parent(file));
        LOG.atInfo().addKeyValue("file", file).log("Unfinished destruction record was removed");
      }
    }
  }

  private static Path parent(Path file) {
    Path out = file.getParent();
    if (out == null) {
      throw new IllegalArgumentException(file + " has no directory");
    }
    return out;
  }

  private static Path signature(Path file) {
    return file.resolveSibling(file.getFileName() + SIGNATURE);
  }

  private static void put(Path file, byte[] content) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try (FileChannel out =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
