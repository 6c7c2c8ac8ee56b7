package tr.emanet.backup.restic;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import tr.emanet.backup.FileNames;

/**
 * What a run could not read: how much it was, and the first of it by the bytes of the paths, so
 * that the same files give the same list whatever the threads that met them. Any thread.
 */
final class UnreadFiles {

  /** Entries of the list: a tree that nobody may read costs a bounded space. */
  static final int KEPT = 10_000;

  private final TreeMap<byte[], BackupRun.Unread> first = new TreeMap<>(Arrays::compareUnsigned);
  private long count;

  synchronized void add(Path path, String why) {
    byte[] bytes = FileNames.all(path);
    count++;
    first.putIfAbsent(bytes, new BackupRun.Unread(GoQuote.quote(bytes), quoted(why)));
    if (first.size() > KEPT) {
      first.pollLastEntry();
    }
  }

  /** One line each: a name with a line feed must not look like two files. */
  private static String quoted(String why) {
    return GoQuote.quote(why.getBytes(StandardCharsets.UTF_8));
  }

  synchronized long count() {
    return count;
  }

  synchronized List<BackupRun.Unread> first() {
    return List.copyOf(first.values());
  }
}
