package tr.emanet.journal;

import java.util.Arrays;
import tr.emanet.event.Attributes;
import tr.emanet.event.SourceAddress;

/**
 * Decoded records with consecutive sequences, reused from block to block. One thread at a time. A
 * block holds at most one frame (about 256 KiB raw).
 */
public final class RecordBlock implements RecordSink {

  private byte[] bytes = new byte[320 * 1024];
  private int size;
  private int[] froms = new int[4096];
  private int[] tos = new int[4096];
  private long[] receivedMicros = new long[4096];
  private SourceAddress[] sources = new SourceAddress[4096];
  private Attributes[] attributes = new Attributes[4096];
  private byte[] flags = new byte[4096];
  private String stream = "";
  private long firstSequence;
  private int count;

  /** Empties the block. */
  public void begin(String ofStream, long first) {
    stream = ofStream;
    firstSequence = first;
    count = 0;
    size = 0;
  }

  /** Makes room for {@code length} bytes and returns where to write them in {@link #bytes}. */
  public int reserve(int length) {
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
    }
    int at = size;
    size += length;
    return at;
  }

  /** Adds a record whose bytes lie at {@code [from, to)} of {@link #bytes}. */
  @Override
  public void add(
      int from, int to, long received, SourceAddress source, Attributes extra, int flagBits) {
    if (count == froms.length) {
      int room = count * 2;
      froms = Arrays.copyOf(froms, room);
      tos = Arrays.copyOf(tos, room);
      receivedMicros = Arrays.copyOf(receivedMicros, room);
      sources = Arrays.copyOf(sources, room);
      attributes = Arrays.copyOf(attributes, room);
      flags = Arrays.copyOf(flags, room);
    }
    froms[count] = from;
    tos[count] = to;
    receivedMicros[count] = received;
    sources[count] = source;
    attributes[count] = extra;
    flags[count] = (byte) flagBits;
    count++;
  }

  /** Forgets all but the first records: a chunk turned out to be damaged half-way. */
  void cut(int records) {
    count = records;
  }

  public String stream() {
    return stream;
  }

  public long firstSequence() {
    return firstSequence;
  }

  public long lastSequence() {
    return firstSequence + count - 1;
  }

  public int count() {
    return count;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int from(int i) {
    return froms[i];
  }

  public int to(int i) {
    return tos[i];
  }

  public long receivedMicros(int i) {
    return receivedMicros[i];
  }

  public SourceAddress source(int i) {
    return sources[i];
  }

  public Attributes attributes(int i) {
    return attributes[i];
  }

  public int flags(int i) {
    return flags[i];
  }
}
