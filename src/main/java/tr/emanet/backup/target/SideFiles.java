package tr.emanet.backup.target;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.Target;

/**
 * Takes what lies beside a repository and is not restic's along to a copy in another directory: the
 * seals and the envelope of the password. Files that are equal stay; nothing is removed.
 */
public final class SideFiles {

  /** No file beside a repository is longer. */
  static final int MAX = 1 << 28;

  private static final List<String> NAMES = List.of("seals", "escrow");

  private static final Pattern NAME =
      Pattern.compile("(seals|escrow)(/[0-9A-Za-z_-][0-9A-Za-z._-]{0,99}){0,2}");

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

  /**
   * The same to a server. What is written once is known by its name and size; certificates, the
   * verifier and the envelope are written each time.
   *
   * @return how many files were written; -1 when the server takes restic's own objects only
   */
  public static long copy(Path from, Target to) throws IOException {
    Map<String, Map<String, Long>> there = new HashMap<>();
    long written = 0;
    for (String directory : NAMES) {
      Path here = from.resolve(directory);
      if (!Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      List<Path> files;
      try (Stream<Path> all = Files.walk(here, 2)) {
        files =
            all.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).sorted().toList();
      }
      for (Path file : files) {
        String name = from.relativize(file).toString();
        int slash = name.lastIndexOf('/');
        if (!NAME.matcher(name).matches() || name.endsWith(".tmp") || name.equals("seals/lock")) {
          continue;
        }
        String under = name.substring(0, slash);
        if (!there.containsKey(under)) {
          there.put(under, sizes(to, under));
        }
        Long size = there.get(under).get(name.substring(slash + 1));
        if (isForGood(name) && size != null && size == Files.size(file)) {
          continue;
        }
        if (!to.writeBeside(name, Files.readAllBytes(file))) {
          return -1;
        }
        written++;
      }
    }
    return written;
  }

  private static Map<String, Long> sizes(Target to, String directory) throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    to.listBeside(directory).forEach(entry -> sizes.put(entry.name(), entry.size()));
    return sizes;
  }

  /** Whether a file is written once and never again: a seal, its lists, its signature, a stamp. */
  static boolean isForGood(String name) {
    return name.matches("seals/([0-9]{8,12}|daily/[0-9-]{10})[.].*");
  }

  /** A name that stays below the repository. */
  static String checked(String name) throws BackupException {
    if (!NAME.matcher(name).matches()) {
      throw new BackupException("'" + name + "' is no name of a file beside a repository");
    }
    return name;
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
