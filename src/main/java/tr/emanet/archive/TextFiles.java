package tr.emanet.archive;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tr.emanet.journal.JournalRecord;
import tr.emanet.journal.JournalTool;

/**
 * The readable half of an archive: writes the segments of each stream and day as text, and proves
 * later that the text is what the segments hold. Reads the archive's own journal.
 */
final class TextFiles {

  private static final int BUFFER = 1 << 16;

  /** Segments of one stream and day, and the text that shows them. */
  private record Part(String stream, String file, long first, long last) {}

  private final Path archive;

  TextFiles(Path archive) {
    this.archive = archive;
  }

  /** What there is to write, by the paths of the archive's segments. */
  private List<Part> parts() throws IOException {
    Path journal = archive.resolve("journal");
    TreeMap<String, Part> parts = new TreeMap<>();
    if (!Files.isDirectory(journal)) {
      return List.of();
    }
    List<Path> segments;
    try (Stream<Path> all = Files.walk(journal)) {
      segments = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path segment : segments) {
      Path name = journal.relativize(segment);
      if (name.getNameCount() != 5 || !name.toString().endsWith(".emj")) {
        continue;
      }
      String stream = name.getName(0).toString();
      String day = name.getName(1) + "-" + name.getName(2) + "-" + name.getName(3);
      String digits = name.getFileName().toString().substring(0, 20);
      long first = Long.parseLong(digits);
      String file = "text/" + stream + '/' + day + ".txt.gz";
      parts.merge(
          file,
          new Part(stream, file, first, Long.MAX_VALUE),
          (a, b) -> new Part(stream, file, Math.min(a.first(), b.first()), Long.MAX_VALUE));
    }
    return bounded(List.copyOf(parts.values()));
  }

  /** A part ends where its stream's next one begins. */
  private static List<Part> bounded(List<Part> parts) {
    List<Part> out = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      boolean more = i + 1 < parts.size() && parts.get(i + 1).stream().equals(part.stream());
      long last = more ? parts.get(i + 1).first() - 1 : Long.MAX_VALUE;
      out.add(new Part(part.stream(), part.file(), part.first(), last));
    }
    return out;
  }

  private void records(Part part, Consumer<JournalRecord> out) throws IOException {
    try {
      JournalTool.cat(archive.resolve("journal"), part.stream(), part.first(), part.last(), out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Writes all text files; hears the name of each before. */
  void write(Consumer<String> progress) throws IOException {
    for (Part part : parts()) {
      progress.accept(part.file());
      Path file = archive.resolve(part.file());
      Files.createDirectories(file.getParent());
      TextLines lines = new TextLines();
      try (OutputStream out =
          new BufferedOutputStream(
              new GZIPOutputStream(Files.newOutputStream(file), BUFFER), BUFFER)) {
        records(
            part,
            record -> {
              try {
                out.write(lines.of(record));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      }
    }
  }

  /** Compares all text files with the segments; each finding names file and sequence. */
  List<String> compare(Consumer<String> progress) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Part part : parts()) {
      progress.accept(part.file());
      Path file = archive.resolve(part.file());
      if (!Files.isRegularFile(file)) {
        wrong.add(part.file() + ": missing: the segments of this day have no text");
        continue;
      }
      try (InputStream in =
          new BufferedInputStream(
              new GZIPInputStream(Files.newInputStream(file), BUFFER), BUFFER)) {
        Comparison comparison = new Comparison(in);
        records(part, comparison);
        comparison.end();
        if (!comparison.finding.isEmpty()) {
          wrong.add(part.file() + ": " + comparison.finding);
        }
      } catch (IOException e) {
        wrong.add(part.file() + ": cannot be read: " + e.getMessage());
      }
    }
    return wrong;
  }

  /** Walks over both at once and keeps the first difference. */
  private static final class Comparison implements Consumer<JournalRecord> {
    private final InputStream text;
    private final TextLines lines = new TextLines();
    private String finding = "";

    Comparison(InputStream text) {
      this.text = text;
    }

    @Override
    public void accept(JournalRecord record) {
      if (!finding.isEmpty()) {
        return;
      }
      byte[] wanted = lines.of(record);
      try {
        byte[] there = text.readNBytes(wanted.length);
        if (!java.util.Arrays.equals(wanted, there)) {
          finding =
              "the text is not what the segment holds, from sequence "
                  + record.position().sequence()
                  + " on";
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void end() throws IOException {
      if (finding.isEmpty() && text.read() >= 0) {
        finding = "the text has more lines than the segments have records";
      }
    }
  }
}
