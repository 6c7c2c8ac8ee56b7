package tr.emanet.journal.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies checkpoints into a directory, such as a mounted share. The directory must be there: one
 * whose share is not mounted must not be taken for it, so it is not made.
 */
public record DirectoryWitness(Path directory) implements Witness {

  @Override
  public String name() {
    return "directory " + directory;
  }

  @Override
  public void hand(Entry entry) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new IOException("directory " + directory + " is not there; mount or make it");
    }
    Durable durable = new Durable(directory, step -> {});
    Path file = directory.resolve(entry.fileName());
    durable.write(file, entry.statement());
    durable.write(SealPaths.signature(file), entry.signature());
  }
}
