package tr.emanet.backup.seal;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tr.emanet.backup.BackupException;

/** Lists of files as {@code sha256sum} writes and checks them, sorted by path. */
final class ObjectLists {

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern LINE =
      Pattern.compile(
          "([0-9a-f]{64})  (config|(?:keys|index|snapshots)/[0-9a-f]{64}"
              + "|data/[0-9a-f]{2}/[0-9a-f]{64})");

  private ObjectLists() {}

  static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  static byte[] encode(NavigableMap<String, String> list) {
    StringBuilder text = new StringBuilder(list.size() * 140);
    for (Map.Entry<String, String> entry : list.entrySet()) {
      text.append(entry.getValue()).append("  ").append(entry.getKey()).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a list.
   *
   * @throws BackupException when it is not byte for byte as {@link #encode} writes it
   */
  static NavigableMap<String, String> parse(byte[] bytes) throws BackupException {
    NavigableMap<String, String> list = new TreeMap<>();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (int at = 0; at < text.length(); ) {
      int end = text.indexOf('\n', at);
      Matcher line = LINE.matcher(text.substring(at, end < 0 ? text.length() : end));
      if (end < 0 || !line.matches()) {
        throw new BackupException("has a line that is none of a list");
      }
      if (!list.isEmpty() && list.lastKey().compareTo(line.group(2)) >= 0) {
        throw new BackupException("is not in order");
      }
      list.put(line.group(2), line.group(1));
      at = end + 1;
    }
    return list;
  }
}
