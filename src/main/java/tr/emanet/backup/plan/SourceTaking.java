package tr.emanet.backup.plan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tr.emanet.backup.restic.StreamSource;
import tr.emanet.backup.source.DeviceConfig;
import tr.emanet.backup.source.MariaDbDump;
import tr.emanet.backup.source.PostgresDump;
import tr.emanet.backup.source.PostgresMoment;
import tr.emanet.backup.source.RowCounts;
import tr.emanet.backup.source.SftpPull;
import tr.emanet.backup.source.Source;
import tr.emanet.backup.source.SqliteFileStore;
import tr.emanet.job.JobRun;
import tr.emanet.job.Progress;

/**
 * Turns the sources of a job into what a snapshot takes: paths of this machine as they are,
 * everything else as copies below a directory of our own. A source that fails ends the run; one
 * that has only some parts that cannot be read tells which. One run each; closing frees the copies.
 */
final class SourceTaking implements AutoCloseable {

  /** How long the rows of one database may be counted. */
  private static final Duration COUNTING = Duration.ofMinutes(5);

  private final BackupWork.Parts parts;
  private final DeviceNews news;
  private final BackupJob job;
  private final JobRun run;
  private final Path staging;
  private final List<Path> roots = new ArrayList<>();
  private final List<StreamSource> streams = new ArrayList<>();
  private final List<PostgresMoment> moments = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  SourceTaking(BackupWork.Parts parts, DeviceNews news, BackupJob job, JobRun run) {
    this.parts = parts;
    this.news = news;
    this.job = job;
    this.run = run;
    this.staging = parts.staging().resolve("job-" + job.id());
  }

  /** Files and directories for the snapshot. */
  List<Path> roots() {
    return roots;
  }

  /** What the snapshot reads from elsewhere. */
  List<StreamSource> streams() {
    return streams;
  }

  /** What could not be read, a line each, {@code name: why}. */
  List<String> missing() {
    return missing;
  }

  /**
   * Takes them, in their order.
   *
   * @throws IOException when one of them cannot be taken; nothing must be backed up then
   */
  void take() throws IOException, InterruptedException {
    remove(staging); // what a killed process left
    for (Source source : job.spec().sources()) {
      run.progress(new Progress(0, 0, source.address()));
      switch (source) {
        case Source.Tree(String path) -> roots.add(Path.of(path));
        case Source.Self ignored -> roots.addAll(parts.self().take());
        case Source.Postgres wanted -> postgres(wanted);
        case Source.MariaDb wanted -> mariaDb(wanted);
        case Source.Sqlite(String path) ->
            roots.add(SqliteFileStore.into(Path.of(path), place("sqlite", path, 0)));
        case Source.Device wanted -> device(wanted);
        case Source.Sftp wanted -> sftp(wanted);
      }
    }
    run.progress(Progress.NONE);
  }

  /** The dump is read while it comes; beside it lie the globals and how many rows there were. */
  private void postgres(Source.Postgres wanted) throws IOException, InterruptedException {
    Path passFile = parts.passFiles().find(job.id(), wanted);
    PostgresMoment moment = new PostgresMoment(wanted.database(), passFile);
    moments.add(moment);
    PostgresDump dump = new PostgresDump(wanted.database(), passFile, run::stopped);
    byte[] globals = dump.globals(place("postgresql", wanted.host(), wanted.port()));
    Instant now = parts.clock().instant();
    byte[] counts = moment.count(COUNTING, now, run::stopped).json();
    String at =
        "/postgresql/" + plain(wanted.host()) + "-" + wanted.port() + "/" + wanted.name() + "/";
    streams.add(
        new StreamSource(
            at + wanted.name() + ".dump",
            () -> dump.open(moment.id()),
            now,
            PostgresDump.smallest(),
            true));
    streams.add(of(at + wanted.name() + "-globals.sql", globals, now));
    streams.add(of(at + RowCounts.FILE, counts, now));
  }

  private static StreamSource of(String name, byte[] bytes, Instant now) {
    return StreamSource.of(name, () -> new ByteArrayInputStream(bytes), now);
  }

  private void mariaDb(Source.MariaDb wanted) throws IOException, InterruptedException {
    Instant now = parts.clock().instant();
    MariaDbDump.Result result =
        new MariaDbDump(wanted.database(), parts.passFiles().find(job.id(), wanted), run::stopped)
            .into(place("mariadb", wanted.host(), wanted.port(), wanted.name()), COUNTING, now);
    String at =
        "/mariadb/" + plain(wanted.host()) + "-" + wanted.port() + "/" + wanted.name() + "/";
    streams.add(
        StreamSource.of(
            at + wanted.name() + ".sql", () -> Files.newInputStream(result.dump()), now));
    streams.add(of(at + RowCounts.FILE, result.counts().json(), now));
    for (String table : result.loose()) {
      missing.add(
          wanted.address()
              + "/"
              + table
              + ": its engine has no transactions, its rows may be of another moment");
    }
  }

  private void device(Source.Device wanted) throws IOException {
    DeviceConfig config =
        new DeviceConfig(
            wanted.user(),
            wanted.host(),
            wanted.port(),
            wanted.device(),
            parts.passFiles().access(job.id(), wanted, wanted.hostKey()));
    Path file = config.into(place("device", wanted.host(), wanted.port()));
    roots.add(file);
    List<String> changes =
        DeviceConfig.secretless(
            parts.passFiles().changed(job.id(), wanted, Files.readAllBytes(file)));
    if (!changes.isEmpty()) {
      news.changed(job.spec().name(), wanted, changes);
    }
  }

  private void sftp(Source.Sftp wanted) throws IOException {
    SftpPull pull =
        new SftpPull(wanted, parts.passFiles().access(job.id(), wanted, wanted.hostKey()));
    Path place = place("sftp", wanted.host(), wanted.port());
    pull.into(
        place,
        run::stopped,
        (name, why) -> missing.add(wanted.address() + ": " + name + ": " + why));
    roots.add(place);
  }

  /** A directory of its own for a source; names of servers and files become one plain name. */
  private Path place(String kind, String host, int port, String... names) throws IOException {
    String name = plain(host) + (port == 0 ? "" : "-" + port);
    Path directory = staging.resolve(kind).resolve(name).resolve(String.join("/", names));
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return directory;
  }

  private static String plain(String host) {
    return host.replaceAll("[^\\p{L}\\p{N}._-]", "_");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (PostgresMoment moment : moments) {
      moment.close();
    }
    if (job.spec().takesSelf()) {
      parts.self().drop();
    }
    remove(staging);
  }

  private static void remove(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
