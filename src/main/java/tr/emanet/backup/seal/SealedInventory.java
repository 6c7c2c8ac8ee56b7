package tr.emanet.backup.seal;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Inventory;

/** What the seals of a repository promise, for a check that reads the objects themselves. */
public final class SealedInventory {

  private SealedInventory() {}

  /**
   * What must be there by the seals: a check that asks for it names what is missing. Empty when
   * nothing is sealed or the place has no seals.
   */
  public static Optional<Inventory> of(Target target) throws IOException {
    if (target.beside() == null) {
      return Optional.empty();
    }
    SealChain chain = SealChain.read(SealFolder.of(target), "", null, Instant.EPOCH);
    String config = chain.set().get("config");
    if (chain.links().isEmpty() || config == null) {
      return Optional.empty();
    }
    Map<ObjectKind, Set<String>> names = new EnumMap<>(ObjectKind.class);
    Map<String, ObjectKind> kinds = new TreeMap<>();
    for (ObjectKind kind : ObjectKind.values()) {
      kinds.put(kind.directory(), kind);
    }
    for (String path : chain.set().keySet()) {
      int slash = path.indexOf('/');
      ObjectKind kind = slash < 0 ? null : kinds.get(path.substring(0, slash));
      add(names, kind, path.substring(path.lastIndexOf('/') + 1));
    }
    return Optional.of(Inventory.atLeast(names, Id.parse(config)));
  }

  private static void add(
      Map<ObjectKind, Set<String>> names, @Nullable ObjectKind kind, String name) {
    if (kind != null && kind != ObjectKind.CONFIG) {
      names.computeIfAbsent(kind, k -> new TreeSet<>()).add(name);
    }
  }
}
