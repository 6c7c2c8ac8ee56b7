package tr.emanet.backup.restore;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.restic.GoQuote;
import tr.emanet.backup.restic.Node;

/**
 * A directory of the target, by its way from the target's root.
 *
 * @param parent null for the root
 * @param node what it shall be like at the end; null when it stays as it is
 * @param fresh true when this run made it: nothing stood in it
 */
record Folder(@Nullable Folder parent, byte[] name, @Nullable Node node, boolean fresh) {

  static Folder root() {
    return new Folder(null, new byte[0], null, false);
  }

  /** The bytes of its path, relative to the root; empty for the root. */
  byte[] path() {
    Folder above = parent;
    if (above == null) {
      return new byte[0];
    }
    byte[] before = above.path();
    ByteArrayOutputStream path = new ByteArrayOutputStream(before.length + 1 + name.length);
    path.writeBytes(before);
    if (before.length > 0) {
      path.write('/');
    }
    path.writeBytes(name);
    return path.toByteArray();
  }

  /** For people: where an entry of it is, with names that command no terminal and end no line. */
  String show(byte[] entry) {
    StringBuilder shown = new StringBuilder();
    show(shown);
    return shown.append('/').append(GoQuote.quote(entry)).toString();
  }

  private void show(StringBuilder into) {
    if (parent != null) {
      parent.show(into);
      into.append('/').append(GoQuote.quote(name));
    }
  }

  // Two folders are the same when they are one object: paths are long and the map is hot.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
