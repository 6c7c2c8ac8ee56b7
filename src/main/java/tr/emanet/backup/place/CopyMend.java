package tr.emanet.backup.place;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.backup.target.Mirror;

/**
 * Heals objects of a copy from the repository that it is a copy of; nothing is written whose bytes
 * do not have its name. One thread.
 */
final class CopyMend {

  private final Target from;
  private final Target copy;
  private boolean config;

  /**
   * Makes it.
   *
   * @throws BackupException when the copy is one of another repository
   */
  CopyMend(Target from, Target copy) throws IOException {
    this.from = from;
    this.copy = copy;
    if (!copy.list(ObjectKind.CONFIG).isEmpty()) {
      byte[] ours = from.read(ObjectKind.CONFIG, "config", 1 << 16);
      byte[] theirs = copy.read(ObjectKind.CONFIG, "config", 1 << 16);
      if (!java.util.Arrays.equals(ours, theirs) && !sharesKey()) {
        throw new BackupException(copy.describe() + " holds another repository; nothing is healed");
      }
      if (!java.util.Arrays.equals(ours, theirs)) {
        // A damaged one: both have the same keys.
        copy.remove(ObjectKind.CONFIG, "config");
        copy.write(ObjectKind.CONFIG, "config", ours, 0, ours.length);
        config = true;
      }
    }
  }

  private boolean sharesKey() throws IOException {
    Set<String> keys = new HashSet<>();
    from.list(ObjectKind.KEY).forEach(entry -> keys.add(entry.name()));
    return copy.list(ObjectKind.KEY).stream().anyMatch(entry -> keys.contains(entry.name()));
  }

  /** Takes one object from the repository; false when that has no sound one. */
  boolean heal(CopyReader.Item item) throws IOException {
    byte[] bytes = CopyReader.sound(from, item);
    if (bytes == null) {
      return false;
    }
    copy.remove(item.kind(), item.name());
    copy.write(item.kind(), item.name(), bytes, 0, bytes.length);
    return true;
  }

  /** Whether the configuration of the copy was damaged, and is sound again. */
  boolean config() {
    return config;
  }

  /** Copies what is missing there or has another length; {@code written} hears the labels. */
  List<Mirror.Problem> missing(Consumer<String> written, BooleanSupplier stopped)
      throws IOException {
    return new Mirror(from, copy, (object, objects, bytes) -> written.accept(object), stopped)
        .run()
        .problems();
  }
}
