package tr.emanet.backup.plan;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.source.PostgresDatabase;

/**
 * What a person decides about a backup job; the fields are those of BİG Rehberi 3.1.13.1.
 *
 * @param name of the job, unique
 * @param systems what is backed up, in the institution's words
 * @param paths files and directories of this machine, absolute; {@link #SELF} for the appliance
 * @param databases PostgreSQL databases, dumped and read from the standard output of the dump
 * @param repository directory of the repository, absolute
 * @param schedule five cron fields in the institution's zone; empty: only when somebody asks
 * @param startAt nothing runs by schedule before; null: at once
 * @param keep which snapshots stay
 * @param rpoHours so old may the last good snapshot be before an alarm is raised
 * @param quiet when nothing begins by schedule, as 08:30-17:30; empty: never
 * @param hooks names of commands of the configuration file: before and after, each may be empty
 */
public record BackupSpec(
    String name,
    String systems,
    List<String> paths,
    List<PostgresDatabase> databases,
    String repository,
    String schedule,
    @Nullable Instant startAt,
    Keep keep,
    int rpoHours,
    String quiet,
    Hooks hooks) {

  /** Which commands of the configuration file run around the backup. */
  public record Hooks(String before, String after) {

    public static final Hooks NONE = new Hooks("", "");
  }

  /** What stands among the paths for the appliance itself. */
  public static final String SELF = "emanet:";

  public BackupSpec {
    paths = List.copyOf(paths);
    databases = List.copyOf(databases);
  }

  /** What a reader sees as the source: paths and databases. */
  public List<String> sources() {
    return java.util.stream.Stream.concat(
            paths.stream(), databases.stream().map(PostgresDatabase::address))
        .toList();
  }
}
