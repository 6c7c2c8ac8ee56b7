package tr.emanet.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tr.emanet.backup.BackupException;

/**
 * A PostgreSQL server of our own, for as long as a dump is tried out: in a directory that is
 * removed afterwards, reached only by a socket in it, with bounded memory and without care for
 * power cuts. It refuses to run as root; for root it runs as {@code postgres} or {@code nobody}.
 *
 * <p>A dump is loaded without owners and privileges, so that it needs none of the roles of where it
 * came from. One thread; closing stops the server and removes everything.
 */
public final class ScratchPostgres implements AutoCloseable {

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final String USER = "emanet";
  private static final int PORT = 5432; // part of the name of the socket only
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MAX_SOCKET_PATH = 80;
  private static final String SETTINGS =
      """
      listen_addresses = ''
      unix_socket_permissions = 0700
      max_connections = 10
      shared_buffers = 64MB
      work_mem = 16MB
      maintenance_work_mem = 128MB
      max_parallel_workers = 0
      fsync = off
      full_page_writes = off
      synchronous_commit = off
      wal_level = minimal
      max_wal_senders = 0
      autovacuum = off
      jit = off
      """;

  private final Path directory;
  private final Path bin;
  private final List<String> as;
  private final DumpProgram program;
  private final Process server;

  /** Why it cannot be had on this machine, with the remedy; empty: it can. */
  public static Optional<String> missing() throws IOException {
    return newest().isPresent()
        ? Optional.empty()
        : Optional.of("no PostgreSQL server is installed; apt-get install postgresql");
  }

  private static Optional<Path> newest() throws IOException {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(VERSIONS)) {
      // A newer one loads older dumps, not the reverse.
      return all.map(version -> version.resolve("bin"))
          .filter(found -> Files.isExecutable(found.resolve("postgres")))
          .max(Comparator.comparingInt(ScratchPostgres::version));
    }
  }

  private static int version(Path bin) {
    String name = String.valueOf(bin.getName(bin.getNameCount() - 2));
    return name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : 0;
  }

  private ScratchPostgres(
      Path directory, Path bin, List<String> as, DumpProgram program, Process server) {
    this.directory = directory;
    this.bin = bin;
    this.as = as;
    this.program = program;
    this.server = server;
  }

  /**
   * Makes a cluster and starts it.
   *
   * @param place where its directory is made; of root it is below {@code /var/tmp}, because the
   *     user it runs as may not enter our own directories
   * @param stopped asked while programs run; true ends them
   * @throws BackupException when there is no PostgreSQL, or it does not start
   */
  public static ScratchPostgres start(Path place, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    Path bin =
        newest()
            .orElseThrow(
                () ->
                    new BackupException(
                        "no PostgreSQL server is installed; apt-get install postgresql"));
    String user = user();
    boolean far = !user.isEmpty() || place.toString().length() > MAX_SOCKET_PATH;
    Path parent = far ? Path.of("/var/tmp") : place;
    Path directory =
        Files.createTempDirectory(
            parent,
            "emanet-pg-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    List<String> as = List.of();
    DumpProgram program =
        new DumpProgram(
            "the scratch server",
            "apt-get install postgresql util-linux",
            Map.of("HOME", "/nonexistent", "PGCONNECT_TIMEOUT", "20"),
            stopped);
    try {
      if (!user.isEmpty()) {
        Files.setOwner(
            directory,
            directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        String group = user.equals("nobody") ? "nogroup" : user;
        as = List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--");
      }
      Process server = launch(directory, bin, as, program);
      ScratchPostgres made = new ScratchPostgres(directory, bin, as, program, server);
      made.awaitReady(stopped);
      return made;
    } catch (IOException | InterruptedException e) {
      remove(directory);
      throw e;
    }
  }

  /** Who it runs as when we are root; empty: as we do. */
  private static String user() throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "";
    }
    try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
      return lines.anyMatch(line -> line.startsWith("postgres:")) ? "postgres" : "nobody";
    }
  }

  private static Process launch(Path directory, Path bin, List<String> as, DumpProgram program)
      throws IOException, InterruptedException {
    Path data = directory.resolve("data");
    program.run(
        joined(
            as,
            bin.resolve("initdb").toString(),
            "--pgdata=" + data,
            "--username=" + USER,
            "--auth=trust", // the directory of the socket is closed to everybody else
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync"),
        directory.resolve("initdb.out"));
    Files.writeString(
        data.resolve("postgresql.conf"),
        SETTINGS + "unix_socket_directories = '" + directory + "'\n",
        StandardOpenOption.APPEND);
    ProcessBuilder builder =
        new ProcessBuilder(joined(as, bin.resolve("postgres").toString(), "-D", data.toString()))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(directory.resolve("server.out").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }

  private static List<String> joined(List<String> first, String... rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(rest));
    return all;
  }

  private void awaitReady(BooleanSupplier stopped) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (PsqlSession session = session("postgres")) {
        if (session.ask("SELECT 1;").equals(List.of("1"))) {
          return;
        }
      } catch (BackupException e) {
        if (System.nanoTime() > end || !server.isAlive() || stopped.getAsBoolean()) {
          String log = Files.readString(directory.resolve("server.out"));
          close();
          throw new BackupException("the scratch server does not start: " + log.strip(), e);
        }
      }
      if (server.waitFor(200, TimeUnit.MILLISECONDS)) {
        end = System.nanoTime(); // it ended; the next look says why
      }
    }
  }

  private PsqlSession session(String name) throws BackupException {
    return new PsqlSession(
        "the scratch server",
        List.of(
            bin.resolve("psql").toString(),
            "--host=" + directory,
            "--port=" + PORT,
            "--username=" + USER,
            "--dbname=" + name),
        PostgresDump.environment(null));
  }

  /** How clients reach a database of it: by its socket, without a password. */
  public PostgresDatabase database(String name) {
    return new PostgresDatabase(directory.toString(), PORT, name, USER);
  }

  /**
   * Loads a dump in the custom format into a new database.
   *
   * @param name of the database, a plain name
   * @param dump read to its end, not closed
   * @throws BackupException when {@code pg_restore} does not take all of it
   */
  public void load(String name, InputStream dump) throws IOException, InterruptedException {
    PostgresDatabase made = database(name);
    program.run(
        List.of(
            bin.resolve("createdb").toString(),
            "--host=" + directory,
            "--port=" + PORT,
            "--username=" + USER,
            "--no-password",
            "--template=template0",
            made.name()),
        directory.resolve("createdb.out"));
    program.feed(
        List.of(
            bin.resolve("pg_restore").toString(),
            "--host=" + directory,
            "--port=" + PORT,
            "--username=" + USER,
            "--no-password",
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--dbname=" + made.name()),
        dump);
  }

  /** Counts the rows of a loaded database, as {@link PostgresMoment#count}. */
  public RowCounts counts(String name, Duration limit, Instant now, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    try (PostgresMoment moment = new PostgresMoment(database(name), null)) {
      return moment.count(limit, now, stopped);
    }
  }

  /** Stops it and removes its directory. */
  @Override
  public void close() throws IOException, InterruptedException {
    if (server.isAlive()) {
      try {
        program.run(
            joined(
                as,
                bin.resolve("pg_ctl").toString(),
                "--pgdata=" + directory.resolve("data"),
                "--mode=immediate",
                "stop"),
            directory.resolve("stop.out"));
      } catch (BackupException e) {
        server.destroy();
      }
      if (!server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    }
    remove(directory);
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
