package tr.emanet.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The small typed block that a transport adds to a record, in its stored form: for each attribute
 * one byte {@link Key#code}, an unsigned varint length, the bytes. Immutable; one instance may
 * serve many records. Unknown codes are kept and skipped.
 */
public final class Attributes {

  /** No attributes at all. */
  public static final Attributes NONE = new Attributes(new byte[0]);

  /** Longest encoded block in bytes; longer values are cut by {@link Builder}. */
  public static final int MAX_BYTES = 4096;

  /** What an attribute means. Codes are part of the journal format and never change. */
  public enum Key {
    MQTT_BROKER(1),
    MQTT_TOPIC(2),
    /** One byte: QoS in bits 0-1, retain in bit 2, DUP in bit 3. */
    MQTT_FLAGS(3),
    /** Two bytes, big-endian. */
    MQTT_PACKET_ID(4),
    /** Name of the MQTT session (client id and its first-connect time). */
    MQTT_SESSION(5),
    /** SHA-256 of the peer's certificate, 32 bytes. */
    TLS_PEER(6),
    /** Subject of the peer's certificate. */
    TLS_SUBJECT(7),
    HTTP_TOKEN(8),
    RELP_TRANSACTION(9),
    FILE_NAME(10);

    private final int code;

    Key(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  private final byte[] block;

  private Attributes(byte[] block) {
    this.block = block;
  }

  /** Wraps a stored block; the array is not copied and must not change. */
  public static Attributes ofBlock(byte[] block) {
    return block.length == 0 ? NONE : new Attributes(block);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The stored form; must not be changed. */
  public byte[] block() {
    return block;
  }

  public boolean isEmpty() {
    return block.length == 0;
  }

  /** The bytes of one attribute, or null. */
  public byte @Nullable [] get(Key key) {
    long range = range(key);
    return range < 0 ? null : Arrays.copyOfRange(block, (int) (range >>> 32), (int) range);
  }

  /**
   * Where one attribute lies in {@link #block}, without copying it: begin in the upper, end in the
   * lower 32 bits; -1 when it is absent or the block is damaged.
   */
  public long range(Key key) {
    int i = 0;
    while (i < block.length) {
      int code = block[i++];
      int length = 0;
      int shift = 0;
      while (i < block.length && shift < 28) {
        int b = block[i++];
        length |= (b & 127) << shift;
        shift += 7;
        if (b >= 0) {
          break;
        }
      }
      if (length > block.length - i) {
        return -1;
      }
      if (code == key.code) {
        return (long) i << 32 | i + length;
      }
      i += length;
    }
    return -1;
  }

  /** One attribute as text, or null. */
  public @Nullable String text(Key key) {
    byte[] value = get(key);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  /** All known attributes for display: text where it is text, else hex. */
  public Map<String, String> display() {
    Map<String, String> out = new LinkedHashMap<>();
    for (Key key : Key.values()) {
      byte[] value = get(key);
      if (value != null) {
        String shown =
            switch (key) {
              case MQTT_FLAGS, TLS_PEER -> HexFormat.of().formatHex(value);
              case MQTT_PACKET_ID -> Integer.toString((value[0] & 255) << 8 | value[1] & 255);
              case MQTT_BROKER,
                  MQTT_TOPIC,
                  MQTT_SESSION,
                  TLS_SUBJECT,
                  HTTP_TOKEN,
                  RELP_TRANSACTION,
                  FILE_NAME ->
                  new String(value, StandardCharsets.UTF_8);
            };
        out.put(key.name().toLowerCase(java.util.Locale.ROOT), shown);
      }
    }
    return out;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes a && Arrays.equals(a.block, block);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(block);
  }

  @Override
  public String toString() {
    return display().toString();
  }

  /** Collects attributes in the order they are put. One thread only. */
  public static final class Builder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Builder() {}

    /** Adds one attribute; a value that would pass {@link #MAX_BYTES} is cut. */
    public Builder put(Key key, byte[] value) {
      int room = MAX_BYTES - out.size() - 4;
      int length = Math.max(0, Math.min(value.length, room));
      out.write(key.code());
      int rest = length;
      while (rest > 127) {
        out.write(rest & 127 | 128);
        rest >>>= 7;
      }
      out.write(rest);
      out.write(value, 0, length);
      return this;
    }

    public Builder put(Key key, String value) {
      return put(key, value.getBytes(StandardCharsets.UTF_8));
    }

    public Attributes build() {
      return ofBlock(out.toByteArray());
    }
  }
}
