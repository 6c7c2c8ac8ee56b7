package tr.emanet.indicator.list;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Where values and written forms lie; a file appears whole or not at all. Thread-safe. */
final class ListFolder {

  private static final int BUFFER = 1 << 16;

  private final Path folder;

  private ListFolder(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder with mode 0700, or deletes what lies in it from before. */
  static ListFolder emptied(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    ListFolder out = new ListFolder(folder);
    out.forget("");
    return out;
  }

  /** Where a file is written before it is kept. */
  Path part(String name) {
    return folder.resolve(name + ".part");
  }

  /** Gives a written file its name. */
  Path keep(Path part, String name) throws IOException {
    return Files.move(
        part,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whoever reads an old file goes on reading it: it is gone when the last one has closed. */
  void forget(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.getFileName().toString().startsWith(prefix)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  static Writer writer(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII), BUFFER);
  }
}
