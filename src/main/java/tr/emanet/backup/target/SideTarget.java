package tr.emanet.backup.target;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * A server that keeps restic's objects, with a directory of this machine for what lies beside a
 * repository: a server need not take such files. Owns its connection. Any thread.
 */
public final class SideTarget implements Target {

  private static final Logger LOG = LoggerFactory.getLogger(SideTarget.class);

  private final Targets.OpenTarget open;
  private final Target inner;
  private final Path beside;

  /** Makes it; the directory exists. */
  public SideTarget(Targets.OpenTarget open, Path beside) {
    this.open = open;
    this.inner = open.target();
    this.beside = beside;
  }

  @Override
  public void prepare() throws IOException {
    inner.prepare();
  }

  @Override
  public void write(ObjectKind kind, String name, byte[] bytes, int offset, int length)
      throws IOException {
    inner.write(kind, name, bytes, offset, length);
  }

  @Override
  public byte[] read(ObjectKind kind, String name, int max) throws IOException {
    return inner.read(kind, name, max);
  }

  @Override
  public void readAt(ObjectKind kind, String name, long position, byte[] into, int length)
      throws IOException {
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
  public void sweepLeftovers(Instant before) throws IOException {
    inner.sweepLeftovers(before);
  }

  @Override
  public Path beside() {
    return beside;
  }

  @Override
  public void release() {
    try {
      open.close();
    } catch (IOException e) {
      // All writes were confirmed before; nothing is lost with the connection.
      LOG.atWarn().setCause(e).addKeyValue("target", describe()).log("A target did not close");
    }
  }

  @Override
  public String describe() {
    return inner.describe();
  }
}
