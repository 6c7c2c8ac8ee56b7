package tr.emanet.backup.restic;

import java.io.IOException;
import java.util.List;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * A target that fails at a chosen write or removal: once, at every write from there (a full disk),
 * or at everything from there (a process that was killed). Any thread.
 */
final class FaultyTarget implements Target {

  /** What happens when the count has run down. */
  enum Fault {
    ONCE,
    FULL,
    CUT
  }

  private final Target target;
  private Fault fault = Fault.ONCE;
  private long left = Long.MAX_VALUE;
  private boolean struck;

  FaultyTarget(Target target) {
    this.target = target;
  }

  /** The change after so many fails. */
  synchronized void arm(Fault kind, int after) {
    fault = kind;
    left = after;
    struck = false;
  }

  synchronized void disarm() {
    left = Long.MAX_VALUE;
    struck = false;
  }

  synchronized boolean struck() {
    return struck;
  }

  private synchronized void change(boolean write) throws IOException {
    if (left > 0 && --left > 0) {
      return;
    }
    boolean first = !struck;
    struck = true;
    switch (fault) {
      case ONCE -> {
        if (first) {
          throw new IOException("Input/output error");
        }
      }
      case FULL -> {
        if (write) {
          throw new IOException("No space left on device");
        }
      }
      case CUT -> throw new IOException("killed");
    }
  }

  private synchronized void alive() throws IOException {
    if (struck && fault == Fault.CUT) {
      throw new IOException("killed");
    }
  }

  @Override
  public void prepare() throws IOException {
    target.prepare();
  }

  @Override
  public void write(ObjectKind kind, String name, byte[] bytes, int offset, int length)
      throws IOException {
    change(true);
    target.write(kind, name, bytes, offset, length);
  }

  @Override
  public byte[] read(ObjectKind kind, String name, int max) throws IOException {
    alive();
    return target.read(kind, name, max);
  }

  @Override
  public void readAt(ObjectKind kind, String name, long position, byte[] into, int length)
      throws IOException {
    alive();
    target.readAt(kind, name, position, into, length);
  }

  @Override
  public List<Entry> list(ObjectKind kind) throws IOException {
    alive();
    return target.list(kind);
  }

  @Override
  public void remove(ObjectKind kind, String name) throws IOException {
    change(false);
    target.remove(kind, name);
  }

  @Override
  public String describe() {
    return target.describe();
  }
}
