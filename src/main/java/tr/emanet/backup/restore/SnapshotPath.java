package tr.emanet.backup.restore;

import java.util.ArrayList;
import java.util.List;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.GoQuote;

/**
 * The way to an entry of a snapshot. As text it begins with a slash, and bytes that are not
 * printable UTF-8, quotes and backslashes are escaped as {@code restic ls} does, so that every name
 * has exactly one text: {@code /srv/Müdürlük/\xff.txt}.
 *
 * @param names the elements, escaped; none for the whole snapshot
 */
public record SnapshotPath(List<String> names) {

  private static final int MAX = 1 << 16;

  /** All of a snapshot. */
  public static final SnapshotPath ROOT = new SnapshotPath(List.of());

  public SnapshotPath {
    names = List.copyOf(names);
  }

  /**
   * Reads the text.
   *
   * @throws BackupException when it is too long or an element cannot be a name
   */
  public static SnapshotPath parse(String text) throws BackupException {
    if (text.length() > MAX) {
      throw new BackupException("a path of " + text.length() + " characters is too long");
    }
    List<String> names = new ArrayList<>();
    for (String name : text.split("/", -1)) {
      if (name.isEmpty()) {
        continue;
      }
      if (name.equals(".") || name.equals("..")) {
        throw new BackupException("'" + text + "' has an element '" + name + "'; leave it out");
      }
      byte[] raw = GoQuote.unquote(name, "path '" + text + "'");
      names.add(GoQuote.quote(raw));
    }
    return new SnapshotPath(names);
  }

  /** This path with one more element. */
  public SnapshotPath child(byte[] name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(GoQuote.quote(name));
    return new SnapshotPath(longer);
  }

  /** True when the other is this or lies beneath it. */
  boolean holds(SnapshotPath other) {
    return other.names.size() >= names.size() && other.names.subList(0, names.size()).equals(names);
  }

  @Override
  public String toString() {
    return "/" + String.join("/", names);
  }
}
