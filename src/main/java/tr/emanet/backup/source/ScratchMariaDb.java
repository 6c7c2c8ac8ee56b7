package tr.emanet.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tr.emanet.backup.BackupException;

/**
 * A MariaDB server of our own, for as long as a dump is tried out: in a directory that is removed
 * afterwards, reached only by a socket in it, with bounded memory and without care for power cuts.
 * Root lets it run as {@code mysql} or {@code nobody}. One thread.
 *
 * <p>A dump is SQL that somebody else wrote: the server reads and writes no files for it, loads no
 * plug-ins, runs no events, and the client takes no commands of a shell.
 */
public final class ScratchMariaDb implements AutoCloseable {

  private static final Path INSTALL = Path.of("/usr/bin/mariadb-install-db");
  private static final List<Path> SERVERS =
      List.of(
          Path.of("/usr/sbin/mariadbd"),
          Path.of("/usr/bin/mariadbd"),
          Path.of("/usr/libexec/mariadbd"));
  private static final String USER = "root"; // of the database; the machine's is another one
  private static final String REMEDY = "apt-get install mariadb-server";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ScratchPlace place;
  private final DumpProgram program;
  private final Process server;

  /** Why it cannot be had on this machine, with the remedy; empty: it can. */
  public static Optional<String> missing() {
    return installed().isPresent() && Files.isExecutable(INSTALL)
        ? Optional.empty()
        : Optional.of("no MariaDB server is installed; " + REMEDY);
  }

  private static Optional<Path> installed() {
    return SERVERS.stream().filter(Files::isExecutable).findFirst();
  }

  private ScratchMariaDb(ScratchPlace place, DumpProgram program, Process server) {
    this.place = place;
    this.program = program;
    this.server = server;
  }

  /**
   * Makes a server and starts it.
   *
   * @param where directory below which its own is made, unless we are root
   * @param stopped asked while programs run; true ends them
   * @throws BackupException when there is no MariaDB, or it does not start
   */
  public static ScratchMariaDb start(Path where, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      throw new BackupException(missing.get());
    }
    DumpProgram program =
        new DumpProgram("the scratch server", REMEDY, Map.of("HOME", "/nonexistent"), stopped);
    ScratchPlace place = ScratchPlace.make(where, "my", "mysql");
    try {
      Process server = launch(place, installed().orElseThrow(), program);
      ScratchMariaDb made = new ScratchMariaDb(place, program, server);
      made.awaitReady(stopped);
      return made;
    } catch (IOException | InterruptedException e) {
      place.close();
      throw e;
    }
  }

  private static Process launch(ScratchPlace place, Path mariadbd, DumpProgram program)
      throws IOException, InterruptedException {
    String data = "--datadir=" + place.inner().resolve("data");
    program.run(
        place.as(
            List.of(
                INSTALL.toString(),
                "--no-defaults",
                data,
                "--auth-root-authentication-method=normal",
                "--skip-name-resolve",
                "--skip-test-db")),
        place.beside("install.out"));
    String nothing = place.inner().resolve("data/emanet-nothing").toString();
    Files.createDirectory(place.beside("nothing"));
    return place.start(
        List.of(
            mariadbd.toString(),
            "--no-defaults",
            data,
            "--socket=" + place.inner().resolve("s"),
            "--pid-file=" + place.inner().resolve("pid"),
            "--skip-networking",
            "--skip-log-bin",
            "--secure-file-priv=" + place.beside("nothing"),
            "--plugin-dir=" + nothing,
            "--local-infile=0",
            "--event-scheduler=DISABLED",
            "--character-set-server=utf8mb4",
            "--max-allowed-packet=1G",
            "--max-connections=10",
            "--innodb-buffer-pool-size=64M",
            "--innodb-use-native-aio=0",
            "--innodb-doublewrite=0",
            "--innodb-flush-log-at-trx-commit=0"));
  }

  private void awaitReady(BooleanSupplier stopped) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      boolean ended = server.waitFor(200, TimeUnit.MILLISECONDS);
      if (ended || stopped.getAsBoolean() || System.nanoTime() > end) {
        String log = place.said();
        close();
        throw new BackupException("the scratch server does not start: " + log);
      }
    }
  }

  private boolean answers() throws IOException, InterruptedException {
    if (!Files.exists(place.inner().resolve("s"))) {
      return false;
    }
    try (SqlSession session = SqlSession.mariaDb("the scratch server", client())) {
      return session.ask("SELECT 1;").equals(List.of("1"));
    } catch (BackupException e) {
      return false; // not yet; the caller's patience ends
    }
  }

  private List<String> client() {
    return MariaDbDump.client("mariadb", database("mysql"), null);
  }

  /** How clients reach a database of it: by its socket, without a password. */
  public MariaDbDatabase database(String name) {
    return new MariaDbDatabase(place.inner().resolve("s").toString(), 3306, name, USER);
  }

  /**
   * Loads a dump as {@link MariaDbDump} writes it; it names its database itself.
   *
   * @param dump read to its end, not closed
   * @throws BackupException when the server does not take all of it
   */
  public void load(InputStream dump) throws IOException, InterruptedException {
    List<String> command = place.as(client());
    command.addAll(
        List.of(
            "--batch",
            "--loose-sandbox", // older clients do not know it
            "--max-allowed-packet=1G",
            "--default-character-set=utf8mb4"));
    program.feed(command, dump);
  }

  /** Counts the rows of a loaded database. */
  public RowCounts counts(String name, Duration limit, Instant now, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    try (MariaDbMoment moment = new MariaDbMoment(database(name), client())) {
      moment.alone();
      return moment.count(limit, now, stopped);
    }
  }

  /** Ends it and removes its directory. */
  @Override
  public void close() throws IOException, InterruptedException {
    server.destroyForcibly(); // its data is thrown away
    if (!server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new BackupException("the scratch server " + server.pid() + " does not end");
    }
    place.close();
  }
}
