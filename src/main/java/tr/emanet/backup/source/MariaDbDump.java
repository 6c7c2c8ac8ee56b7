package tr.emanet.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;

/**
 * Dumps a database with {@code mariadb-dump} into {@code NAME.sql}: one consistent snapshot of its
 * InnoDB tables, with routines, events and triggers, binary columns in hexadecimal. Any thread.
 *
 * <p>A dump counts when the program ended with 0 and its last line is the trailer that it writes
 * only after everything else. Tables of an engine without transactions are not part of the
 * snapshot; they are named in {@link Result#loose}. While the dump begins, for a fraction of a
 * second, nobody writes into the tables: the rows are counted at the same moment.
 *
 * <p>The user needs no more than {@code SELECT, LOCK TABLES, SHOW VIEW, TRIGGER, EVENT} on the
 * database and, for its routines, {@code SELECT} on {@code mysql.proc}.
 */
public final class MariaDbDump {

  private static final int TAIL = 512;
  private static final String TRAILER = "\n-- Dump completed";
  private static final int MAX_LOOSE = 1 << 20;
  private static final String BEGINNING = "\n-- Current Database: ";
  private static final int HEAD = 1 << 13;

  /** How long others may be kept from writing. */
  private static final Duration MAX_HOLD = Duration.ofSeconds(30);

  private final MariaDbDatabase database;
  private final @Nullable Path optionFile;
  private final BooleanSupplier stopped;

  /**
   * What was written.
   *
   * @param loose tables whose rows may be of another moment than the others; they are not counted
   * @param counts of the rows of the others at the moment of the dump
   */
  public record Result(Path dump, List<String> loose, RowCounts counts) {}

  /**
   * Prepares a dump.
   *
   * @param optionFile as {@link #writeOptionFile} makes it; null: the server asks for no password
   * @param stopped asked while a program runs; true ends it
   */
  public MariaDbDump(MariaDbDatabase database, @Nullable Path optionFile, BooleanSupplier stopped) {
    this.database = database;
    this.optionFile = optionFile;
    this.stopped = stopped;
  }

  /**
   * Writes the dump into the directory and counts its rows.
   *
   * @param counting how long all rows together may be counted
   * @param now by the clock of this appliance
   * @throws BackupException when the dump does not count
   */
  public Result into(Path directory, Duration counting, Instant now)
      throws IOException, InterruptedException {
    List<String> loose = loose(directory.resolve(".engines"));
    Path dump = directory.resolve(database.name() + ".sql");
    List<String> command = command("mariadb-dump");
    command.addAll(
        List.of(
            "--single-transaction",
            "--quick",
            "--routines",
            "--events",
            "--triggers",
            "--hex-blob",
            "--skip-dump-date", // equal rows are equal bytes
            "--default-character-set=utf8mb4",
            "--databases",
            database.name()));
    try (MariaDbMoment moment = new MariaDbMoment(database, command("mariadb"))) {
      Letting letting = new Letting(moment, dump, stopped);
      program(letting).run(command, dump);
      letting.go(true);
      check(dump);
      return new Result(dump, loose, moment.count(counting, now, stopped));
    }
  }

  /** Lets others write again as soon as the dump has begun; asked while it runs. */
  private static final class Letting implements BooleanSupplier {

    private final MariaDbMoment moment;
    private final Path dump;
    private final BooleanSupplier stopped;
    private final long end = System.nanoTime() + MAX_HOLD.toNanos();
    private boolean gone;

    Letting(MariaDbMoment moment, Path dump, BooleanSupplier stopped) {
      this.moment = moment;
      this.dump = dump;
      this.stopped = stopped;
    }

    void go(boolean sure) throws IOException {
      if (!gone) {
        gone = true;
        moment.release(sure);
      }
    }

    @Override
    public boolean getAsBoolean() {
      try {
        if (!gone && begun()) {
          go(true);
        } else if (!gone && System.nanoTime() > end) {
          go(false);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return stopped.getAsBoolean();
    }

    /** Its transaction is begun before it names the database. */
    private boolean begun() throws IOException {
      try (InputStream in = Files.newInputStream(dump)) {
        return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1).contains(BEGINNING);
      }
    }
  }

  private DumpProgram program(BooleanSupplier asked) {
    return new DumpProgram(
        database.address(),
        "apt-get install mariadb-client",
        Map.of("HOME", "/nonexistent"),
        asked);
  }

  private List<String> command(String name) {
    return client(name, database, optionFile);
  }

  /** Begins a command of a client of the database. */
  static List<String> client(String name, MariaDbDatabase database, @Nullable Path optionFile) {
    List<String> command = new ArrayList<>();
    command.add(name);
    // Must be the first: then no other file of options is read.
    command.add("--defaults-file=" + (optionFile == null ? "/dev/null" : optionFile.toString()));
    if (database.host().startsWith("/")) {
      command.add("--socket=" + database.host());
    } else {
      command.add("--protocol=tcp");
      command.add("--host=" + database.host());
      command.add("--port=" + database.port());
    }
    command.add("--user=" + database.user());
    return command;
  }

  private List<String> loose(Path answer) throws IOException, InterruptedException {
    List<String> command = command("mariadb");
    // The name has no quote: the record refuses it.
    command.addAll(
        List.of(
            "--batch",
            "--skip-column-names",
            "--execute=SELECT table_name FROM information_schema.tables WHERE table_schema = '"
                + database.name()
                + "' AND engine IS NOT NULL AND engine NOT IN ('InnoDB', 'SEQUENCE')"));
    program(stopped).run(command, answer);
    try {
      if (Files.size(answer) > MAX_LOOSE) {
        throw new BackupException(database.address() + " has too many tables without InnoDB");
      }
      return Files.readAllLines(answer, StandardCharsets.UTF_8);
    } finally {
      Files.deleteIfExists(answer);
    }
  }

  private void check(Path dump) throws IOException {
    long size = Files.size(dump);
    byte[] tail = new byte[(int) Math.min(TAIL, size)];
    try (RandomAccessFile file = new RandomAccessFile(dump.toFile(), "r")) {
      file.seek(size - tail.length);
      file.readFully(tail);
    }
    if (!new String(tail, StandardCharsets.ISO_8859_1).contains(TRAILER)) {
      throw new BackupException(
          "the dump of "
              + database.address()
              + " ends after "
              + size
              + " bytes without its trailer; it is cut");
    }
  }

  /** Writes the file that the client reads the password from; mode 0600 from its first byte on. */
  public static void writeOptionFile(Path file, String password) throws IOException {
    if (password.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException("a password has one line");
    }
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    String quoted = password.replace("\\", "\\\\").replace("\"", "\\\"");
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      out.write(("[client]\npassword=\"" + quoted + "\"\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
