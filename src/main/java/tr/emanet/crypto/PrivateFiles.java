package tr.emanet.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes and reads files that only the owner may read (mode 0600), complete or not at all. */
public final class PrivateFiles {

  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Set<PosixFilePermission> OWNERS =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);
  private static final long MAX_SECRET = 64 * 1024;

  private PrivateFiles() {}

  /**
   * Reads a file with a secret.
   *
   * @throws IOException when it cannot be read, is larger than 64 KiB, or others than its owner may
   *     read it; the message names file and remedy
   */
  public static byte[] read(Path file) throws IOException {
    mustBePrivate(file);
    if (Files.size(file) > MAX_SECRET) {
      throw new IOException("'" + file + "' is larger than 64 KiB; this is no secret");
    }
    return Files.readAllBytes(file);
  }

  /**
   * Looks whether only the owner may read a file.
   *
   * @throws IOException when it cannot be read, or others may; the message names file and remedy
   */
  public static void mustBePrivate(Path file) throws IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IOException("'" + file + "' cannot be read; check the path and its permissions");
    }
    for (PosixFilePermission right : Files.getPosixFilePermissions(file)) {
      if (!OWNERS.contains(right)) {
        throw new IOException(
            "'" + file + "' may be read by others than its owner; chmod 600 it first");
      }
    }
  }

  /** Makes the directory and missing parents with mode 0700; leaves an existing one as it is. */
  public static void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, DIRECTORY);
    }
  }

  /** Replaces the file: never readable by others, not even for a moment, and durable on return. */
  public static void write(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException("file " + file + " has no directory");
    }
    createDirectory(directory);
    Path fresh = directory.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
      parent.force(true);
    }
  }
}
