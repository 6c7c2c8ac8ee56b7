package tr.emanet.backup.seal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.Target;

/**
 * Takes seals that are missing or damaged beside a repository from beside its copy. What both would
 * add up to is put together elsewhere first and checked from the first seal to the newest, with
 * every signature and every day; only when nothing is wrong with it, and the newest seal that is
 * known here stands in it, does it come into its place. One thread.
 */
public final class SealMend {

  private static final List<String> FOLDERS = List.of("seals", "seals/daily", "seals/certificates");

  private final SealFolder ours;
  private final Target copy;
  private final SealTrust trust;
  private final @Nullable SealHead known;
  private final Instant now;

  /**
   * Makes it.
   *
   * @param ours the repository; its seals lie beside it in this file system
   * @param known a head kept elsewhere; null without one
   */
  public SealMend(Target ours, Target copy, SealTrust trust, @Nullable SealHead known, Instant now)
      throws IOException {
    this.ours = SealFolder.of(ours);
    this.copy = copy;
    this.trust = trust;
    this.known = known;
    this.now = now;
  }

  /**
   * Heals; nothing when our seals are sound.
   *
   * @param repository id in its configuration
   * @param scratch an empty directory, only ours; the caller removes it
   * @return the files that were written, relative to the repository
   * @throws BackupException when both together are no sound chain; nothing was written then
   */
  public List<String> run(String repository, Path scratch) throws IOException {
    if (wrong(ours, repository).isEmpty()) {
      return List.of();
    }
    SealFolder whole = new SealFolder(scratch);
    whole.prepare();
    for (String name : ours.names()) {
      byte[] bytes = ours.read(name);
      if (bytes != null) {
        whole.write(name, bytes);
      }
    }
    List<String> taken = new ArrayList<>();
    for (String folder : FOLDERS) {
      for (String name : theirs(folder)) {
        byte[] bytes = read(folder + "/" + name);
        String inside = (folder + "/" + name).substring("seals/".length());
        byte[] before = whole.read(inside);
        // What changes after it was written may be newer here.
        boolean wanted = before == null || inside.matches("([0-9]{8,12}|daily/[0-9-]{10})[.].*");
        if (bytes != null && wanted && !Arrays.equals(bytes, before)) {
          whole.write(inside, bytes);
          taken.add(inside);
        }
      }
    }
    List<SealFinding> wrong = wrong(whole, repository);
    if (!wrong.isEmpty()) {
      throw new BackupException(
          "the seals of both sides together are not sound: "
              + wrong.getFirst().object()
              + " "
              + wrong.getFirst().text());
    }
    return put(whole, taken);
  }

  private List<String> put(SealFolder whole, List<String> taken) throws IOException {
    ours.prepare();
    List<String> written = new ArrayList<>();
    try (FileChannel lock = ours.lock()) {
      if (!lock.isOpen()) {
        throw new IOException("the lock of the seals is gone");
      }
      for (String name : taken) {
        byte[] bytes = whole.read(name);
        if (bytes != null) {
          ours.write(name, bytes);
          written.add("seals/" + name);
        }
      }
    }
    return written;
  }

  /** What is wrong with a chain and its days; a head that is not in it, too. */
  private List<SealFinding> wrong(SealFolder folder, String repository) throws IOException {
    SealChain chain = SealChain.read(folder, repository, trust, now);
    List<SealFinding> found = new ArrayList<>(chain.findings());
    found.addAll(new DayCheck(folder, chain, trust).check());
    found.removeIf(SealFinding::isNote);
    SealHead head = known;
    if (head != null && !chain.knows(head)) {
      found.add(
          new SealFinding.RolledBack(
              "seals/" + SealFolder.name(head.sequence(), ".json"), "is known here and not there"));
    }
    return found;
  }

  private List<String> theirs(String folder) throws IOException {
    Path here = copy.directory();
    if (here == null) {
      return copy.listBeside(folder).stream()
          .map(Target.Entry::name)
          .filter(SealMend::ours)
          .toList();
    }
    Path directory = here.resolve(folder);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(SealMend::ours)
          .sorted()
          .toList();
    }
  }

  /** Names that seals have; no lock, no cut write, nothing that leads elsewhere. */
  private static boolean ours(String name) {
    return name.matches("[0-9A-Za-z][0-9A-Za-z._-]{0,99}")
        && !name.equals(SealFolder.LOCK)
        && !name.endsWith(".tmp");
  }

  private byte @Nullable [] read(String name) throws IOException {
    Path here = copy.directory();
    return here == null
        ? copy.readBeside(name)
        : new SealFolder(here).read(name.substring("seals/".length()));
  }
}
