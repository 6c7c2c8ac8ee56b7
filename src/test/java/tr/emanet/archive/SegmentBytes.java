package tr.emanet.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/** Bytes of one segment and its leaves, made from the format pages; what is compressed is noise. */
final class SegmentBytes {

  /** One leaf as the page describes it. */
  record Leaf(long offset, int length, long first, int records, byte[] digest) {

    byte[] entry() {
      ByteBuffer entry = ByteBuffer.allocate(56);
      return entry
          .putLong(offset)
          .putInt(length)
          .putLong(first)
          .putInt(records)
          .put(digest)
          .array();
    }
  }

  private static final int FRAME_CHUNKS = 3;

  final String path;
  final long first;
  long last;
  boolean closed;
  boolean told;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Leaf> leaves = new ArrayList<>();
  private final Random random;
  private final long id;
  private int inFrame;
  private int previousCrc;
  private int sealed;

  SegmentBytes(String path, String stream, long first, long micros, Random random) {
    this.path = path;
    this.first = first;
    this.last = first - 1;
    this.random = random;
    this.id = random.nextLong();
    ByteBuffer header = ByteBuffer.allocate(128);
    header.put(HexFormat.of().parseHex("e54d4a530d0a1a0a")).putShort((short) 1);
    header.putShort((short) 128).putInt(0).putLong(id).putLong(first).putLong(micros);
    header.position(72);
    byte[] name = stream.getBytes(StandardCharsets.US_ASCII);
    header.put((byte) name.length).put(name);
    header.putInt(124, crc(header.array(), 0, 124));
    bytes.writeBytes(header.array());
  }

  private static int crc(byte[] bytes, int from, int to) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, to - from);
    return (int) sum.getValue();
  }

  /** Writes one chunk, with a frame header before it where one begins. */
  void chunk(int records, int stored) {
    if (inFrame == 0) {
      ByteBuffer frame = ByteBuffer.allocate(40);
      frame.putInt(0xE54D4A46).putLong(id).putLong(last + 1).putLong(last).putLong(0);
      previousCrc = crc(frame.array(), 0, 36);
      bytes.writeBytes(frame.putInt(36, previousCrc).array());
    }
    inFrame = (inFrame + 1) % FRAME_CHUNKS;
    byte[] content = new byte[stored];
    random.nextBytes(content);
    ByteBuffer chunk = ByteBuffer.allocate(48 + stored);
    chunk.putInt(0xE54D4A43).putLong(id).putLong(last + 1).putInt(records).putInt(stored * 3);
    chunk.putInt(stored).putInt(inFrame == 0 ? 1 : 0).putInt(previousCrc);
    chunk.putInt(40, crc(chunk.array(), 0, 40));
    chunk.put(48, content);
    CRC32C sum = new CRC32C();
    sum.update(chunk.array(), 0, 44);
    sum.update(content);
    previousCrc = (int) sum.getValue();
    chunk.putInt(44, previousCrc);
    bytes.writeBytes(chunk.array());
    leaf(last + 1, records);
    last += records;
  }

  /** Bytes that are no chunk, as damage leaves them. */
  void noise(int length) {
    byte[] content = new byte[length];
    random.nextBytes(content);
    bytes.writeBytes(content);
    inFrame = 0;
  }

  void close() {
    closed = true;
    if (sealed < bytes.size()) {
      leaf(last + 1, 0);
    }
  }

  private void leaf(long from, int records) {
    byte[] all = bytes.toByteArray();
    MessageDigest sha = sha();
    sha.update(all, sealed, all.length - sealed);
    leaves.add(new Leaf(sealed, all.length - sealed, from, records, sha.digest()));
    sealed = all.length;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** How many bytes are in leaves. */
  int sealed() {
    return sealed;
  }

  List<Leaf> leaves() {
    return leaves;
  }

  byte[] leafFile() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex("e54d4c560d0a1a0a0001003800000000"));
    leaves.forEach(leaf -> out.writeBytes(leaf.entry()));
    return out.toByteArray();
  }

  String root() {
    List<byte[]> entries = leaves.stream().map(Leaf::entry).toList();
    return HexFormat.of().formatHex(root(entries));
  }

  /** RFC 6962, section 2.1, word for word. */
  static byte[] root(List<byte[]> entries) {
    MessageDigest sha = sha();
    if (entries.isEmpty()) {
      return sha.digest();
    }
    if (entries.size() == 1) {
      sha.update((byte) 0);
      return sha.digest(entries.getFirst());
    }
    int split = Integer.highestOneBit(entries.size() - 1);
    byte[] left = root(entries.subList(0, split));
    byte[] right = root(entries.subList(split, entries.size()));
    sha.update((byte) 1);
    sha.update(left);
    return sha.digest(right);
  }

  static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
