package tr.emanet.backup.place;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.crypto.Digests;

/**
 * Reads objects of a copy back and compares each with its name, which is the SHA-256 of its bytes.
 * Needs no password. One thread.
 */
final class CopyReader {

  /** What is wrong with an object that is not there any more. */
  static final String GONE = "is gone";

  private static final int MAX_OBJECT = 1 << 30;
  private static final List<ObjectKind> KINDS =
      List.of(ObjectKind.KEY, ObjectKind.INDEX, ObjectKind.SNAPSHOT, ObjectKind.DATA);

  /** An object of a copy. */
  record Item(ObjectKind kind, String name, long size) {

    String label() {
      return LocalTarget.label(kind, name);
    }
  }

  private CopyReader() {}

  /** All objects with a name that can be checked, in the order of their names. */
  static List<Item> list(Target copy) throws IOException {
    List<Item> found = new ArrayList<>();
    for (ObjectKind kind : KINDS) {
      for (Target.Entry entry : copy.list(kind)) {
        if (entry.name().matches("[0-9a-f]{64}")) {
          found.add(new Item(kind, entry.name(), entry.size()));
        }
      }
    }
    found.sort(Comparator.comparing(Item::name).thenComparing(Item::kind));
    return found;
  }

  /**
   * What is wrong with an object; empty: its bytes have its name.
   *
   * @throws IOException when the place does not answer at all
   */
  static String trouble(Target target, Item item) throws IOException {
    try {
      byte[] bytes = target.read(item.kind(), item.name(), MAX_OBJECT);
      return named(bytes, item.name()) ? "" : "its bytes do not have its name";
    } catch (IOException e) {
      // A disk that gives all but one object is damaged; a server that gives nothing is away.
      boolean there =
          target.list(item.kind()).stream().anyMatch(entry -> entry.name().equals(item.name()));
      return there ? "cannot be read: " + e.getMessage() : GONE;
    }
  }

  /** The sound bytes of an object; null when this side has none. */
  static byte @Nullable [] sound(Target target, Item item) throws IOException {
    try {
      byte[] bytes = target.read(item.kind(), item.name(), MAX_OBJECT);
      return named(bytes, item.name()) ? bytes : null;
    } catch (BackupException e) {
      return null; // missing here, or longer than any object may be
    }
  }

  static boolean named(byte[] bytes, String name) {
    return HexFormat.of().formatHex(Digests.sha256().digest(bytes)).equals(name);
  }
}
