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
  private static final int MAX_GLOBALS = 64 << 20;
  private static final String TRAILER = "\n-- PostgreSQL database cluster dump complete";

  private final PostgresDatabase database;
  private final DumpProgram program;

  /**
   * Prepares a dump.
   *
   * @param passFile a file as libpq reads it, mode 0600; null: the server asks for no password
   * @param stopped asked while a program runs; true ends it
   */
  public PostgresDump(PostgresDatabase database, @Nullable Path passFile, BooleanSupplier stopped) {
    this.database = database;
    this.program =
        new DumpProgram(
            database.address(),
            "apt-get install postgresql-client",
            environment(passFile),
            stopped);
  }

  /** What libpq reads: where the password is, and nothing of a person's own settings. */
  static Map<String, String> environment(@Nullable Path passFile) {
    return Map.of(
        "PGCONNECT_TIMEOUT", "20",
        "PGAPPNAME", "emanet-backup",
        "PGPASSFILE", passFile == null ? "/dev/null" : passFile.toString());
  }

  /** The smallest dump that counts, in bytes. */
  public static long smallest() {
    return SMALLEST;
  }

  /**
   * Starts the dump and gives its bytes while they come, so that no disk has to hold them. Closing
   * throws when {@code pg_dump} did not end with 0 or {@code pg_restore -l} cannot read the table
   * of contents.
   *
   * @param snapshot as {@link PostgresMoment#id} gives it; the moment must still be open
   */
  public InputStream open(String snapshot) throws BackupException {
    return program.open(
        command("pg_dump", "-Fc", "-Z0", "--snapshot=" + snapshot, "--dbname=" + database.name()),
        List.of("pg_restore", "-l"));
  }

  /**
   * Roles and table spaces of the server, without passwords.
   *
   * @param directory for a file that is removed again
   * @throws BackupException when they are cut or too long
   */
  public byte[] globals(Path directory) throws IOException, InterruptedException {
    Path file = directory.resolve(database.name() + "-globals.sql");
    try {
      globalsInto(file);
      if (Files.size(file) > MAX_GLOBALS) {
        throw new BackupException("the globals of " + database.address() + " have no end");
      }
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void globalsInto(Path file) throws IOException, InterruptedException {
    program.run(
        command(
            "pg_dumpall", "--globals-only", "--no-role-passwords", "--database=" + database.name()),
        file);
    if (!Files.readString(file).contains(TRAILER)) {
      throw new BackupException(
          "the globals of " + database.address() + " end without their trailer; they are cut");
    }
  }

  /**
   * Writes both files into the directory.
   *
   * @throws BackupException when the dump does not count
   */
  public List<Path> into(Path directory) throws IOException, InterruptedException {
    Path dump = directory.resolve(database.name() + ".dump");
    Path globals = directory.resolve(database.name() + "-globals.sql");
    program.run(command("pg_dump", "-Fc", "-Z0", "--dbname=" + database.name()), dump);
    check(dump);
    walk(dump);
    Path contents = directory.resolve(".contents");
    program.run(List.of("pg_restore", "-l", dump.toString()), contents);
    Files.delete(contents);
    globalsInto(globals);
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

  private void walk(Path dump) throws IOException {
    PostgresDumpWalk walk = new PostgresDumpWalk();
    byte[] room = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(dump)) {
      int n = in.read(room);
      while (n >= 0) {
        walk.take(room, 0, n);
        n = in.read(room);
      }
    }
    walk.end(database.address());
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
