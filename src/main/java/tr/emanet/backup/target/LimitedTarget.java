package tr.emanet.backup.target;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * Holds the bytes that go to and come from a target below a rate, over all threads together; a
 * burst of one second is free. Any thread.
 */
public final class LimitedTarget implements Target {

  /** Waits so many nanoseconds, or less when interrupted. */
  public interface Pause {
    void nanos(long nanos);
  }

  private final Target inner;
  private final long bytesPerSecond;
  private final LongSupplier nanoTime;
  private final Pause pause;
  private long freeAt;

  /** With the machine's clock. */
  public LimitedTarget(Target inner, long bytesPerSecond) {
    this(inner, bytesPerSecond, System::nanoTime, LockSupport::parkNanos);
  }

  LimitedTarget(Target inner, long bytesPerSecond, LongSupplier nanoTime, Pause pause) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("bytesPerSecond " + bytesPerSecond);
    }
    this.inner = inner;
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.freeAt = nanoTime.getAsLong();
  }

  /** Takes its turn, then waits until the turn is due: who asks first is served first. */
  private void spend(long bytes) {
    long until;
    synchronized (this) {
      long now = nanoTime.getAsLong();
      long burst = TimeUnit.SECONDS.toNanos(1);
      freeAt = Math.max(freeAt, now - burst);
      until = freeAt;
      freeAt += (long) ((double) bytes / bytesPerSecond * burst);
    }
    while (!Thread.currentThread().isInterrupted()) {
      long left = until - nanoTime.getAsLong();
      if (left <= 0) {
        return;
      }
      pause.nanos(left);
    }
  }

  @Override
  public void prepare() throws IOException {
    inner.prepare();
  }

  @Override
  public void write(ObjectKind kind, String name, byte[] bytes, int offset, int length)
      throws IOException {
    spend(length);
    inner.write(kind, name, bytes, offset, length);
  }

  @Override
  public byte[] read(ObjectKind kind, String name, int max) throws IOException {
    byte[] bytes = inner.read(kind, name, max);
    spend(bytes.length);
    return bytes;
  }

  @Override
  public void readAt(ObjectKind kind, String name, long position, byte[] into, int length)
      throws IOException {
    spend(length);
    inner.readAt(kind, name, position, into, length);
  }

  @Override
  public List<Entry> list(ObjectKind kind) throws IOException {
    return inner.list(kind);
  }

  @Override
  public void remove(ObjectKind kind, String name) throws IOException {
    inner.remove(kind, name);
  }

  @Override
  public void sweepLeftovers(java.time.Instant before) throws IOException {
    inner.sweepLeftovers(before);
  }

  @Override
  public void extendLocks(Locking which) throws IOException {
    inner.extendLocks(which);
  }

  @Override
  public java.time.@Nullable Instant lockedUntil(ObjectKind kind, String name) throws IOException {
    return inner.lockedUntil(kind, name);
  }

  @Override
  public void erase(ObjectKind kind, String name) throws IOException {
    inner.erase(kind, name);
  }

  @Override
  public boolean writeBeside(String name, byte[] bytes) throws IOException {
    return inner.writeBeside(name, bytes);
  }

  @Override
  public byte @Nullable [] readBeside(String name) throws IOException {
    return inner.readBeside(name);
  }

  @Override
  public List<Entry> listBeside(String directory) throws IOException {
    return inner.listBeside(directory);
  }

  @Override
  public java.nio.file.@Nullable Path directory() {
    return inner.directory();
  }

  @Override
  public String describe() {
    return inner.describe();
  }
}
