package tr.emanet.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A disk with a volatile cache. Fails at its N-th step; {@link #powerCut} then keeps, zeroes or
 * scrambles each 512-byte sector that was not forced, and forgets files whose directory was not.
 */
final class FaultyStorage implements Storage {

  /** What happens at the chosen step. */
  enum Fault {
    /** Nothing works from there on. */
    CRASH,
    /** One call finds the disk full, after it wrote a part. */
    FULL_ONCE,
    /** One call fails for good reason; what was not forced is lost. */
    ERROR_ONCE
  }

  private static final int SECTOR = 512;

  private final Storage disk = new Storage.Disk(false);
  private final Random random;
  private final Fault fault;
  private final boolean forcing;
  private final Map<Path, Long> forced = new HashMap<>();
  private final Set<Path> unlisted = new HashSet<>();
  private long left;
  private boolean reached;

  FaultyStorage(Fault fault, long failAt, boolean forcing, long seed) {
    this.fault = fault;
    this.left = failAt;
    this.forcing = forcing;
    this.random = new Random(seed);
  }

  /** Whether the chosen step came. */
  synchronized boolean reached() {
    return reached;
  }

  private synchronized boolean failing() {
    left--;
    reached |= left == 0;
    return left == 0 || left < 0 && fault == Fault.CRASH;
  }

  private synchronized void step(String what) throws IOException {
    if (failing()) {
      throw error(what);
    }
  }

  private IOException error(String what) {
    return new IOException(
        fault == Fault.FULL_ONCE ? "No space left on device" : "injected error at " + what);
  }

  @Override
  public Output create(Path file) throws IOException {
    step("create");
    Output out = disk.create(file);
    synchronized (this) {
      forced.put(file, 0L);
      unlisted.add(file);
    }
    return new Faulty(file, out);
  }

  @Override
  public Output reopen(Path file) throws IOException {
    step("reopen");
    synchronized (this) {
      forced.putIfAbsent(file, Files.size(file));
    }
    return new Faulty(file, disk.reopen(file));
  }

  @Override
  public synchronized void forceDirectory(Path directory) throws IOException {
    step("forceDirectory");
    if (forcing) {
      unlisted.removeIf(file -> directory.equals(file.getParent()));
    }
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    step("delete");
    forced.remove(file);
    disk.delete(file);
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    step("rename");
    forced.remove(from);
    disk.rename(from, to);
  }

  /** Ends the cache's life: what was not forced survives by chance only. */
  synchronized void powerCut() throws IOException {
    for (Map.Entry<Path, Long> entry : forced.entrySet()) {
      Path file = entry.getKey();
      if (unlisted.contains(file) && random.nextBoolean()) {
        Files.deleteIfExists(file);
      }
      if (Files.exists(file)) {
        tear(file, entry.getValue());
      }
    }
  }

  private void tear(Path file, long safe) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long length = bytes.length();
      long keep = safe + (length > safe ? random.nextLong(length - safe + 1) : 0);
      bytes.setLength(Math.max(Math.min(safe, length), random.nextBoolean() ? keep : length));
      for (long at = safe; at < bytes.length(); at = (at / SECTOR + 1) * SECTOR) {
        byte[] sector = new byte[(int) (Math.min((at / SECTOR + 1) * SECTOR, bytes.length()) - at)];
        int fate = random.nextInt(4);
        if (fate >= 2) {
          continue;
        }
        if (fate == 1) {
          random.nextBytes(sector);
        }
        bytes.seek(at);
        bytes.write(sector);
      }
    }
  }

  private final class Faulty implements Output {
    private final Path file;
    private final Output out;
    private long size;

    Faulty(Path file, Output out) throws IOException {
      this.file = file;
      this.out = out;
      this.size = Files.size(file);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      boolean fails = failing();
      int limit = bytes.limit();
      int most = bytes.remaining();
      bytes.limit(bytes.position() + (most > 1 ? 1 + random.nextInt(most) : most));
      int written = out.write(bytes);
      bytes.limit(limit);
      size += written;
      if (fails) {
        throw error("write");
      }
      return written;
    }

    @Override
    public void truncate(long length) throws IOException {
      step("truncate");
      out.truncate(length);
      size = length;
      synchronized (FaultyStorage.this) {
        forced.merge(file, length, Math::min);
      }
    }

    @Override
    public void force() throws IOException {
      step("force");
      if (forcing) {
        synchronized (FaultyStorage.this) {
          forced.put(file, size);
        }
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
