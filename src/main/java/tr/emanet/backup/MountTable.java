package tr.emanet.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is mounted where, from {@code /proc/self/mountinfo}: the same directory can be seen under
 * several names, by bind mounts, and no path tells. Immutable.
 */
public final class MountTable {

  private static final Path FILE = Path.of("/proc/self/mountinfo");

  /** In their order; a later one hides an earlier one at the same point. */
  private final List<Mount> mounts;

  /**
   * A mount.
   *
   * @param device of the file system, such as {@code 8:1}
   * @param root what of the file system is mounted
   * @param point where
   */
  private record Mount(String device, Path root, Path point) {}

  private MountTable(List<Mount> mounts) {
    this.mounts = List.copyOf(mounts);
  }

  /** The table of now; empty where there is none. */
  public static MountTable now() throws IOException {
    return Files.isReadable(FILE)
        ? parse(new String(Files.readAllBytes(FILE), StandardCharsets.ISO_8859_1))
        : new MountTable(List.of());
  }

  /** Reads the text, each byte a character. */
  static MountTable parse(String text) {
    List<Mount> found = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] fields = line.split(" ", 6);
      Path root = fields.length < 6 ? null : path(fields[3]);
      Path point = fields.length < 6 ? null : path(fields[4]);
      if (root != null && point != null) {
        found.add(new Mount(fields[2], root, point));
      }
    }
    return new MountTable(found);
  }

  /** A field with its octal escapes; null for what is no path, such as a name space. */
  private static @Nullable Path path(String field) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      boolean escape = c == '\\' && field.substring(i).matches("(?s)\\\\[0-3][0-7][0-7].*");
      bytes.write(escape ? Integer.parseInt(field.substring(i + 1, i + 4), 8) : c);
      i += escape ? 3 : 0;
    }
    try {
      Path path = Path.of(bytes.toString(StandardCharsets.UTF_8));
      return path.isAbsolute() ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /**
   * All names under which a place can be seen, its own first.
   *
   * @param place absolute, without links
   */
  public List<Path> names(Path place) {
    List<Path> names = new ArrayList<>(List.of(place));
    Mount at = null;
    for (Mount mount : mounts) {
      if (place.startsWith(mount.point())
          && (at == null || mount.point().getNameCount() >= at.point().getNameCount())) {
        at = mount;
      }
    }
    if (at == null) {
      return names;
    }
    Path inside = at.root().resolve(at.point().relativize(place)).normalize();
    for (Mount mount : mounts) {
      if (mount.device().equals(at.device()) && inside.startsWith(mount.root())) {
        Path name = mount.point().resolve(mount.root().relativize(inside)).normalize();
        if (!names.contains(name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /**
   * The path without links as far as it exists.
   *
   * @param path absolute
   */
  public static Path real(Path path) throws IOException {
    Path normal = path.normalize();
    Path there = normal;
    while (!Files.exists(there)) {
      Path parent = there.getParent();
      if (parent == null) {
        return normal;
      }
      there = parent;
    }
    return there.toRealPath().resolve(there.relativize(normal)).normalize();
  }
}
