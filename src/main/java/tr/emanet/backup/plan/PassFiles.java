package tr.emanet.backup.plan;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.source.DeviceConfig;
import tr.emanet.backup.source.MariaDbDump;
import tr.emanet.backup.source.PostgresDump;
import tr.emanet.backup.source.Source;
import tr.emanet.backup.target.TargetAccess;

/**
 * The passwords and private keys of sources: one file of mode 0600 for each source of a job, in a
 * directory of mode 0700 that is no part of the store, each in the form in which its program reads
 * it. Any thread.
 */
public final class PassFiles {

  private static final int MAX_SECRET = 16_000;

  private final Path directory;

  public PassFiles(Path directory) {
    this.directory = directory;
  }

  /** Keeps the secrets of a job's sources, in their order; an empty one stays as it was. */
  void keepAll(long job, List<Source> sources, List<String> secrets) throws IOException {
    for (int i = 0; i < sources.size() && i < secrets.size(); i++) {
      if (sources.get(i).secret() && !secrets.get(i).isEmpty()) {
        keep(job, sources.get(i), secrets.get(i));
      }
    }
  }

  /** Why a secret cannot be kept, as the last part of a text key; empty: it can. */
  static String wrong(List<Source> sources, List<String> secrets) {
    for (int i = 0; i < sources.size() && i < secrets.size(); i++) {
      String secret = secrets.get(i);
      if (secret.length() > MAX_SECRET) {
        return "long";
      }
      boolean lines = secret.strip().chars().anyMatch(c -> c < ' ');
      if (sources.get(i).secret() && lines && !(ssh(sources.get(i)) && key(secret))) {
        return "password";
      }
    }
    return "";
  }

  private static boolean ssh(Source source) {
    return source instanceof Source.Device || source instanceof Source.Sftp;
  }

  private static boolean key(String secret) {
    return secret.stripLeading().startsWith("-----BEGIN ");
  }

  private void keep(long job, Source source, String secret) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    switch (source) {
      case Source.Postgres database ->
          PostgresDump.writePassFile(file(job, source, "pgpass"), database.database(), secret);
      case Source.MariaDb ignored -> MariaDbDump.writeOptionFile(file(job, source, "cnf"), secret);
      case Source.Device ignored -> login(job, source, secret);
      case Source.Sftp ignored -> login(job, source, secret);
      case Source.Tree ignored -> throw new IllegalArgumentException("a path has no password");
      case Source.Self ignored -> throw new IllegalArgumentException("we have no password");
      case Source.Sqlite ignored -> throw new IllegalArgumentException("a file has no password");
    }
  }

  /** A private key or a password: the one that is new takes the place of the other. */
  private void login(long job, Source source, String secret) throws IOException {
    Files.deleteIfExists(file(job, source, key(secret) ? "password" : "key"));
    Path file = file(job, source, key(secret) ? "key" : "password");
    write(file, (secret.strip() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The file that the dump program of a database reads; null when there is none. */
  @Nullable Path find(long job, Source source) {
    Path file = file(job, source, source instanceof Source.MariaDb ? "cnf" : "pgpass");
    return Files.isRegularFile(file) ? file : null;
  }

  /** How to log in at a server over SSH, with its pinned key. */
  TargetAccess access(long job, Source source, String hostKey) {
    Path key = file(job, source, "key");
    return Files.isRegularFile(key)
        ? TargetAccess.key(key, hostKey)
        : new TargetAccess(
            List.of(hostKey),
            null,
            null,
            file(job, source, "password"),
            null,
            TargetAccess.none().region(),
            0);
  }

  /**
   * Keeps the configuration of a device until the next one and tells what changed since the last,
   * as {@link DeviceConfig#changes}. It holds the device's own secrets, so it lies here.
   */
  List<String> changed(long job, Source.Device device, byte[] now) throws IOException {
    Path file = file(job, device, "conf");
    List<String> changes = List.of();
    if (Files.isRegularFile(file)) {
      changes =
          DeviceConfig.changes(
              device.device(),
              new String(Files.readAllBytes(file), StandardCharsets.UTF_8),
              new String(now, StandardCharsets.UTF_8));
    }
    write(file, now);
    return changes;
  }

  private void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      out.write(bytes);
    }
  }

  /** Forgets the secrets of a job that is removed. */
  void forget(long job) {
    try {
      remove(job);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the files of a job. */
  void remove(long job) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.toList()) {
        Path name = file.getFileName();
        if (name != null && name.toString().startsWith(job + "-")) {
          Files.delete(file);
        }
      }
    }
  }

  /** One login serves all databases of a server, and all paths. */
  private Path file(long job, Source source, String form) {
    int known =
        switch (source) {
          case Source.Postgres(var host, var port, var name, var user) ->
              java.util.Objects.hash(host, port, user);
          case Source.MariaDb(var host, var port, var name, var user) ->
              java.util.Objects.hash(host, port, user);
          case Source.Device(var device, var host, var port, var user, var hostKey) ->
              java.util.Objects.hash(host, port, user);
          case Source.Sftp(var host, var port, var user, var path, var hostKey) ->
              java.util.Objects.hash(host, port, user);
          case Source.Tree(var path) -> path.hashCode();
          case Source.Self() -> 0;
          case Source.Sqlite(var path) -> path.hashCode();
        };
    return directory.resolve(job + "-" + Integer.toHexString(known) + "." + form);
  }
}
