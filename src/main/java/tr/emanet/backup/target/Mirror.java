package tr.emanet.backup.target;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.crypto.Digests;

/**
 * Copies a repository to a second place, object by object, so that each copy heals the other: names
 * are the digests of the bytes, and every object is checked against its name on the way.
 *
 * <p>The order is the one in which a backup is written (keys, configuration, packs, index,
 * snapshots), so the second place is a sound repository at every moment. Nothing is removed there
 * but what the caller names: a source that lost its objects must not empty its copy. Locks are not
 * copied. One use; not for several threads.
 */
public final class Mirror {

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
  private static final int MAX_OBJECT = 1 << 30;
  private static final List<ObjectKind> ORDER =
      List.of(
          ObjectKind.KEY,
          ObjectKind.CONFIG,
          ObjectKind.DATA,
          ObjectKind.INDEX,
          ObjectKind.SNAPSHOT);

  /** Hears how far it is. */
  public interface Progress {
    void copied(String object, long objects, long bytes);
  }

  /** An object that was not copied, and why. */
  public record Problem(String object, String why) {}

  /**
   * What a run did.
   *
   * @param extra objects that only the second place has, by label; nothing was done with them
   */
  public record Result(
      long copied, long bytes, long present, List<String> extra, List<Problem> problems) {

    /** Whether the second place now holds all that the first holds. */
    public boolean complete() {
      return problems.isEmpty();
    }
  }

  private final Target from;
  private final Target to;
  private final Progress progress;
  private final BooleanSupplier stopped;
  private final List<String> extra = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private long copied;
  private long bytes;
  private long present;

  public Mirror(Target from, Target to, Progress progress, BooleanSupplier stopped) {
    this.from = from;
    this.to = to;
    this.progress = progress;
    this.stopped = stopped;
  }

  /**
   * Copies what is missing or has another length there; what is damaged here stays behind and is
   * named.
   *
   * @throws BackupException when the second place holds another repository, or a person stopped it
   */
  public Result run() throws IOException {
    sameRepository();
    // What is listed last is copied first: a backup that runs meanwhile must not bring us an index
    // or a snapshot whose packs we did not see.
    Map<ObjectKind, Map<String, Long>> ours = new EnumMap<>(ObjectKind.class);
    for (ObjectKind kind : ORDER.reversed()) {
      ours.put(kind, names(from, kind));
    }
    for (ObjectKind kind : ORDER) {
      Map<String, Long> there = names(to, kind);
      Map<String, Long> here = ours.getOrDefault(kind, Map.of());
      for (Map.Entry<String, Long> object : here.entrySet()) {
        if (stopped.getAsBoolean()) {
          throw new BackupException("the copy to " + to.describe() + " was stopped; run it again");
        }
        if (object.getValue().equals(there.remove(object.getKey()))) {
          present++;
        } else {
          copy(kind, object.getKey());
        }
      }
      there.keySet().forEach(name -> extra.add(LocalTarget.label(kind, name)));
      if (!problems.isEmpty() && kind == ObjectKind.DATA) {
        // An index or snapshot over packs that are not there would promise what it cannot keep.
        break;
      }
    }
    return new Result(copied, bytes, present, List.copyOf(extra), List.copyOf(problems));
  }

  /** The sealed configuration differs between repositories, always: it has a random id and IV. */
  private void sameRepository() throws IOException {
    if (to.list(ObjectKind.CONFIG).isEmpty()) {
      if (to.list(ObjectKind.KEY).isEmpty()) {
        to.prepare();
      }
      return;
    }
    byte[] ours = from.read(ObjectKind.CONFIG, "config", 1 << 16);
    byte[] theirs = to.read(ObjectKind.CONFIG, "config", 1 << 16);
    if (!java.util.Arrays.equals(ours, theirs)) {
      throw new BackupException(
          to.describe() + " holds another repository than " + from.describe() + "; name another");
    }
  }

  private static Map<String, Long> names(Target target, ObjectKind kind) throws IOException {
    Map<String, Long> found = new HashMap<>();
    for (Target.Entry entry : target.list(kind)) {
      if (kind == ObjectKind.CONFIG || NAME.matcher(entry.name()).matches()) {
        found.put(entry.name(), entry.size());
      }
    }
    return found;
  }

  private void copy(ObjectKind kind, String name) throws IOException {
    byte[] object;
    try {
      object = from.read(kind, name, MAX_OBJECT);
    } catch (BackupException e) {
      problems.add(new Problem(LocalTarget.label(kind, name), String.valueOf(e.getMessage())));
      return;
    }
    if (kind != ObjectKind.CONFIG && !named(object, name)) {
      problems.add(
          new Problem(
              LocalTarget.label(kind, name),
              "its bytes do not have its name; heal it from another copy"));
      return;
    }
    to.write(kind, name, object, 0, object.length);
    copied++;
    bytes += object.length;
    progress.copied(LocalTarget.label(kind, name), copied, bytes);
  }

  private static boolean named(byte[] object, String name) {
    return java.util.HexFormat.of().formatHex(Digests.sha256().digest(object)).equals(name);
  }

  /**
   * Removes from the second place what a prune removed from the first, in the order of deleting:
   * snapshots, index, packs.
   */
  public static void removeThere(Target to, Map<ObjectKind, List<String>> removed)
      throws IOException {
    for (ObjectKind kind : List.of(ObjectKind.SNAPSHOT, ObjectKind.INDEX, ObjectKind.DATA)) {
      for (String name : removed.getOrDefault(kind, List.of())) {
        to.remove(kind, name);
      }
    }
  }
}
