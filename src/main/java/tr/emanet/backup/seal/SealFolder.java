package tr.emanet.backup.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.Target;

/**
 * The directory {@code seals} beside a repository. A file is written beside its place, forced,
 * renamed, and its directory forced. Any thread.
 */
final class SealFolder {

  static final String SEALS = "certificates/seal.pem";
  static final String AUTHORITIES = "certificates/tsa.pem";
  static final String PROGRAM = "Verify.java";
  static final String LOCK = "lock";
  private static final String TEMPORARY = ".tmp";
  private static final int MAX_FILE = 1 << 29;

  private final Path root;

  SealFolder(Path repository) {
    this.root = repository.resolve("seals");
  }

  /**
   * The folder of a repository.
   *
   * @throws BackupException when the target has no place for files that are not restic's
   */
  static SealFolder of(Target target) throws BackupException {
    Path directory = target.beside();
    if (directory != null) {
      return new SealFolder(directory);
    }
    throw new BackupException(
        target.describe() + " takes only restic's own files, so no seal can lie beside them");
  }

  static String name(long sequence, String ending) {
    return String.format(Locale.ROOT, "%08d%s", sequence, ending);
  }

  /** Where a file lies that a seal names beside it until that seal counts; a cut write else. */
  static String staged(long sequence, String name) {
    return name(sequence, "." + name.substring(name.lastIndexOf('/') + 1) + TEMPORARY);
  }

  /** Puts a file that was staged for a seal in its place; nothing when it is there already. */
  void unstage(long sequence, String name) throws IOException {
    byte[] bytes = read(staged(sequence, name));
    if (bytes != null) {
      write(name, bytes);
      Files.delete(root.resolve(staged(sequence, name)));
    }
  }

  Path root() {
    return root;
  }

  /** Makes the directories. */
  void prepare() throws IOException {
    for (String name : new String[] {"certificates", "daily"}) {
      Files.createDirectories(root.resolve(name));
    }
    force(root);
    force(root.resolveSibling("."));
  }

  /** Keeps other processes from sealing at the same time; close it. */
  FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.lock() == null) {
      channel.close();
      throw new IOException(root.resolve(LOCK) + " cannot be locked");
    }
    return channel;
  }

  void write(String name, byte[] bytes) throws IOException {
    Path file = root.resolve(name);
    Path directory = file.getParent();
    Path fresh = file.resolveSibling(file.getFileName() + TEMPORARY);
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    force(directory == null ? root : directory);
  }

  /** The bytes of a file; null when there is none. */
  byte @Nullable [] read(String name) throws IOException {
    Path file = root.resolve(name);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_FILE) {
      throw new BackupException("seals/" + name + " is no file that a seal can be");
    }
    return Files.readAllBytes(file);
  }

  /** All files below the folder by their name in it, without the lock and cut writes. */
  NavigableSet<String> names() throws IOException {
    NavigableSet<String> found = new TreeSet<>();
    if (Files.isDirectory(root)) {
      list("", found);
    }
    return found;
  }

  private void list(String below, Set<String> found) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(below))) {
      for (Path entry : entries) {
        String name = below + entry.getFileName();
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && below.isEmpty()) {
          list(name + "/", found);
        } else if (!name.endsWith(TEMPORARY) && !name.equals(LOCK)) {
          found.add(name);
        }
      }
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
