package tr.emanet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The one directory that holds everything: journal, seals, index, store, keys, run. Made with mode
 * 0700. Immutable.
 */
public record StateDirectory(Path root) {

  public StateDirectory {
    root = root.toAbsolutePath().normalize();
  }

  /** Creates what is missing. */
  public void create() throws IOException {
    for (Path path : new Path[] {root, journal(), index(), store(), keys(), seals(), run()}) {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
        if (Files.getFileAttributeView(path, java.nio.file.attribute.PosixFileAttributeView.class)
            != null) {
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
      }
    }
  }

  public Path journal() {
    return root.resolve("journal");
  }

  public Path index() {
    return root.resolve("index");
  }

  public Path store() {
    return root.resolve("store");
  }

  public Path keys() {
    return root.resolve("keys");
  }

  public Path seals() {
    return root.resolve("seals");
  }

  public Path run() {
    return root.resolve("run");
  }

  public Path lock() {
    return root.resolve("lock");
  }

  public Path endpoints() {
    return run().resolve("endpoints.json");
  }

  public Path localToken() {
    return run().resolve("local.token");
  }
}
