package tr.emanet.archive.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A directory as a ZIP stream; segments are compressed already, so nothing is compressed much. */
final class ZipOf {

  private final Path directory;
  private final String name;

  /**
   * @param name directory that the files get in the ZIP
   */
  ZipOf(Path directory, String name) {
    this.directory = directory;
    this.name = name;
  }

  void write(OutputStream out) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.setLevel(Deflater.BEST_SPEED);
    for (Path file : files) {
      ZipEntry entry = new ZipEntry(name + '/' + directory.relativize(file));
      entry.setLastModifiedTime(Files.getLastModifiedTime(file));
      zip.putNextEntry(entry);
      Files.copy(file, zip);
      zip.closeEntry();
    }
    zip.finish();
    zip.flush();
  }
}
