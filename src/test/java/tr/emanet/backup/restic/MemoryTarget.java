package tr.emanet.backup.restic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/** A repository in memory, so that thousands can be damaged; any thread. */
final class MemoryTarget implements Target {

  private final Map<ObjectKind, ConcurrentSkipListMap<String, byte[]>> objects =
      new EnumMap<>(ObjectKind.class);

  MemoryTarget() {
    for (ObjectKind kind : ObjectKind.values()) {
      objects.put(kind, new ConcurrentSkipListMap<>());
    }
  }

  /** All that is in a directory now. */
  static MemoryTarget of(Target other) throws IOException {
    MemoryTarget copy = new MemoryTarget();
    for (ObjectKind kind : ObjectKind.values()) {
      for (Entry entry : other.list(kind)) {
        copy.put(kind, entry.name(), other.read(kind, entry.name(), 1 << 30));
      }
    }
    return copy;
  }

  MemoryTarget copy() {
    MemoryTarget copy = new MemoryTarget();
    objects.forEach((kind, of) -> copy.of(kind).putAll(of));
    return copy;
  }

  /** Writes it out for the stock tool. */
  Path toDirectory(Path directory) throws IOException {
    LocalTarget target = new LocalTarget(directory);
    target.prepare();
    for (ObjectKind kind : ObjectKind.values()) {
      for (Map.Entry<String, byte[]> object : of(kind).entrySet()) {
        target.write(kind, object.getKey(), object.getValue(), 0, object.getValue().length);
      }
    }
    return directory;
  }

  ConcurrentSkipListMap<String, byte[]> of(ObjectKind kind) {
    ConcurrentSkipListMap<String, byte[]> found = objects.get(kind);
    if (found == null) {
      throw new IllegalStateException(kind.name());
    }
    return found;
  }

  void put(ObjectKind kind, String name, byte[] bytes) {
    of(kind).put(name, bytes);
  }

  @Override
  public void prepare() {}

  @Override
  public void write(ObjectKind kind, String name, byte[] bytes, int offset, int length) {
    put(kind, name, Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Override
  public byte[] read(ObjectKind kind, String name, int max) throws IOException {
    byte[] bytes = present(kind, name);
    if (bytes.length > max) {
      throw new BackupException(LocalTarget.label(kind, name) + " is longer than " + max);
    }
    return bytes.clone();
  }

  @Override
  public void readAt(ObjectKind kind, String name, long position, byte[] into, int length)
      throws IOException {
    byte[] bytes = present(kind, name);
    if (position + length > bytes.length) {
      throw new BackupException(LocalTarget.label(kind, name) + " ends at " + bytes.length);
    }
    System.arraycopy(bytes, (int) position, into, 0, length);
  }

  private byte[] present(ObjectKind kind, String name) throws IOException {
    byte @Nullable [] bytes = of(kind).get(name);
    if (bytes == null) {
      throw new BackupException(LocalTarget.label(kind, name) + " is missing");
    }
    return bytes;
  }

  @Override
  public List<Entry> list(ObjectKind kind) {
    List<Entry> entries = new ArrayList<>();
    of(kind).forEach((name, bytes) -> entries.add(new Entry(name, bytes.length)));
    return entries;
  }

  @Override
  public void remove(ObjectKind kind, String name) {
    of(kind).remove(name);
  }

  @Override
  public String describe() {
    return "memory";
  }

  /** For torture: where a failed round can be looked at. */
  static Path keep(MemoryTarget target) throws IOException {
    return target.toDirectory(Files.createTempDirectory("emanet-repository-").resolve("r"));
  }
}
