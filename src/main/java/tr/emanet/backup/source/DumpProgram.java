package tr.emanet.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tr.emanet.backup.BackupException;

/**
 * Runs a program whose standard output is a copy of something: fixed arguments, no shell, an
 * environment of our own, its messages kept for the error. One use at a time.
 *
 * @param subject what is copied, for messages
 * @param remedy what to do when the program is not there, such as the package to install
 * @param environment beside PATH and LC_ALL, which are always set
 * @param stopped asked five times a second; true ends the program
 */
record DumpProgram(
    String subject, String remedy, Map<String, String> environment, BooleanSupplier stopped) {

  private static final int MAX_SAID = 2000;
  private static final long TERM_SECONDS = 5;

  /**
   * Runs it to its end.
   *
   * @param output made anew, mode 0600
   * @throws BackupException when it cannot be started, ends with another code than 0, or is stopped
   */
  void run(List<String> command, Path output) throws IOException, InterruptedException {
    Files.deleteIfExists(output);
    Files.createFile(
        output, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile());
    String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    Process child;
    try {
      child = builder.start();
    } catch (IOException e) {
      throw new BackupException(command.getFirst() + " cannot be started; " + remedy, e);
    }
    StringBuilder said = new StringBuilder();
    Thread reader = Thread.ofPlatform().daemon().name("dump-said").start(() -> read(child, said));
    try {
      while (!child.waitFor(200, TimeUnit.MILLISECONDS)) {
        if (stopped.getAsBoolean()) {
          throw new BackupException("the dump of " + subject + " was stopped");
        }
      }
      reader.join();
    } finally {
      end(child);
    }
    if (child.exitValue() != 0) {
      throw new BackupException(
          command.getFirst()
              + " of "
              + subject
              + " ended with "
              + child.exitValue()
              + ": "
              + said.toString().strip());
    }
  }

  private static void end(Process child) throws InterruptedException {
    if (child.isAlive()) {
      child.destroy();
      if (!child.waitFor(TERM_SECONDS, TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
    }
  }

  private static void read(Process child, StringBuilder said) {
    byte[] room = new byte[1024];
    try (InputStream in = child.getErrorStream()) {
      int n = in.read(room);
      while (n >= 0) {
        if (said.length() < MAX_SAID) {
          said.append(new String(room, 0, n, StandardCharsets.UTF_8));
        }
        n = in.read(room);
      }
    } catch (IOException e) {
      // The program ended while we read; what it said until then is kept.
      said.append(" (its messages ended early)");
    }
  }
}
