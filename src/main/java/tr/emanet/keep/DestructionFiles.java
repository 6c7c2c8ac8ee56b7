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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tr.emanet.journal.DestroyedSegment;

/**
 * The records below {@code seals/}, each a statement with its signature; complete or not there. One
 * thread writes, any reads.
 */
public final class DestructionFiles {

  private static final String ENDING = ".destruction";
  private static final String SIGNATURE = ".p7s";
  private static final int DEPTH = 4;

  private final Path seals;
  private final ZoneId zone;

  public DestructionFiles(Path seals, ZoneId zone) {
    this.seals = seals;
    this.zone = zone;
  }

  /**
   * All records with a signature, in order of their numbers.
   *
   * @throws IOException when one cannot be read or is no record; the message names it
   */
  public List<DestructionRecord> all() throws IOException {
    List<DestructionRecord> out = new ArrayList<>();
    for (Path file : files()) {
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

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(seals)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(seals, DEPTH)) {
      return walk.filter(file -> String.valueOf(file.getFileName()).endsWith(ENDING))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .toList();
    }
  }

  /** Writes statement and signature, the signature last; both are on disk when it returns. */
  void write(DestructionRecord record, byte[] signature) throws IOException {
    LocalDate day = record.time().atZone(zone).toLocalDate();
    Path directory =
        seals.resolve(
            String.format(
                Locale.ROOT,
                "%04d/%02d/%02d",
                day.getYear(),
                day.getMonthValue(),
                day.getDayOfMonth()));
    Files.createDirectories(directory);
    Path file = directory.resolve(record.fileName());
    put(file, record.statement());
    put(signature(file), signature);
    for (Path one = directory; one != null && one.startsWith(seals); one = one.getParent()) {
      force(one);
    }
  }

  private static Path signature(Path file) {
    return file.resolveSibling(file.getFileName() + SIGNATURE);
  }

  private static void put(Path file, byte[] content) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
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
