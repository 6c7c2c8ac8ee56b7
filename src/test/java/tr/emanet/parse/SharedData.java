package tr.emanet.parse;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the public test data that lies beside the project; tests without it are skipped. */
final class SharedData {

  private SharedData() {}

  /** A file of the data set; the test that asks is skipped when it is missing. */
  static Path file(String name) {
    String folder = System.getProperty("emanet.data");
    if (folder == null) {
      folder = System.getenv("EMANET_DATA");
    }
    Path path = Path.of(folder == null ? "../shared/data" : folder).resolve(name);
    assumeTrue(Files.exists(path), "test data " + path + " is missing; set EMANET_DATA");
    return path;
  }
}
