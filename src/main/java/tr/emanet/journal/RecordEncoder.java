package tr.emanet.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Attributes;
import tr.emanet.event.SourceAddress;

/**
 * Writes records in the form that is then compressed. What equals the record before is left out:
 * one control byte says which parts follow. Allocates only for a source new to its frame. One
 * thread.
 */
final class RecordEncoder {

  static final int HAS_TIME = 1;
  static final int HAS_SOURCE = 2;
  static final int HAS_ATTRIBUTES = 4;
  static final int HAS_FLAGS = 8;
  static final int KNOWN_BITS = 15;

  private final byte[] out = new byte[Format.MAX_RAW];
  private final Dictionary<SourceAddress> sources = new Dictionary<>();
  private final Dictionary<Attributes> attributes = new Dictionary<>();
  private int size;
  private long lastMicros;
  private @Nullable SourceAddress lastSource;
  private Attributes lastAttributes = Attributes.NONE;

  /** Forgets everything: a frame explains itself. */
  void beginFrame(long baseMicros) {
    size = 0;
    sources.clear();
    attributes.clear();
    lastMicros = baseMicros;
    lastSource = null;
    lastAttributes = Attributes.NONE;
  }

  /** Raw bytes waiting for {@link #drain}. */
  int size() {
    return size;
  }

  /** Moves the waiting bytes to a buffer. */
  void drain(ByteBuffer into) {
    into.put(out, 0, size);
    size = 0;
  }

  void add(Batch batch, int i) {
    int control = size++;
    int bits = 0;
    long micros = batch.receivedMicros(i);
    if (micros != lastMicros) {
      bits |= HAS_TIME;
      long delta = micros - lastMicros;
      varint(delta << 1 ^ delta >> 63);
      lastMicros = micros;
    }
    SourceAddress source = batch.source(i);
    if (!same(source, lastSource)) {
      bits |= HAS_SOURCE;
      source(source);
    }
    lastSource = source;
    Attributes extra = batch.attributes(i);
    if (!same(extra, lastAttributes)) {
      bits |= HAS_ATTRIBUTES;
      attributes(extra);
    }
    lastAttributes = extra;
    int flags = batch.flags(i);
    if (flags != 0) {
      bits |= HAS_FLAGS;
      out[size++] = (byte) flags;
    }
    out[control] = (byte) bits;
    int from = batch.from(i);
    bytes(batch.bytes(), from, batch.to(i) - from);
  }

  /** Most records come with the very instance of the one before; that spares comparing bytes. */
  @SuppressWarnings("ReferenceEquality") // a short cut before equals, not instead of it
  private static boolean same(Object one, @Nullable Object other) {
    return one == other || one.equals(other);
  }

  private void source(SourceAddress source) {
    int number = sources.number(source);
    varint(number + 1);
    if (number < 0) {
      String listener = source.listener();
      if (listener.length() > Format.MAX_LISTENER_CHARS) {
        listener = listener.substring(0, Format.MAX_LISTENER_CHARS);
      }
      byte[] name = listener.getBytes(StandardCharsets.UTF_8);
      bytes(name, 0, name.length);
      System.arraycopy(source.address(), 0, out, size, 16);
      size += 16;
      varint(source.port());
    }
  }

  private void attributes(Attributes extra) {
    if (extra.isEmpty()) {
      varint(1);
      return;
    }
    int number = attributes.number(extra);
    varint(number < 0 ? 0 : number + 2);
    if (number < 0) {
      bytes(extra.block(), 0, extra.block().length);
    }
  }

  private void bytes(byte[] source, int from, int length) {
    varint(length);
    System.arraycopy(source, from, out, size, length);
    size += length;
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~127L) != 0) {
      out[size++] = (byte) (rest & 127 | 128);
      rest >>>= 7;
    }
    out[size++] = (byte) rest;
  }
}
