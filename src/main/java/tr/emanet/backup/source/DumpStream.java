package tr.emanet.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;

/**
 * The standard output of {@code pg_dump}, read while it runs: nothing of it lies on a disk of ours.
 * Closing throws when the program did not end well, or when another program, which is shown the
 * beginning of the same bytes, does not recognise them, or when a block of data is missing. One
 * reader.
 */
final class DumpStream extends InputStream {

  private static final long LOOK_MILLIS = 200;
  private static final long END_SECONDS = 60;

  private final String subject;
  private final List<String> command;
  private final Process child;
  private final DumpProgram.Said said;
  private final Process judge;
  private final PostgresDumpWalk walk = new PostgresDumpWalk();
  private @Nullable OutputStream shown;
  private final InputStream in;
  private volatile boolean stopped;
  private boolean ended;
  private boolean closed;

  /**
   * Starts to read.
   *
   * @param child the dump
   * @param judge reads the beginning of the dump from its standard input and ends with 0 when it is
   *     one
   */
  DumpStream(
      String subject, List<String> command, Process child, Process judge, BooleanSupplier stop) {
    this.subject = subject;
    this.command = command;
    this.child = child;
    this.said = DumpProgram.Said.by(child);
    this.judge = judge;
    this.shown = judge.getOutputStream();
    this.in = child.getInputStream();
    Thread.ofPlatform().daemon().name("dump-watch").start(() -> watch(stop));
  }

  private void watch(BooleanSupplier stop) {
    try {
      while (!child.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (stop.getAsBoolean()) {
          stopped = true;
          child.destroy();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n = in.read(into, offset, length);
    if (n < 0) {
      ended = true;
      return n;
    }
    walk.take(into, offset, n);
    show(into, offset, n);
    return n;
  }

  /** The judge reads the table of contents, ends, and its pipe breaks: that is no error. */
  private void show(byte[] bytes, int offset, int length) {
    OutputStream to = shown;
    if (to == null) {
      return;
    }
    try {
      to.write(bytes, offset, length);
      to.flush();
    } catch (IOException e) {
      shown = null;
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!ended) {
        child.destroyForcibly();
      }
      int code = code(child, "the dump");
      if (!ended || stopped) {
        throw new BackupException("the dump of " + subject + " was stopped");
      }
      if (code != 0) {
        throw new BackupException(
            command.getFirst() + " of " + subject + " ended with " + code + ": " + said.text());
      }
      walk.end(subject);
      OutputStream to = shown;
      if (to != null) {
        closeQuietly(to);
      }
      if (code(judge, "the check of its contents") != 0) {
        throw new BackupException(
            "the dump of " + subject + " is no dump: its table of contents cannot be read");
      }
    } finally {
      child.destroyForcibly();
      judge.destroyForcibly();
      in.close();
    }
  }

  /** The judge may have ended before; then its exit code says what it found. */
  private void closeQuietly(OutputStream to) {
    try {
      to.close();
    } catch (IOException e) {
      shown = null;
    }
  }

  private int code(Process process, String what) throws IOException {
    try {
      if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new BackupException(what + " of " + subject + " does not end");
  }

  /** Starts a judge; what it says is thrown away. */
  static Process judge(List<String> command, String path) throws BackupException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("LC_ALL", "C.UTF-8");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new BackupException(
          command.getFirst() + " cannot be started; apt-get install postgresql-client", e);
    }
  }
}
