package tr.emanet.backup.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.crypto.Digests;

/**
 * A server that keeps restic's objects, with a directory of this machine for what lies beside a
 * repository: a server need not take such files. Owns its connection. Any thread.
 */
public final class SideTarget implements Target {

  private static final Logger LOG = LoggerFactory.getLogger(SideTarget.class);

  /** What was on the server when we last closed. */
  private static final String SENT = "sent";

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
      send();
    } catch (IOException e) {
      // The next one that closes sends them; until then they are here.
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("target", describe())
          .log("Seals and envelope are not on the server yet");
    }
    try {
      open.close();
    } catch (IOException e) {
      // All writes were confirmed before; nothing is lost with the connection.
      LOG.atWarn().setCause(e).addKeyValue("target", describe()).log("A target did not close");
    }
  }

  /** Sends what is new beside the repository; nothing when the server has it all. */
  private void send() throws IOException {
    Path sent = beside.resolve(SENT);
    String now = state();
    if (Files.exists(sent) && Files.readString(sent, StandardCharsets.US_ASCII).equals(now)) {
      return;
    }
    long files = SideFiles.copy(beside, inner);
    if (files < 0) {
      LOG.atInfo()
          .addKeyValue("target", describe())
          .addKeyValue("directory", beside.toString())
          .log("The server takes no seals and no envelope; they are in this directory only");
    }
    Files.writeString(sent, now, StandardCharsets.US_ASCII);
  }

  /** A digest of names, sizes and times of what lies beside. */
  private String state() throws IOException {
    MessageDigest sha = Digests.sha256();
    try (Stream<Path> all = Files.walk(beside)) {
      for (Path file : all.sorted().toList()) {
        if (Files.isRegularFile(file) && !file.endsWith(SENT)) {
          String line =
              file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
          sha.update(line.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  @Override
  public String describe() {
    return inner.describe();
  }
}
