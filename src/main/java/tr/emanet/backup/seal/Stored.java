package tr.emanet.backup.seal;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.TreeMap;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.crypto.Digests;

/** The files of a repository as its target lists them, by their path below its root. */
final class Stored {

  private static final int PIECE = 1 << 20;

  /** One file: what the target calls it, its size and the digest that its name claims. */
  record Item(ObjectKind kind, String name, long size, String digest) {}

  private Stored() {}

  /** Everything but locks, which come and go. */
  static NavigableMap<String, Item> list(Target target) throws IOException {
    NavigableMap<String, Item> found = new TreeMap<>();
    for (ObjectKind kind : ObjectKind.values()) {
      if (kind == ObjectKind.LOCK) {
        continue;
      }
      for (Target.Entry entry : target.list(kind)) {
        String digest =
            kind == ObjectKind.CONFIG
                ? HexFormat.of()
                    .formatHex(Digests.sha256().digest(target.read(kind, "config", 1 << 16)))
                : entry.name();
        found.put(path(kind, entry.name()), new Item(kind, entry.name(), entry.size(), digest));
      }
    }
    return found;
  }

  static String path(ObjectKind kind, String name) {
    return switch (kind) {
      case CONFIG -> "config";
      case DATA ->
          ObjectLists.isDigest(name) ? "data/" + name.substring(0, 2) + "/" + name : "data/" + name;
      case KEY, INDEX, SNAPSHOT, LOCK -> kind.directory() + "/" + name;
    };
  }

  /** The SHA-256 of the stored bytes. */
  static String read(Target target, Item item) throws IOException {
    MessageDigest digest = Digests.sha256();
    byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, item.size()))];
    for (long at = 0; at < item.size(); ) {
      int length = (int) Math.min(piece.length, item.size() - at);
      target.readAt(item.kind(), item.name(), at, piece, length);
      digest.update(piece, 0, length);
      at += length;
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Reads and compares with the name.
   *
   * @throws BackupException when the bytes are others
   */
  static void mustHold(Target target, String path, Item item) throws IOException {
    if (!read(target, item).equals(item.digest())) {
      throw new BackupException(path + " is damaged: its bytes do not have its name");
    }
  }
}
