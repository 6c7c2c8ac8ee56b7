package tr.emanet;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.backup.plan.HookSpec;

/** The section {@code backup} of the configuration. Immutable. */
public record BackupSettings(List<HookSpec> hooks, List<String> restoreRoots) {

  private static final int MAX = 64;

  public BackupSettings {
    hooks = List.copyOf(hooks);
    restoreRoots = List.copyOf(restoreRoots);
  }

  /** The directories below which the service may restore, beside its own. */
  List<Path> roots() {
    return restoreRoots.stream().map(Path::of).toList();
  }

  /** Everything that is wrong, with what to do. */
  List<Settings.Breach> problems() {
    List<Settings.Breach> out = new ArrayList<>();
    HookSpec.problems(hooks).forEach(p -> out.add(new Settings.Breach(p.key(), p.problem())));
    if (restoreRoots.size() > MAX) {
      out.add(new Settings.Breach("restoreRoots", "names more than " + MAX + " directories"));
    }
    for (String text : restoreRoots) {
      String wrong = wrong(text);
      if (!wrong.isEmpty()) {
        out.add(new Settings.Breach("restoreRoots", "'" + text + "' " + wrong));
      }
    }
    return out;
  }

  private static String wrong(String text) {
    Path path;
    try {
      path = Path.of(text);
    } catch (InvalidPathException e) {
      return "is no path";
    }
    if (!path.isAbsolute() || !path.normalize().equals(path) || path.getNameCount() == 0) {
      return "is no whole path below /; write one as /srv/paylasim";
    }
    if (!Files.isDirectory(path)) {
      return "is no directory; make it, or take it out";
    }
    if (!Files.isWritable(path)) {
      return "cannot be written to by this user; give the right, and under systemd name it in"
          + " ReadWritePaths= of the unit, or take it out";
    }
    return "";
  }
}
