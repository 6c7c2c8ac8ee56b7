package tr.emanet.backup.restic;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.FileNames;

/**
 * What a backup leaves out, by the bytes of names.
 *
 * <p>A pattern without a slash fits the last name of a path anywhere ({@code *.tmp}); one that
 * begins with a slash fits a whole path from the root. {@code *} is any run of bytes but slashes,
 * {@code **} any run of bytes, {@code ?} one byte but no slash; all else stands for itself. What
 * lies below a directory that fits is left out with it. There is no negation. Immutable.
 */
public final class ExcludePatterns {

  /** Leaves nothing out. */
  public static final ExcludePatterns NONE = new ExcludePatterns(List.of(), List.of());

  private static final int MAX_PATTERNS = 1000;
  private static final int MAX_LENGTH = 4096;

  private final List<byte[]> names;
  private final List<byte[]> paths;

  private ExcludePatterns(List<byte[]> names, List<byte[]> paths) {
    this.names = names;
    this.paths = paths;
  }

  /**
   * Takes patterns, one a line of a plan.
   *
   * @throws BackupException when one is empty, too long, or has a slash that is not its first byte
   *     without beginning with one
   */
  public static ExcludePatterns of(List<String> patterns) throws BackupException {
    if (patterns.size() > MAX_PATTERNS) {
      throw new BackupException("more than " + MAX_PATTERNS + " exclude patterns");
    }
    List<byte[]> names = new ArrayList<>();
    List<byte[]> paths = new ArrayList<>();
    for (String pattern : patterns) {
      byte[] bytes = pattern.getBytes(StandardCharsets.UTF_8);
      boolean slash = pattern.indexOf('/') >= 0;
      if (bytes.length == 0 || bytes.length > MAX_LENGTH || slash && bytes[0] != '/') {
        throw new BackupException(
            "exclude pattern '"
                + pattern
                + "' is neither a name such as *.tmp nor a path from the root such as"
                + " /srv/*/cache");
      }
      (slash ? paths : names).add(bytes);
    }
    return new ExcludePatterns(names, paths);
  }

  /** True when the path, named so, is left out. */
  boolean fits(Path path, byte[] name) {
    for (byte[] pattern : names) {
      if (fits(pattern, name)) {
        return true;
      }
    }
    if (paths.isEmpty()) {
      return false;
    }
    byte[] whole = FileNames.all(path);
    for (byte[] pattern : paths) {
      if (fits(pattern, whole)) {
        return true;
      }
    }
    return false;
  }

  /** Goes back to the last star only: the time is at most the product of the lengths. */
  private static boolean fits(byte[] pattern, byte[] text) {
    int p = 0;
    int t = 0;
    int[] single = {-1, 0};
    int[] twice = {-1, 0};
    while (t < text.length || p < pattern.length) {
      if (p < pattern.length && pattern[p] == '*') {
        boolean two = p + 1 < pattern.length && pattern[p + 1] == '*';
        p += two ? 2 : 1;
        int[] star = two ? twice : single;
        star[0] = p;
        star[1] = t;
        if (two) {
          single[0] = -1;
        }
      } else if (p < pattern.length && t < text.length && one(pattern[p], text[t])) {
        p++;
        t++;
      } else if (single[0] >= 0 && single[1] < text.length && text[single[1]] != '/') {
        p = single[0];
        t = ++single[1];
      } else if (twice[0] >= 0 && twice[1] < text.length) {
        single[0] = -1;
        p = twice[0];
        t = ++twice[1];
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean one(byte pattern, byte text) {
    return pattern == text || pattern == '?' && text != '/';
  }
}
