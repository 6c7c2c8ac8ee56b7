package tr.emanet.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

  private static final ProcessBuilder.Redirect NOTHING =
      ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile());
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
    Process child = start(command, NOTHING, ProcessBuilder.Redirect.to(output.toFile()));
    Said said = Said.by(child);
    try {
      while (!child.waitFor(200, TimeUnit.MILLISECONDS)) {
        if (stopped.getAsBoolean()) {
          throw new BackupException("the dump of " + subject + " was stopped");
        }
      }
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
              + said.text());
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

  /**
   * Runs it to its end with bytes on its standard input; what it writes is thrown away.
   *
   * @param input read to its end, not closed
   * @throws BackupException when it cannot be started, ends with another code than 0, or is stopped
   */
  void feed(List<String> command, InputStream input) throws IOException, InterruptedException {
    Process child = start(command, ProcessBuilder.Redirect.PIPE, ProcessBuilder.Redirect.DISCARD);
    Said said = Said.by(child);
    try {
      IOException broken = null;
      try (OutputStream to = child.getOutputStream()) {
        byte[] room = new byte[1 << 16];
        int n = input.read(room);
        while (n >= 0 && !stopped.getAsBoolean()) {
          to.write(room, 0, n);
          n = input.read(room);
        }
      } catch (IOException e) {
        broken = e; // the program may have ended; what it said explains more
      }
      while (!child.waitFor(200, TimeUnit.MILLISECONDS)) {
        if (stopped.getAsBoolean()) {
          throw new BackupException("the work on " + subject + " was stopped");
        }
      }
      if (child.exitValue() != 0) {
        throw new BackupException(
            command.getFirst() + " ended with " + child.exitValue() + ": " + said.text(), broken);
      }
      if (broken != null) {
        throw broken;
      }
    } finally {
      end(child);
    }
  }

  /** Starts it with the environment of all dumps. */
  private Process start(
      List<String> command, ProcessBuilder.Redirect input, ProcessBuilder.Redirect output)
      throws BackupException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectInput(input).redirectOutput(output);
    builder.environment().clear();
    builder.environment().put("PATH", path());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new BackupException(command.getFirst() + " cannot be started; " + remedy, e);
    }
  }

  private static String path() {
    String path = System.getenv("PATH");
    return path == null ? "/usr/bin:/bin" : path;
  }

  /**
   * Starts it and gives what it writes, while it writes it.
   *
   * @param judge a program that reads the same bytes from their beginning and ends with 0 when they
   *     are what they should be
   */
  InputStream open(List<String> command, List<String> judge) throws BackupException {
    Process judging = DumpStream.judge(judge, path());
    Process child;
    try {
      child = start(command, NOTHING, ProcessBuilder.Redirect.PIPE);
    } catch (BackupException e) {
      judging.destroyForcibly();
      throw e;
    }
    return new DumpStream(subject, command, child, judging, stopped);
  }

  /** What a program complains about, its first 2000 characters. */
  static final class Said {

    @SuppressWarnings("JdkObsolete") // one thread writes while others read
    private final StringBuffer text = new StringBuffer();

    private final Thread reader;

    private Said(Process child) {
      this.reader = Thread.ofPlatform().daemon().name("dump-said").start(() -> read(child));
    }

    static Said by(Process child) {
      return new Said(child);
    }

    /** All of it; waits for the end of the program's messages. */
    String text() {
      try {
        reader.join(TERM_SECONDS * 1000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return text.toString().strip();
    }

    private void read(Process child) {
      byte[] room = new byte[1024];
      try (InputStream in = child.getErrorStream()) {
        int n = in.read(room);
        while (n >= 0) {
          if (text.length() < MAX_SAID) {
            text.append(new String(room, 0, n, StandardCharsets.UTF_8));
          }
          n = in.read(room);
        }
      } catch (IOException e) {
        // The program ended while we read; what it said until then is kept.
        text.append(" (its messages ended early)");
      }
    }
  }
}
