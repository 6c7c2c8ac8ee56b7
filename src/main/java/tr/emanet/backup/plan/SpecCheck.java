package tr.emanet.backup.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tr.emanet.backup.MountTable;
import tr.emanet.backup.source.Source;

/** Says what is wrong with a backup job before it is kept. Immutable. */
public final class SpecCheck {

  private static final int MAX_NAME = 80;
  private static final int MAX_TEXT = 500;
  private static final int MAX_SOURCES = 64;
  private static final int MAX_RPO_HOURS = 24 * 366;

  private final Path state;
  private final Set<String> hooks;
  private final RemoteDoors doors;

  /**
   * Makes it.
   *
   * @param state the state directory: nobody backs it up as a plain tree, or into it
   * @param hooks names of the commands in the configuration file
   */
  public SpecCheck(Path state, Set<String> hooks) {
    this(state, hooks, RemoteDoors.NONE);
  }

  /** The same where repositories may be on servers. */
  public SpecCheck(Path state, Set<String> hooks, RemoteDoors doors) {
    this.doors = doors;
    this.state = state;
    this.hooks = Set.copyOf(hooks);
  }

  /**
   * Why a job cannot be kept, as the last part of a text key; empty: it can.
   *
   * @param self the job that is changed, -1 for a new one
   */
  String wrong(BackupSpec spec, List<BackupJob> others, long self) {
    if (spec.name().isBlank() || spec.name().length() > MAX_NAME || control(spec.name())) {
      return "name";
    }
    if (others.stream().anyMatch(o -> o.id() != self && o.spec().name().equals(spec.name()))) {
      return "name-taken";
    }
    if (spec.systems().length() > MAX_TEXT || control(spec.systems())) {
      return "systems";
    }
    if (spec.sources().isEmpty() || spec.sources().size() > MAX_SOURCES) {
      return "sources";
    }
    if (Set.copyOf(spec.addresses()).size() < spec.sources().size()) {
      return "source-twice";
    }
    String place = places(spec);
    return place.isEmpty() ? times(spec) : place;
  }

  private String places(BackupSpec spec) {
    boolean remote = RemoteDoors.isRemote(spec.repository());
    if (remote && (spec.repository().length() > MAX_TEXT || !doors.leadsTo(spec.repository()))) {
      return "repository-remote";
    }
    // Nothing of this machine lies in a repository on a server.
    Path repository = remote ? Path.of("/dev/null/remote") : path(spec.repository());
    if (repository == null) {
      return "repository";
    }
    if (repository.startsWith(state) || state.startsWith(repository)) {
      return "repository-state";
    }
    for (Source source : spec.sources()) {
      String wrong =
          switch (source) {
            case Source.Tree(String text) -> place(text, repository);
            case Source.Sqlite(String text) -> database(text, repository);
            case Source.Self ignored -> "";
            case Source.Postgres ignored -> "";
            case Source.MariaDb ignored -> "";
            case Source.Device ignored -> "";
            case Source.Sftp ignored -> "";
          };
      if (!wrong.isEmpty()) {
        return wrong;
      }
    }
    return "";
  }

  private String database(String text, Path repository) {
    String wrong = place(text, repository);
    if (!wrong.isEmpty()) {
      return wrong;
    }
    return Files.isRegularFile(Path.of(text)) ? "" : "sqlite";
  }

  private String place(String text, Path repository) {
    Path source = path(text);
    if (source == null || control(text)) {
      return "path";
    }
    if (source.startsWith(state) || state.startsWith(source)) {
      return "path-state";
    }
    if (!Files.exists(source)) {
      return "path-missing";
    }
    if (inside(source, repository)) {
      return "repository-inside";
    }
    return source.startsWith(repository) ? "path-repository" : "";
  }

  /** Also by a bind mount, of which no path tells. */
  private static boolean inside(Path source, Path repository) {
    try {
      return MountTable.now().names(repository).stream().anyMatch(n -> n.startsWith(source));
    } catch (IOException e) {
      return repository.startsWith(source); // the run looks again
    }
  }

  private String times(BackupSpec spec) {
    try {
      if (!spec.schedule().isEmpty()) {
        Cron ignored = Cron.parse(spec.schedule());
      }
    } catch (IllegalArgumentException e) {
      return "schedule";
    }
    if (!spec.quiet().isEmpty() && QuietHours.parse(spec.quiet()).isEmpty()) {
      return "quiet";
    }
    if (spec.rpoHours() < 1 || spec.rpoHours() > MAX_RPO_HOURS) {
      return "rpo";
    }
    if (!spec.keep().keepsSomething()) {
      return "keep";
    }
    for (String hook : List.of(spec.hooks().before(), spec.hooks().after())) {
      if (!hook.isEmpty() && !hooks.contains(hook)) {
        return "hook";
      }
    }
    return "";
  }

  /** The absolute path without links as far as it exists; null when it is none. */
  private static @org.jspecify.annotations.Nullable Path path(String text) {
    try {
      Path path = Path.of(text);
      if (!path.isAbsolute() || text.length() > MAX_TEXT) {
        return null;
      }
      return MountTable.real(path);
    } catch (InvalidPathException | IOException e) {
      return null;
    }
  }

  private static boolean control(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
