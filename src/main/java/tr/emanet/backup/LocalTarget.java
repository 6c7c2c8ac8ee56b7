package tr.emanet.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A repository in a directory, laid out as restic's: packs in {@code data/00} to {@code data/ff}.
 *
 * <p>An object is written beside its place, synchronised, renamed, and its directory synchronised:
 * after a power cut it is whole or not there. Leftovers of a cut have names that end in {@code
 * .tmp}; nobody reads them, and {@link #sweepLeftovers} takes away what is old. Directories are for
 * their owner alone, and files cannot be written again, both as restic has them.
 */
public final class LocalTarget implements Target {

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern LEFTOVER = Pattern.compile("([0-9a-f]{64}|config)\\.tmp");
  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------"));

  private final Path root;

  public LocalTarget(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public void prepare() throws IOException {
    if (Files.exists(root)) {
      clear();
    } else {
      Files.createDirectories(root, DIRECTORY);
    }
    for (ObjectKind kind : ObjectKind.values()) {
      if (kind != ObjectKind.CONFIG) {
        Files.createDirectories(root.resolve(kind.directory()), DIRECTORY);
      }
    }
    for (int i = 0; i < 256; i++) {
      Files.createDirectories(
          root.resolve(ObjectKind.DATA.directory()).resolve(String.format(Locale.ROOT, "%02x", i)),
          DIRECTORY);
    }
    synchronise(root.resolve(ObjectKind.DATA.directory()));
    synchronise(root);
  }

  /**
   * What a making that was cut has left may go: directories, and keys that open nothing. Anything
   * else is somebody's.
   */
  private void clear() throws IOException {
    if (Files.exists(root.resolve("config"))) {
      throw new BackupException("'" + root + "' holds a repository already");
    }
    List<Path> keys = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Path name = root.relativize(path);
        boolean key = name.startsWith(ObjectKind.KEY.directory()) || name.endsWith("config.tmp");
        if (key && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          keys.add(path);
        } else if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || !ours(name)) {
          throw new BackupException(
              Files.isDirectory(root.resolve(ObjectKind.SNAPSHOT.directory()))
                  ? "'"
                      + root
                      + "' holds a repository without its file 'config';"
                      + " heal it from another copy, or name a new directory"
                  : "'" + root + "' is not empty; name a new directory for the repository");
        }
      }
    }
    for (Path key : keys) {
      Files.delete(key);
    }
  }

  private static boolean ours(Path name) {
    if (name.toString().isEmpty() || name.startsWith(ObjectKind.DATA.directory())) {
      return true;
    }
    for (ObjectKind kind : ObjectKind.values()) {
      if (kind != ObjectKind.CONFIG && name.toString().equals(kind.directory())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void write(ObjectKind kind, String name, byte[] bytes, int offset, int length)
      throws IOException {
    Path file = file(kind, name);
    Path directory = directoryOf(file);
    Path fresh = directory.resolve(name + ".tmp");
    Files.deleteIfExists(fresh);
    try (FileChannel channel = create(fresh, directory)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
      while (rest.hasRemaining()) {
        // Pieces: the JDK copies each write through a direct buffer of its size that it keeps.
        int limit = rest.limit();
        rest.limit(Math.min(limit, rest.position() + (1 << 18)));
        channel.write(rest);
        rest.limit(limit);
      }
      channel.force(true);
    } catch (IOException e) {
      // On a full disk this gives back what was taken.
      Files.deleteIfExists(fresh);
      throw e;
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    synchronise(directory);
  }

  private FileChannel create(Path fresh, Path directory) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      return FileChannel.open(fresh, options, FILE);
    } catch (NoSuchFileException e) {
      // Other tools make the directories of a repository when they need them. Without a
      // configuration there is no repository here, but the mount point of an absent disk.
      if (!Files.isRegularFile(root.resolve("config"))) {
        throw e;
      }
      Files.createDirectories(directory, DIRECTORY);
      synchronise(directoryOf(directory));
      return FileChannel.open(fresh, options, FILE);
    }
  }

  @Override
  public byte[] read(ObjectKind kind, String name, int max) throws IOException {
    try (FileChannel channel = open(kind, name)) {
      long size = channel.size();
      if (size > max) {
        throw new BackupException(
            label(kind, name) + " has " + size + " bytes, more than the limit of " + max);
      }
      byte[] bytes = new byte[(int) size];
      fill(channel, 0, bytes, bytes.length, kind, name);
      return bytes;
    }
  }

  @Override
  public void readAt(ObjectKind kind, String name, long position, byte[] into, int length)
      throws IOException {
    try (FileChannel channel = open(kind, name)) {
      fill(channel, position, into, length, kind, name);
    }
  }

  @Override
  public List<Entry> list(ObjectKind kind) throws IOException {
    List<Entry> found = new ArrayList<>();
    if (kind == ObjectKind.CONFIG) {
      Path config = root.resolve("config");
      if (Files.isRegularFile(config)) {
        found.add(new Entry("config", Files.size(config)));
      }
    } else {
      listInto(root.resolve(kind.directory()), kind == ObjectKind.DATA, found);
    }
    return found;
  }

  private static void listInto(Path directory, boolean below, List<Entry> found)
      throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        BasicFileAttributes facts;
        try {
          facts = Files.readAttributes(entry, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
          continue; // removed by another while we list
        }
        if (facts.isDirectory()) {
          if (below) {
            listInto(entry, false, found);
          }
        } else if (!name.endsWith(".tmp") && !name.contains("-tmp-")) {
          found.add(new Entry(name, facts.size()));
        }
      }
    } catch (NoSuchFileException e) {
      return; // a repository without this directory has none of them
    }
  }

  @Override
  public void remove(ObjectKind kind, String name) throws IOException {
    Path file = file(kind, name);
    if (Files.deleteIfExists(file)) {
      synchronise(directoryOf(file));
    }
  }

  @Override
  public void sweepLeftovers(Instant before) throws IOException {
    for (ObjectKind kind : ObjectKind.values()) {
      // The root itself stands for the configuration.
      sweepInto(root.resolve(kind.directory()), kind == ObjectKind.DATA, before);
    }
  }

  private static void sweepInto(Path directory, boolean below, Instant before) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (LEFTOVER.matcher(String.valueOf(entry.getFileName())).matches()) {
          if (Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS)
              .toInstant()
              .isBefore(before)) {
            Files.deleteIfExists(entry);
          }
        } else if (below && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          sweepInto(entry, false, before);
        }
      }
    } catch (NoSuchFileException e) {
      return; // gone while we looked, or a directory that this repository does not have
    }
  }

  @Override
  public Path directory() {
    return root;
  }

  @Override
  public String describe() {
    return root.toString();
  }

  private FileChannel open(ObjectKind kind, String name) throws IOException {
    try {
      return FileChannel.open(file(kind, name), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new BackupException(label(kind, name) + " is missing in " + root, e);
    }
  }

  private static void fill(
      FileChannel channel, long position, byte[] into, int length, ObjectKind kind, String name)
      throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(into, 0, length);
    long at = position;
    while (rest.hasRemaining()) {
      rest.limit(Math.min(length, rest.position() + (1 << 18)));
      int read = channel.read(rest, at);
      rest.limit(length);
      if (read < 0) {
        throw new BackupException(
            label(kind, name) + " ends at " + at + ", before " + (position + length));
      }
      at += read;
    }
  }

  private Path file(ObjectKind kind, String name) throws IOException {
    if (kind == ObjectKind.CONFIG) {
      return root.resolve("config");
    }
    if (!NAME.matcher(name).matches()) {
      throw new BackupException("'" + name + "' is no name of an object; remove the foreign file");
    }
    Path directory = root.resolve(kind.directory());
    if (kind != ObjectKind.DATA) {
      return directory.resolve(name);
    }
    return directory.resolve(name.substring(0, 2)).resolve(name);
  }

  private static Path directoryOf(Path file) {
    Path directory = file.getParent();
    if (directory == null) {
      throw new IllegalStateException("a file below the root");
    }
    return directory;
  }

  private static void synchronise(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** For messages: "pack 0123..." as people look for it. */
  public static String label(ObjectKind kind, String name) {
    return switch (kind) {
      case CONFIG -> "file config";
      case KEY -> "key " + name;
      case DATA -> "pack " + name;
      case INDEX -> "index " + name;
      case SNAPSHOT -> "snapshot " + name;
      case LOCK -> "lock " + name;
    };
  }
}
