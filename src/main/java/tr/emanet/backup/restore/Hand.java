package tr.emanet.backup.restore;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one thread needs to write into the target: the kernel's calls, the directories that it used
 * last, open, and room for a part of a pack. One thread at a time; to be closed.
 */
final class Hand implements AutoCloseable {

  private static final int OPEN = 48;
  private static final int LONGEST = 4000;

  private final Kernel kernel = new Kernel();
  private final int root;
  private final boolean overMounts;
  private final Map<Folder, Integer> folders = new LinkedHashMap<>(64, 0.75f, true);
  private byte[] room = new byte[0];
  private byte[] plain = new byte[0];

  Hand(int root, boolean overMounts) {
    this.root = root;
    this.overMounts = overMounts;
  }

  Kernel kernel() {
    return kernel;
  }

  /** The descriptor of the directory; valid until some 40 others were asked for. */
  int open(Folder folder) throws KernelException {
    Folder parent = folder.parent();
    if (parent == null) {
      return root;
    }
    Integer known = folders.get(folder);
    if (known != null) {
      return known;
    }
    byte[] path = folder.path();
    int descriptor =
        path.length <= LONGEST
            ? kernel.directory(root, path, overMounts)
            : kernel.directory(open(parent), folder.name(), overMounts);
    folders.put(folder, descriptor);
    if (folders.size() > OPEN) {
      Iterator<Integer> eldest = folders.values().iterator();
      kernel.close(eldest.next());
      eldest.remove();
    }
    return descriptor;
  }

  /** Room of at least that many bytes, with whatever was there. */
  byte[] room(int length) {
    if (room.length < length) {
      room = new byte[Math.max(length, 1 << 20)];
    }
    return room;
  }

  /** Room for the bytes of a blob, beside the other. */
  byte[] plain(int length) {
    if (plain.length < length) {
      plain = new byte[Math.max(length, 1 << 20)];
    }
    return plain;
  }

  @Override
  public void close() {
    folders.values().forEach(kernel::close);
    folders.clear();
    kernel.close();
  }
}
