package tr.emanet.backup.target;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes what lies beside a repository and is not restic's along to a copy in another directory: the
 * seals and the envelope of the password. Files that are equal stay; nothing is removed.
 */
public final class SideFiles {

  private static final List<String> NAMES = List.of("seals", "escrow");

  private SideFiles() {}

  /** Copies; gives how many files were written. Links are left out: the copy must stand alone. */
  public static long copy(Path from, Path to) throws IOException {
    long written = 0;
    for (String name : NAMES) {
      Path here = from.resolve(name);
      if (!Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(here)) {
        for (Path file : files.sorted().toList()) {
          if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              && copy(file, from.relativize(file), to)) {
            written++;
          }
        }
      }
    }
    return written;
  }

  private static boolean copy(Path file, Path name, Path to) throws IOException {
    Path there = to.resolve(name);
    if (Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)
        && Files.mismatch(file, there) == -1L) {
      return false;
    }
    Path directory = Files.createDirectories(there.toAbsolutePath().resolveSibling(""));
    Path whole = directory.resolve("." + there.getFileName() + ".new");
    Files.copy(
        file, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(whole, there, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
    return true;
  }
}
