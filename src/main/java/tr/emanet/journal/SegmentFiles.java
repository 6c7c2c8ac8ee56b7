package tr.emanet.journal;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds segments below a journal directory and tells whether they are what their name says. */
final class SegmentFiles {

  private static final int DEPTH = 4;

  /**
   * One file with a segment's name.
   *
   * @param id 0 when the file cannot be read at all
   * @param problem empty when the header is sound
   */
  record Found(
      Path file,
      String stream,
      long firstSequence,
      long id,
      @Nullable SegmentHeader header,
      String problem) {

    boolean readable() {
      return id != 0;
    }
  }

  private SegmentFiles() {}

  /** Names of the streams that have a directory, sorted. */
  static List<String> streams(Path journal) throws IOException {
    if (!Files.isDirectory(journal)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(journal)) {
      return entries
          .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .map(path -> String.valueOf(path.getFileName()))
          .filter(Format::isStream)
          .sorted()
          .toList();
    }
  }

  /** Regular files of a stream with this ending, in order of their names' first sequence. */
  static List<Path> list(Path journal, String stream, String ending) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(journal.resolve(stream), DEPTH, new FileVisitOption[0])) {
      walk.filter(path -> String.valueOf(path.getFileName()).endsWith(ending))
          .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .forEach(files::add);
    }
    files.sort(Comparator.comparing(path -> String.valueOf(path.getFileName())));
    return files;
  }

  /**
   * Deletes a segment with the files that recovery left beside it, the segment last, so that a
   * crash in between leaves what still names the rest.
   */
  static void delete(Path file, Storage storage) throws IOException {
    Path directory = file.getParent();
    if (directory == null || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    String beside = file.getFileName() + ".";
    List<Path> all = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      entries
          .filter(entry -> String.valueOf(entry.getFileName()).startsWith(beside))
          .forEach(all::add);
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      all.add(file);
    }
    for (Path one : all) {
      storage.delete(one);
    }
    storage.forceDirectory(directory);
  }

  /** All segments of a stream in sequence order. */
  static List<Found> segments(Path journal, String stream, SegmentScanner scanner)
      throws IOException {
    List<Found> found = new ArrayList<>();
    Set<Long> seen = new java.util.HashSet<>();
    for (Path file : list(journal, stream, Format.SUFFIX)) {
      long first = Format.sequenceOf(String.valueOf(file.getFileName()));
      if (first > 0) {
        Found one = inspect(file, stream, first, scanner);
        found.add(
            seen.add(first)
                ? one
                : new Found(file, stream, first, 0, null, "is a second file of this sequence"));
      }
    }
    return found;
  }

  private static Found inspect(Path file, String stream, long first, SegmentScanner scanner)
      throws IOException {
    scanner.open(file, 0, first, 0);
    SegmentHeader header = scanner.header();
    if (header == null) {
      long id = scanner.adoptId(stream, first);
      return new Found(file, stream, first, id, null, "header is damaged");
    }
    if (!header.stream().equals(stream)
        || header.firstSequence() != first
        || !Format.idFits(header.id(), stream, first)) {
      String problem =
          "belongs to stream " + header.stream() + " as " + Format.fileName(header.firstSequence());
      return new Found(file, stream, first, 0, header, problem);
    }
    return new Found(file, stream, first, header.id(), header, "");
  }
}
