package tr.emanet.torture;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An ext4 file system on a loop device whose power can be cut. The cut is the file system's
 * shutdown call without flushing its log: everything that no {@code fsync} has brought to the
 * device is gone after the next mount, as after a power failure of a disk that honours flushes. It
 * does not show torn sectors or a disk that lies about flushes. Needs root. One thread only.
 */
final class LoopDisk implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path image;
  private final Path mount;
  private boolean mounted;

  private LoopDisk(Path image, Path mount) {
    this.image = image;
    this.mount = mount;
  }

  /** Why there can be no such disk here, in words for the skipped test; empty when there can. */
  static Optional<String> unavailable(Path directory) throws InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("mounting a loop device needs root");
    }
    for (String tool : List.of("mkfs.ext4", "mount", "umount", "xfs_io")) {
      if (!installed(tool)) {
        return Optional.of(tool + " is missing (Debian: apt-get install e2fsprogs mount xfsprogs)");
      }
    }
    try (LoopDisk disk = create(directory.resolve("probe"), 32L << 20)) {
      Files.writeString(disk.mount().resolve("probe"), "x");
      disk.cut();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("loop mounts are refused here: " + e.getMessage());
    }
  }

  private static boolean installed(String tool) {
    return List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin").stream()
        .anyMatch(d -> Files.isExecutable(Path.of(d, tool)));
  }

  /** Makes a sparse image in the directory, formats and mounts it. */
  static LoopDisk create(Path directory, long bytes) throws IOException, InterruptedException {
    Path mount = Files.createDirectories(directory.resolve("disk"));
    Path image = directory.resolve("disk.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    run("mkfs.ext4", "-q", "-F", image.toString());
    LoopDisk disk = new LoopDisk(image, mount);
    disk.attach();
    return disk;
  }

  Path mount() {
    return mount;
  }

  /** Cuts the power: from now on every write and force on it fails. */
  void cut() throws IOException, InterruptedException {
    run("xfs_io", "-x", "-c", "shutdown", mount.toString());
  }

  /** Takes the disk out and puts it in again; nobody may have a file of it open. */
  void remount() throws IOException, InterruptedException {
    detach();
    attach();
  }

  private void attach() throws IOException, InterruptedException {
    run("mount", "-t", "ext4", "-o", "loop", image.toString(), mount.toString());
    mounted = true;
  }

  private void detach() throws IOException, InterruptedException {
    // A killed process lets go of its files a moment after it is reported dead.
    Wait.until(
        mount + " can be unmounted",
        PATIENCE,
        () -> {
          try {
            run("umount", mount.toString());
            return true;
          } catch (IOException e) {
            return false;
          }
        });
    mounted = false;
  }

  /** Unmounts (the loop device goes with it) and deletes the image, also after failures. */
  @Override
  public void close() throws IOException {
    try {
      if (mounted) {
        leave();
      }
      Files.deleteIfExists(image);
      Files.deleteIfExists(mount);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(mount + " is still mounted");
    }
  }

  private void leave() throws IOException, InterruptedException {
    try {
      detach();
    } catch (IOException e) {
      // Someone still holds a file: the mount goes from the tree now, the device with the file.
      run("umount", "-l", mount.toString());
      throw new IOException("something still used " + mount, e);
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new java.io.File("/dev/null"))
            .start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " does not end");
    }
    if (process.exitValue() != 0) {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
  }
}
