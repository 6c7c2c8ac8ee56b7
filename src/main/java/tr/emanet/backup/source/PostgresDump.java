package tr.emanet.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;

/**
 * Dumps a database with the tools of PostgreSQL into two files: {@code NAME.dump} in the custom
 * format without compression, so that equal rows are equal bytes, and {@code NAME-globals.sql} with
 * roles and table spaces. Any thread.
 *
 * <p>A dump counts when the program ended with 0, the file begins as a dump, is not absurdly small
 * and {@code pg_restore -l} reads its table of contents. Anything else is a failure that names the
 * database and what the program said.
 */
public final class PostgresDump {

  private static final byte[] MAGIC = "PGDMP".getBytes(StandardCharsets.US_ASCII);
  private static final long SMALLEST = 512;
  private static final int MAX_SAID = 2000;
  private static final long TERM_SECONDS = 5;

  private final PostgresDatabase database;
  private final @Nullable Path passFile;
  private final BooleanSupplier stopped;

  /**
   * Prepares a dump.
   *
   * @param passFile a file as libpq reads it, mode 0600; null: the server asks for no password
   * @param stopped asked while a program runs; true ends it
   */
  public PostgresDump(PostgresDatabase database, @Nullable Path passFile, BooleanSupplier stopped) {
    this.database = database;
    this.passFile = passFile;
    this.stopped = stopped;
  }

  /**
   * Writes both files into the directory.
   *
   * @throws BackupException when the dump does not count
   */
  public List<Path> into(Path directory) throws IOException, InterruptedException {
    Path dump = directory.resolve(database.name() + ".dump");
    Path globals = directory.resolve(database.name() + "-globals.sql");
    run(dump, command("pg_dump", "-Fc", "-Z0", "--dbname=" + database.name()));
    check(dump);
    run(directory.resolve(".contents"), List.of("pg_restore", "-l", dump.toString()));
    Files.delete(directory.resolve(".contents"));
    run(
        globals,
        command(
            "pg_dumpall",
            "--globals-only",
            "--no-role-passwords",
            "--database=" + database.name()));
    if (Files.size(globals) == 0) {
      throw new BackupException("the globals of " + database.address() + " came empty");
    }
    return List.of(dump, globals);
  }

  private List<String> command(String program, String... arguments) {
    List<String> out = new ArrayList<>();
    out.add(program);
    out.add("--no-password");
    out.add("--host=" + database.host());
    out.add("--port=" + database.port());
    out.add("--username=" + database.user());
    out.addAll(Arrays.asList(arguments));
    return out;
  }

  private void check(Path dump) throws IOException {
    byte[] head = new byte[MAGIC.length];
    int read;
    try (InputStream in = Files.newInputStream(dump)) {
      read = in.readNBytes(head, 0, head.length);
    }
    if (read < head.length || !Arrays.equals(head, MAGIC) || Files.size(dump) < SMALLEST) {
      throw new BackupException(
          "the dump of " + database.address() + " is no dump: " + Files.size(dump) + " bytes");
    }
  }

  private void run(Path output, List<String> command) throws IOException, InterruptedException {
    Files.deleteIfExists(output);
    Files.createFile(
        output, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile());
    environment(builder.environment());
    Process child;
    try {
      child = builder.start();
    } catch (IOException e) {
      throw new BackupException(
          command.getFirst() + " cannot be started (apt-get install postgresql-client)", e);
    }
    StringBuffer said = new StringBuffer();
    Thread reader = Thread.ofPlatform().daemon().name("dump-said").start(() -> read(child, said));
    try {
      while (!child.waitFor(200, TimeUnit.MILLISECONDS)) {
        if (stopped.getAsBoolean()) {
          throw new BackupException("the dump of " + database.address() + " was stopped");
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
              + database.address()
              + " ended with "
              + child.exitValue()
              + ": "
              + said.toString().strip());
    }
  }

  private void environment(Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    environment.clear();
    environment.put("PATH", path);
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("PGCONNECT_TIMEOUT", "20");
    environment.put("PGAPPNAME", "emanet-backup");
    Path file = passFile;
    environment.put("PGPASSFILE", file == null ? "/dev/null" : file.toString());
  }

  private static void end(Process child) throws InterruptedException {
    if (child.isAlive()) {
      child.destroy();
      if (!child.waitFor(TERM_SECONDS, TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
    }
  }

  private static void read(Process child, StringBuffer said) {
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

  /** Writes the file that libpq reads the password from; mode 0600 from its first byte on. */
  public static void writePassFile(Path file, PostgresDatabase database, String password)
      throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    String line =
        escaped(database.host())
            + ":"
            + database.port()
            + ":*:"
            + escaped(database.user())
            + ":"
            + escaped(password)
            + "\n";
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      out.write(line.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String escaped(String text) {
    if (text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw new IllegalArgumentException("a password has one line");
    }
    return text.replace("\\", "\\\\").replace(":", "\\:");
  }
}
