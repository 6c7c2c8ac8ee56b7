package tr.emanet.backup.plan;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command of the configuration file that a job may run before or after its backup. It is started
 * as it stands there, never by a shell, so nothing that a person types in the browser becomes a
 * command. Immutable.
 *
 * @param name by which a job chooses it
 * @param command the program's absolute path and its arguments
 * @param seconds how long it may take
 */
public record HookSpec(String name, List<String> command, int seconds) {

  private static final int USUAL_SECONDS = 300;
  private static final int MAX_SECONDS = 6 * 3600;
  private static final int MAX_HOOKS = 50;
  private static final int MAX_ARGUMENT = 4096;

  /** A rule that one of them breaks. */
  public record Problem(String key, String problem) {}

  public HookSpec(@Nullable String name, @Nullable List<String> command, int seconds) {
    this.name = Objects.requireNonNullElse(name, "");
    this.command = command == null ? List.of() : List.copyOf(command);
    this.seconds = seconds == 0 ? USUAL_SECONDS : seconds;
  }

  Duration limit() {
    return Duration.ofSeconds(seconds);
  }

  /** Everything that is wrong with the hooks of a configuration. */
  public static List<Problem> problems(List<HookSpec> hooks) {
    List<Problem> out = new ArrayList<>();
    Set<String> names = new HashSet<>();
    if (hooks.size() > MAX_HOOKS) {
      out.add(new Problem("hooks", "more than " + MAX_HOOKS));
    }
    for (HookSpec hook : hooks) {
      String key = "hooks " + hook.name();
      if (!hook.name().matches("[a-z0-9][a-z0-9-]{0,31}") || !names.add(hook.name())) {
        out.add(new Problem("hooks", "'" + hook.name() + "' is no name, or there twice"));
      }
      if (hook.seconds() < 1 || hook.seconds() > MAX_SECONDS) {
        out.add(new Problem(key, "seconds is not between 1 and " + MAX_SECONDS));
      }
      String wrong = wrong(hook.command());
      if (!wrong.isEmpty()) {
        out.add(new Problem(key, wrong));
      }
    }
    return out;
  }

  private static String wrong(List<String> command) {
    if (command.isEmpty()) {
      return "has no command; write command: [/usr/local/sbin/program, argument]";
    }
    if (command.stream().anyMatch(a -> a.length() > MAX_ARGUMENT || a.indexOf(0) >= 0)) {
      return "has an argument that is too long";
    }
    try {
      Path program = Path.of(command.getFirst());
      if (!program.isAbsolute() || !Files.isRegularFile(program) || !Files.isExecutable(program)) {
        return "'" + program + "' is no program; write its absolute path and make it executable";
      }
      return "";
    } catch (InvalidPathException e) {
      return "'" + command.getFirst() + "' is no path";
    }
  }
}
