package tr.emanet.backup.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.source.PostgresDatabase;
import tr.emanet.backup.source.PostgresDump;

/**
 * The passwords of the databases: one file of mode 0600 for each database of a job, in a directory
 * of mode 0700 that is no part of the store. Any thread.
 */
public final class PassFiles {

  private final Path directory;

  public PassFiles(Path directory) {
    this.directory = directory;
  }

  void keep(long job, PostgresDatabase database, String password) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    PostgresDump.writePassFile(file(job, database), database, password);
  }

  @Nullable Path find(long job, PostgresDatabase database) {
    Path file = file(job, database);
    return Files.isRegularFile(file) ? file : null;
  }

  /** Forgets the passwords of a job. */
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

  private Path file(long job, PostgresDatabase database) {
    int known = java.util.Objects.hash(database.host(), database.port(), database.user());
    return directory.resolve(job + "-" + Integer.toHexString(known) + ".pgpass");
  }
}
