package tr.emanet.backup.restic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * Which objects a repository should have: the format alone does not show one that is missing as a
 * whole, or an old one that is back. Seals promise it; the names are the digests of the bytes, and
 * the configuration, which has no such name, is known by its digest. Locks come and go and are no
 * part of it.
 */
public final class Inventory {

  private static final List<ObjectKind> KINDS =
      List.of(ObjectKind.KEY, ObjectKind.DATA, ObjectKind.INDEX, ObjectKind.SNAPSHOT);

  private final Map<ObjectKind, Set<String>> names = new EnumMap<>(ObjectKind.class);
  private final Id config;
  private final boolean exact;

  /** The names of each kind, and the SHA-256 of the configuration. */
  public Inventory(Map<ObjectKind, Set<String>> names, Id config) {
    this(names, config, true);
  }

  /** What must be there at least; what else is there is no difference. */
  public static Inventory atLeast(Map<ObjectKind, Set<String>> names, Id config) {
    return new Inventory(names, config, false);
  }

  private Inventory(Map<ObjectKind, Set<String>> names, Id config, boolean exact) {
    for (ObjectKind kind : KINDS) {
      this.names.put(kind, Set.copyOf(names.getOrDefault(kind, Set.of())));
    }
    this.config = config;
    this.exact = exact;
  }

  /** What is there now. */
  public static Inventory of(Target target) throws IOException {
    Map<ObjectKind, Set<String>> names = new EnumMap<>(ObjectKind.class);
    for (ObjectKind kind : KINDS) {
      names.put(kind, names(target, kind));
    }
    return new Inventory(names, configOf(target));
  }

  private static Id configOf(Target target) throws IOException {
    byte[] bytes = target.read(ObjectKind.CONFIG, "config", 1 << 16);
    return Id.of(bytes, 0, bytes.length);
  }

  private static Set<String> names(Target target, ObjectKind kind) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Target.Entry entry : target.list(kind)) {
      found.add(entry.name());
    }
    return found;
  }

  boolean has(ObjectKind kind, String name) {
    return names.getOrDefault(kind, Set.of()).contains(name);
  }

  /** Names of a kind that should be there and are not. */
  Set<String> missing(Target target, ObjectKind kind) throws IOException {
    Set<String> expected = new TreeSet<>(names.getOrDefault(kind, Set.of()));
    expected.removeAll(names(target, kind));
    return expected;
  }

  /** What is missing, what should not be there, and a configuration that is another one. */
  List<CheckRun.Problem> differences(Target target) throws IOException {
    List<CheckRun.Problem> found = new ArrayList<>();
    for (ObjectKind kind : KINDS) {
      Set<String> present = names(target, kind);
      Set<String> expected = new TreeSet<>(names.getOrDefault(kind, Set.of()));
      for (String name : present) {
        if (!expected.remove(name) && exact) {
          found.add(
              new CheckRun.Problem(
                  LocalTarget.label(kind, name), "is not among what the repository should have"));
        }
      }
      for (String name : expected) {
        found.add(new CheckRun.Problem(LocalTarget.label(kind, name), "is missing"));
      }
    }
    if (names(target, ObjectKind.CONFIG).contains("config") && !configOf(target).equals(config)) {
      found.add(
          new CheckRun.Problem("file config", "is not the one that the repository should have"));
    }
    return found;
  }
}
