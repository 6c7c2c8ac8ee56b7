package tr.emanet.backup.restic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * A directory for damaged objects: repair keeps their bytes until a sound copy has taken their
 * place. It is made when the first object comes.
 */
public final class Aside {

  private final Path directory;
  private final LocalTarget target;

  public Aside(Path directory) {
    this.directory = directory;
    this.target = new LocalTarget(directory);
  }

  void keep(ObjectKind kind, String name, byte[] bytes) throws IOException {
    if (!Files.exists(directory)) {
      target.prepare();
    }
    target.write(kind, name, bytes, 0, bytes.length);
  }

  Set<String> names(ObjectKind kind) throws IOException {
    Set<String> names = new TreeSet<>();
    for (Target.Entry entry : target.list(kind)) {
      if (entry.name().matches("[0-9a-f]{64}")) {
        names.add(entry.name());
      }
    }
    return names;
  }

  /** The object is sound again. */
  void release(ObjectKind kind, String name) throws IOException {
    target.remove(kind, name);
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
