package tr.emanet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.backup.plan.SelfSource;
import tr.emanet.journal.seal.Seals;
import tr.emanet.store.Database;

/**
 * Makes the appliance ready for a backup of itself while it runs: a consistent point.
 *
 * <p>Store and seals are copied in one moment in which no seal is written, because each knows of
 * the other. The journal is read as it stands after that moment: it only grows, so it holds
 * everything that the copy of the store has seen, and what it holds beyond that is replayed at the
 * first start. A chunk that was half written when it was read is cut there, as after a power cut;
 * nobody was told that it is kept. The index is no part of it: it is built again from the journal.
 *
 * <p>One at a time.
 */
final class SelfCopy implements SelfSource {

  private final StateDirectory state;
  private final Seals seals;
  private final Database database;
  private final List<Path> settings;

  /**
   * Prepares.
   *
   * @param settings files and directories beside the state: configuration, routes, rules; those
   *     that are not there are left out
   */
  SelfCopy(StateDirectory state, Seals seals, Database database, List<Path> settings) {
    this.state = state;
    this.seals = seals;
    this.database = database;
    this.settings = List.copyOf(settings);
  }

  /** Where the copies lie until the next one: always the same, so that snapshots compare. */
  Path place() {
    return state.root().resolve("copy");
  }

  @Override
  public synchronized List<Path> take() throws IOException {
    remove(place());
    Files.createDirectory(
        place(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path store = Files.createDirectory(place().resolve("store"));
    seals.hold(
        () -> {
          database.copyTo(store.resolve("emanet.db"));
          copyTree(state.seals(), place().resolve("seals"));
        });
    List<Path> all = new ArrayList<>(List.of(place(), state.journal(), state.keys()));
    // What lies beside repositories on servers, and removals that were begun.
    Path upkeep = state.root().resolve("upkeep");
    if (Files.isDirectory(upkeep)) {
      all.add(upkeep);
    }
    for (Path path : settings) {
      if (Files.exists(path)) {
        all.add(path.toAbsolutePath().normalize());
      }
    }
    return all;
  }

  @Override
  public synchronized void drop() throws IOException {
    remove(place());
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
      for (Path entry : entries) {
        Path copy = to.resolve(String.valueOf(entry.getFileName()));
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          copyTree(entry, copy);
        } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          Files.copy(entry, copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    try (FileChannel directory = FileChannel.open(to, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static void remove(Path tree) throws IOException {
    try {
      Files.walkFileTree(
          tree,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path directory, @org.jspecify.annotations.Nullable IOException problem)
                throws IOException {
              if (problem != null) {
                throw problem;
              }
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      return; // nothing was there
    }
  }
}
