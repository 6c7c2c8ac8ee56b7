package tr.emanet.backup.restore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tr.emanet.backup.restic.GoQuote;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.NodeType;

/**
 * POSIX tar (pax). Paths are held as one char for each byte; what a plain header cannot carry is in
 * a pax header before it, with {@code hdrcharset=BINARY} when the name is no UTF-8.
 */
final class TarWriter implements ArchiveWriter {

  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final long OCTAL = 1L << 33;

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public String harmless(byte[] name) {
    return SnapshotArchive.harmless(name, true);
  }

  @Override
  public String shown(String path) {
    return GoQuote.quote(path.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void directory(String path, Node node) throws IOException {
    entry(path, node.facts(), 0, '5');
  }

  @Override
  public void begin(String path, Node.Facts facts, long size) throws IOException {
    entry(path, facts, size, '0');
  }

  private void entry(String path, Node.Facts facts, long size, char type) throws IOException {
    byte[] name = path.getBytes(StandardCharsets.ISO_8859_1);
    long time = facts.modified().getEpochSecond();
    ByteArrayOutputStream pax = new ByteArrayOutputStream();
    if (!text(name)) {
      record(pax, "hdrcharset", "BINARY".getBytes(StandardCharsets.US_ASCII));
    }
    if (name.length > NAME || !ascii(name)) {
      record(pax, "path", name);
    }
    if (size >= OCTAL) {
      record(pax, "size", Long.toString(size).getBytes(StandardCharsets.US_ASCII));
    }
    if (time < 0 || time >= OCTAL) {
      record(pax, "mtime", Long.toString(time).getBytes(StandardCharsets.US_ASCII));
    }
    if (pax.size() > 0) {
      byte[] records = pax.toByteArray();
      byte[] own = "pax".getBytes(StandardCharsets.US_ASCII);
      header(own, 0644, records.length, 0, 'x');
      out.write(records);
      pad(records.length);
    }
    int mode = NodeType.toPosix(facts.mode()) & 01777;
    header(name, mode, size < OCTAL ? size : 0, time < 0 || time >= OCTAL ? 0 : time, type);
  }

  private static boolean text(byte[] name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)) != null;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean ascii(byte[] name) {
    for (byte b : name) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** A record begins with its own length, digits of the length too. */
  private static void record(ByteArrayOutputStream pax, String key, byte[] value) {
    int rest = key.length() + value.length + 3;
    int length = rest + Integer.toString(rest).length();
    length = rest + Integer.toString(length).length();
    pax.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.US_ASCII));
    pax.writeBytes(value);
    pax.write('\n');
  }

  private void header(byte[] name, int mode, long size, long time, char type) throws IOException {
    byte[] block = new byte[BLOCK];
    System.arraycopy(name, 0, block, 0, Math.min(name.length, NAME));
    octal(block, 100, 8, mode);
    octal(block, 108, 8, 0);
    octal(block, 116, 8, 0);
    octal(block, 124, 12, size);
    octal(block, 136, 12, time);
    block[156] = (byte) type;
    System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, block, 257, 8);
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    octal(block, 148, 7, sum);
    out.write(block);
  }

  private static void octal(byte[] block, int at, int length, long value) {
    long rest = value;
    for (int i = length - 2; i >= 0; i--) {
      block[at + i] = (byte) ('0' + (rest & 7));
      rest >>>= 3;
    }
    block[at + length - 1] = 0;
  }

  @Override
  public void content(byte[] plain) throws IOException {
    out.write(plain);
  }

  @Override
  public void end(long size) throws IOException {
    pad(size);
  }

  private void pad(long size) throws IOException {
    int over = (int) (size % BLOCK);
    if (over > 0) {
      out.write(new byte[BLOCK - over]);
    }
  }

  @Override
  public void finish() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.flush();
  }
}
