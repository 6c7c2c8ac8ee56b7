package tr.emanet.backup.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tr.emanet.backup.BackupException;

/**
 * A session with a database server that stays open over several statements, by its own client
 * ({@code psql}, {@code mariadb}): that keeps a transaction, and a snapshot in it, alive. One
 * thread.
 */
final class SqlSession implements AutoCloseable {

  private static final String MARK = "-- emanet: that was all --";
  private static final int MAX_LINE = 32 << 20;
  private static final int MAX_SAID = 2000;
  private static final long END_SECONDS = 10;

  private final Process child;
  private final Writer in;
  private final BufferedReader out;

  @SuppressWarnings("JdkObsolete") // one thread writes while others read
  private final StringBuffer said = new StringBuffer();

  private final String subject;
  private final String mark;

  /**
   * Connects to PostgreSQL.
   *
   * @param command what starts psql, with the server, the database and the user
   * @param environment beside PATH and LC_ALL
   */
  static SqlSession postgres(String subject, List<String> command, Map<String, String> environment)
      throws BackupException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("-X", "-q", "-A", "-t", "--no-password", "--file=-"));
    Map<String, String> more = new HashMap<>(environment);
    more.put("PGCLIENTENCODING", "UTF8");
    return new SqlSession(subject, all, more, "\\echo '" + MARK + "'\n");
  }

  /**
   * Connects to MariaDB or MySQL.
   *
   * @param command what starts mariadb, with the server and the user
   */
  static SqlSession mariaDb(String subject, List<String> command) throws BackupException {
    List<String> all = new ArrayList<>(command);
    // Force: a statement that fails answers nothing and does not end the session.
    all.addAll(List.of("--batch", "--skip-column-names", "--unbuffered", "--force"));
    all.add("--default-character-set=utf8mb4");
    return new SqlSession(subject, all, Map.of("HOME", "/nonexistent"), "SELECT '" + MARK + "';\n");
  }

  private SqlSession(
      String subject, List<String> command, Map<String, String> environment, String mark)
      throws BackupException {
    this.subject = subject;
    this.mark = mark;
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    try {
      child = builder.start();
    } catch (IOException e) {
      throw new BackupException(
          command.getFirst() + " cannot be started; install the client of the database", e);
    }
    in = child.outputWriter(StandardCharsets.UTF_8);
    out = child.inputReader(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().name("sql-said").start(this::listen);
  }

  private void listen() {
    try (BufferedReader errors =
        new BufferedReader(new InputStreamReader(child.getErrorStream(), StandardCharsets.UTF_8))) {
      char[] room = new char[512];
      int n = errors.read(room);
      while (n >= 0) {
        if (said.length() < MAX_SAID) {
          said.append(room, 0, n);
        }
        n = errors.read(room);
      }
    } catch (IOException e) {
      said.append(" (its messages ended early)");
    }
  }

  /**
   * Runs statements and gives the lines that they answer; a statement that fails answers none.
   *
   * @throws BackupException when the session ended
   */
  List<String> ask(String sql) throws IOException {
    List<String> lines = new ArrayList<>();
    try {
      in.write(sql + "\n" + mark);
      in.flush();
      String line = out.readLine();
      while (line != null && !line.equals(MARK)) {
        if (line.length() > MAX_LINE) {
          throw new BackupException(subject + " answers without end");
        }
        lines.add(line);
        line = out.readLine();
      }
      if (line != null) {
        return lines;
      }
    } catch (BackupException e) {
      throw e;
    } catch (IOException e) {
      throw new BackupException(subject + " ended the session: " + said(), e);
    }
    throw new BackupException(subject + " ended the session: " + said());
  }

  /** What the client complained about so far. */
  String said() {
    return said.toString().strip();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    try {
      in.close(); // the end of its input ends it, and its transaction
    } catch (IOException e) {
      said.append(" (it was gone before)");
    } finally {
      if (!child.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
      out.close();
    }
  }
}
