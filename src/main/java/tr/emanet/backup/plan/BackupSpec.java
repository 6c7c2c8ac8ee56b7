package tr.emanet.backup.plan;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.source.Source;

/**
 * What a person decides about a backup job; the fields are those of BİG Rehberi 3.1.13.1.
 *
 * @param name of the job, unique
 * @param systems what is backed up, in the institution's words
 * @param sources what is taken, in the order in which it was named
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
    List<Source> sources,
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

  public BackupSpec {
    sources = List.copyOf(sources);
  }

  /** What a reader sees as the sources. */
  public List<String> addresses() {
    return sources.stream().map(Source::address).toList();
  }

  /** Files and directories of this machine that are read as they are. */
  public List<String> paths() {
    return sources.stream()
        .flatMap(
            source -> source instanceof Source.Tree(String path) ? Stream.of(path) : Stream.empty())
        .toList();
  }

  /** Whether the appliance itself is among the sources. */
  boolean takesSelf() {
    return sources.contains(new Source.Self());
  }
}
