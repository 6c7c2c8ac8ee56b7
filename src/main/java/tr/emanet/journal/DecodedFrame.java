package tr.emanet.journal;

import java.util.Arrays;
import tr.emanet.event.Attributes;
import tr.emanet.event.Position;
import tr.emanet.event.SourceAddress;

/** A frame's records in memory. Filled by one thread, then immutable and safe for many. */
final class DecodedFrame implements RecordSink {

  private static final int BYTES_A_RECORD = 8 + 8 + 8 + 4 + 4 + 1 + 8;

  private byte[] bytes = new byte[0];
  private int size;
  private long[] sequences = new long[64];
  private int[] froms = new int[64];
  private int[] tos = new int[64];
  private long[] micros = new long[64];
  private SourceAddress[] sources = new SourceAddress[64];
  private Attributes[] attributes = new Attributes[64];
  private byte[] flags = new byte[64];
  private int count;
  private long nextSequence;
  private long coveredTo;

  /** Makes room for a chunk's raw bytes; its records follow, beginning with this sequence. */
  int begin(long firstSequence, int rawLength) {
    nextSequence = firstSequence;
    int at = size;
    if (bytes.length - size < rawLength) {
      bytes = Arrays.copyOf(bytes, Math.max(size + rawLength, Math.min(size * 2, Format.MAX_RAW)));
    }
    size += rawLength;
    return at;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public void add(
      int from, int to, long received, SourceAddress source, Attributes extra, int flagBits) {
    if (count == sequences.length) {
      resize(count * 2);
    }
    sequences[count] = nextSequence++;
    froms[count] = from;
    tos[count] = to;
    micros[count] = received;
    sources[count] = source;
    attributes[count] = extra;
    flags[count] = (byte) flagBits;
    count++;
  }

  private void resize(int room) {
    sequences = Arrays.copyOf(sequences, room);
    froms = Arrays.copyOf(froms, room);
    tos = Arrays.copyOf(tos, room);
    micros = Arrays.copyOf(micros, room);
    sources = Arrays.copyOf(sources, room);
    attributes = Arrays.copyOf(attributes, room);
    flags = Arrays.copyOf(flags, room);
  }

  int count() {
    return count;
  }

  /** Forgets the records of a chunk that turned out to be damaged half-way. */
  void cut(int records) {
    count = records;
  }

  /** Ends the filling; gives back spare room. */
  DecodedFrame done(long decodedTo) {
    resize(count);
    bytes = Arrays.copyOf(bytes, size);
    coveredTo = decodedTo;
    return this;
  }

  /** File offset up to which this was decoded. */
  long coveredTo() {
    return coveredTo;
  }

  long weight() {
    return bytes.length + (long) count * BYTES_A_RECORD + 256;
  }

  /** Index of a sequence, or negative. */
  int indexOf(long sequence) {
    return Arrays.binarySearch(sequences, 0, count, sequence);
  }

  JournalRecord record(Position position, int i) {
    return new JournalRecord(
        position,
        Arrays.copyOfRange(bytes, froms[i], tos[i]),
        micros[i],
        sources[i],
        attributes[i],
        flags[i] & 255);
  }
}
