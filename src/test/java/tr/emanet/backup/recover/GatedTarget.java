package tr.emanet.backup.recover;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/** A target whose large reads wait before a gate once some have passed. Any thread. */
final class GatedTarget implements Target {

  private static final int LARGE = 200_000;

  private final Target target;
  private final Gate gate;

  /** The gate: so many large reads pass, the next ones wait until it opens. */
  static final class Gate {

    private final AtomicInteger left;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    Gate(int passing) {
      this.left = new AtomicInteger(passing);
    }

    boolean reached() {
      return reached.getCount() == 0;
    }

    void open() {
      opened.countDown();
    }

    private void pass() throws IOException {
      if (left.getAndDecrement() <= 0) {
        reached.countDown();
        try {
          opened.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted before the gate", e);
        }
      }
    }
  }

  GatedTarget(Target target, Gate gate) {
    this.target = target;
    this.gate = gate;
  }

  @Override
  public void prepare() throws IOException {
    target.prepare();
  }

  @Override
  public void readAt(ObjectKind kind, String name, long position, byte[] into, int length)
      throws IOException {
    if (length > LARGE) {
      gate.pass();
    }
    target.readAt(kind, name, position, into, length);
  }

  @Override
  public void write(ObjectKind kind, String name, byte[] bytes, int offset, int length)
      throws IOException {
    target.write(kind, name, bytes, offset, length);
  }

  @Override
  public byte[] read(ObjectKind kind, String name, int max) throws IOException {
    return target.read(kind, name, max);
  }

  @Override
  public List<Entry> list(ObjectKind kind) throws IOException {
    return target.list(kind);
  }

  @Override
  public void remove(ObjectKind kind, String name) throws IOException {
    target.remove(kind, name);
  }

  @Override
  public @Nullable Path directory() {
    return target.directory();
  }

  @Override
  public String describe() {
    return target.describe();
  }
}
