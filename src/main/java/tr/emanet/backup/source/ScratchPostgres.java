package tr.emanet.backup.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Who runs what stands in a dump; no superuser, of no role. */
  private static final String LOADER = "emanet_loader";

  private static final int PORT = 5432; // part of the name of the socket only
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=",
          "unix_socket_permissions=0700",
          "max_connections=10",
          "shared_buffers=64MB",
          "work_mem=16MB",
          "maintenance_work_mem=128MB",
          "max_parallel_workers=0",
          "fsync=off",
          "full_page_writes=off",
          "synchronous_commit=off",
          "wal_level=minimal",
          "max_wal_senders=0",
          "autovacuum=off",
          "jit=off");

  private final ScratchPlace place;
  private final Path bin;
  private final DumpProgram program;
  private final Process server;
  private boolean loader;

  /** Why it cannot be had on this machine, with the remedy; empty: it can. */
  public static Optional<String> missing() throws IOException {
    return newest().isPresent()
        ? Optional.empty()
        : Optional.of("no PostgreSQL server is installed; apt-get install postgresql");
  }

  /**
   * Ends the scratch servers, of every kind, that killed processes of ours left, and removes their
   * directories.
   *
   * @param where as {@link #start} had it
   */
  public static void sweep(Path where) throws IOException {
    ScratchPlace.sweep(where);
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

  private ScratchPostgres(ScratchPlace place, Path bin, DumpProgram program, Process server) {
    this.place = place;
    this.bin = bin;
    this.program = program;
    this.server = server;
  }

  /**
   * Makes a cluster and starts it.
   *
   * @param where directory below which its own is made, unless we are root
   * @param stopped asked while programs run; true ends them
   * @throws BackupException when there is no PostgreSQL, or it does not start
   */
  public static ScratchPostgres start(Path where, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    Path bin =
        newest()
            .orElseThrow(
                () ->
                    new BackupException(
                        "no PostgreSQL server is installed; apt-get install postgresql"));
    DumpProgram program =
        new DumpProgram(
            "the scratch server",
            "apt-get install postgresql util-linux",
            Map.of("HOME", "/nonexistent", "PGCONNECT_TIMEOUT", "20"),
            stopped);
    ScratchPlace place = ScratchPlace.make(where, "pg", "postgres");
    try {
      ScratchPostgres made = new ScratchPostgres(place, bin, program, launch(place, bin, program));
      made.awaitReady(stopped);
      return made;
    } catch (IOException | InterruptedException e) {
      place.close();
      throw e;
    }
  }

  private static Process launch(ScratchPlace place, Path bin, DumpProgram program)
      throws IOException, InterruptedException {
    String data = place.inner().resolve("data").toString();
    program.run(
        place.as(
            List.of(
                bin.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + USER,
                "--auth=trust", // the directory of the socket is closed to everybody else
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync")),
        place.beside("initdb.out"));
    List<String> command = new ArrayList<>(List.of(bin.resolve("postgres").toString(), "-D", data));
    for (String setting : SETTINGS) {
      command.addAll(List.of("-c", setting));
    }
    command.addAll(List.of("-c", "unix_socket_directories=" + place.inner()));
    return place.start(command);
  }

  private void awaitReady(BooleanSupplier stopped) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (SqlSession session = session("postgres")) {
        if (session.ask("SELECT 1;").equals(List.of("1"))) {
          return;
        }
      } catch (BackupException e) {
        if (System.nanoTime() > end || !server.isAlive() || stopped.getAsBoolean()) {
          String log = place.said();
          close();
          throw new BackupException("the scratch server does not start: " + log, e);
        }
      }
      if (server.waitFor(200, TimeUnit.MILLISECONDS)) {
        end = System.nanoTime(); // it ended; the next look says why
      }
    }
  }

  private SqlSession session(String name) throws BackupException {
    return SqlSession.postgres(
        "the scratch server",
        List.of(
            bin.resolve("psql").toString(),
            "--host=" + place.inner(),
            "--port=" + PORT,
            "--username=" + USER,
            "--dbname=" + name),
        PostgresDump.environment(null));
  }

  /** How clients reach a database of it: by its socket, as the role that owns what was loaded. */
  public PostgresDatabase database(String name) {
    return new PostgresDatabase(place.inner().toString(), PORT, name, LOADER);
  }

  /**
   * Loads a dump in the custom format into a new database. A dump is a program, written by whoever
   * wrote into the repository or the database: it runs as a role that can neither run commands nor
   * read files, and so can nothing that only a superuser may make. Extensions are those of this
   * machine, made before it by us, in the schema {@code public}.
   *
   * @param name of the database, a plain name
   * @throws BackupException when {@code pg_restore} does not take all of it
   */
  public void load(String name, Path dump) throws IOException, InterruptedException {
    Path list = place.beside("list.out");
    program.run(List.of(bin.resolve("pg_restore").toString(), "--list", dump.toString()), list);
    DumpContents contents = DumpContents.of(Files.readAllLines(list, StandardCharsets.UTF_8));
    Path use = place.beside("use.list");
    Files.write(use, contents.kept(), StandardCharsets.UTF_8);
    if (!loader) {
      sql("postgres", "CREATE ROLE " + LOADER + " LOGIN");
      loader = true;
    }
    client("createdb", USER, "--template=template0", "--owner=" + LOADER, name);
    sql(name, "ALTER SCHEMA public OWNER TO " + LOADER);
    for (String extension : contents.extensions()) {
      sql(name, "CREATE EXTENSION IF NOT EXISTS \"" + extension + "\" CASCADE");
    }
    client(
        "pg_restore",
        LOADER,
        "--no-owner",
        "--no-privileges",
        "--no-publications",
        "--no-subscriptions",
        "--exit-on-error",
        "--use-list=" + use,
        "--dbname=" + name,
        dump.toString());
  }

  private void sql(String name, String statement) throws IOException, InterruptedException {
    client(
        "psql",
        USER,
        "--no-psqlrc",
        "--set=ON_ERROR_STOP=1",
        "--dbname=" + name,
        "--command=" + statement);
  }

  private void client(String what, String user, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                bin.resolve(what).toString(),
                "--host=" + place.inner(),
                "--port=" + PORT,
                "--username=" + user,
                "--no-password"));
    command.addAll(List.of(arguments));
    program.run(command, place.beside(what + ".out"));
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
            place.as(
                List.of(
                    bin.resolve("pg_ctl").toString(),
                    "--pgdata=" + place.inner().resolve("data"),
                    "--mode=immediate",
                    "stop")),
            place.beside("stop.out"));
      } catch (BackupException e) {
        server.destroy();
      }
      if (!server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    }
    place.close();
  }
}
