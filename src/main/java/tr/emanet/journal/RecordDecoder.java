package tr.emanet.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Attributes;
import tr.emanet.event.SourceAddress;

/** Reads what {@link RecordEncoder} wrote, every length checked. One thread only. */
final class RecordDecoder {

  private final List<SourceAddress> sources = new ArrayList<>();
  private final List<Attributes> attributes = new ArrayList<>();
  private long lastMicros;
  private @Nullable SourceAddress lastSource;
  private Attributes lastAttributes = Attributes.NONE;
  private byte[] in = new byte[0];
  private int at;
  private int end;

  void beginFrame(long baseMicros) {
    sources.clear();
    attributes.clear();
    lastMicros = baseMicros;
    lastSource = null;
    lastAttributes = Attributes.NONE;
  }

  /**
   * Decodes exactly {@code count} records from {@code [from, to)}.
   *
   * @param skip how many of the first ones are not handed to the sink
   */
  void decode(byte[] raw, int from, int to, int count, int skip, RecordSink sink)
      throws DamagedException {
    in = raw;
    at = from;
    end = to;
    for (int i = 0; i < count; i++) {
      record(i >= skip, sink);
    }
    if (at != end) {
      throw new DamagedException("bytes are left after the last record of a chunk");
    }
  }

  private void record(boolean wanted, RecordSink sink) throws DamagedException {
    int bits = octet();
    if ((bits & ~RecordEncoder.KNOWN_BITS) != 0) {
      throw new DamagedException("a record has an unknown control byte");
    }
    if ((bits & RecordEncoder.HAS_TIME) != 0) {
      long zigzag = varint();
      lastMicros += zigzag >>> 1 ^ -(zigzag & 1);
    }
    if ((bits & RecordEncoder.HAS_SOURCE) != 0) {
      lastSource = source();
    }
    if ((bits & RecordEncoder.HAS_ATTRIBUTES) != 0) {
      lastAttributes = attributes();
    }
    int flags = (bits & RecordEncoder.HAS_FLAGS) != 0 ? octet() : 0;
    int length = length();
    SourceAddress source = lastSource;
    if (source == null) {
      throw new DamagedException("a frame begins without a source");
    }
    if (wanted) {
      sink.add(at, at + length, lastMicros, source, lastAttributes, flags);
    }
    at += length;
  }

  private SourceAddress source() throws DamagedException {
    long number = varint();
    if (number != 0) {
      return known(sources, number - 1);
    }
    int length = length();
    String listener = new String(in, at, length, StandardCharsets.UTF_8);
    at += length;
    if (end - at < 16) {
      throw new DamagedException("a source is cut");
    }
    byte[] address = Arrays.copyOfRange(in, at, at + 16);
    at += 16;
    SourceAddress source = new SourceAddress(listener, address, (int) varint());
    if (sources.size() < Format.MAX_DICTIONARY) {
      sources.add(source);
    }
    return source;
  }

  private Attributes attributes() throws DamagedException {
    long number = varint();
    if (number == 1) {
      return Attributes.NONE;
    }
    if (number != 0) {
      return known(attributes, number - 2);
    }
    int length = length();
    Attributes extra = Attributes.ofBlock(Arrays.copyOfRange(in, at, at + length));
    at += length;
    if (attributes.size() < Format.MAX_DICTIONARY) {
      attributes.add(extra);
    }
    return extra;
  }

  private static <T> T known(List<T> list, long number) throws DamagedException {
    if (number < 0 || number >= list.size()) {
      throw new DamagedException("a record refers to an unknown dictionary entry");
    }
    return list.get((int) number);
  }

  private int length() throws DamagedException {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new DamagedException("a length points outside its chunk");
    }
    return (int) length;
  }

  private int octet() throws DamagedException {
    if (at >= end) {
      throw new DamagedException("a record is cut");
    }
    return in[at++] & 255;
  }

  private long varint() throws DamagedException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int b = octet();
      value |= (long) (b & 127) << shift;
      if (b < 128) {
        return value;
      }
    }
    throw new DamagedException("a number is longer than ten bytes");
  }
}
