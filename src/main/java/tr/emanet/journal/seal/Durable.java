package tr.emanet.journal.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Writes whole files so that they are either there with all their bytes or not at all. Any thread.
 *
 * @param root nothing above it is touched
 * @param step hears the name of each step before the next; the crash points, or a test that fails
 *     there
 */
record Durable(Path root, Consumer<String> step) {

  /** Writes beside, forces, renames, and forces the directories. */
  void write(Path file, byte[] bytes) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IllegalArgumentException(file + " has no directory");
    }
    boolean isNew = !Files.isDirectory(directory);
    Files.createDirectories(directory);
    Path temporary = file.resolveSibling(file.getFileName() + SealPaths.TEMPORARY);
    try (FileChannel out =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
    step.accept("seal.written");
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    step.accept("seal.renamed");
    force(directory);
    if (isNew) {
      forceAbove(directory);
    }
  }

  /** Forces the directories from a new one up to the root. */
  void forceAbove(Path directory) throws IOException {
    Path at = directory.getParent();
    Path top = root.toAbsolutePath();
    while (at != null && at.startsWith(top)) {
      force(at);
      at = at.getParent();
    }
  }

  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
