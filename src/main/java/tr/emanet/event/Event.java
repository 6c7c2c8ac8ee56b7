package tr.emanet.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One record on its way through the pipeline, with the fields that the parser found. Reused for
 * millions of records: values are ranges of byte arrays, setting one allocates nothing (the scratch
 * buffer grows a few times in its life). One thread only; {@link EventRecord#of} makes a copy that
 * lasts.
 *
 * <p>All text is UTF-8: a line in another charset is transcoded once, into {@link #scratch}, and
 * parsed from there.
 */
public final class Event {

  /** Most extra fields a record may carry; further ones are ignored. */
  public static final int MAX_EXTRAS = 192;

  private static final int FIELDS = Field.all().size();

  private byte[] raw = new byte[0];
  private int rawFrom;
  private int rawTo;
  private long receivedMicros;
  private SourceAddress source = new SourceAddress("", new byte[16], 0);
  private Attributes attributes = Attributes.NONE;
  private int flags;

  private byte[] text = raw;
  private int textFrom;
  private int textTo;
  private int termsFrom;
  private boolean parsed;

  private long timestampMillis;
  private long present;
  private final byte[][] values = new byte[FIELDS][];
  private final int[] starts = new int[FIELDS];
  private final int[] ends = new int[FIELDS];
  private final long[] numbers = new long[FIELDS];
  private final byte[] addresses = new byte[FIELDS * 16];

  private int extras;
  private final byte[][] extraKeys = new byte[MAX_EXTRAS][];
  private final int[] extraKeyStarts = new int[MAX_EXTRAS];
  private final int[] extraKeyEnds = new int[MAX_EXTRAS];
  private final byte[][] extraValues = new byte[MAX_EXTRAS][];
  private final int[] extraStarts = new int[MAX_EXTRAS];
  private final int[] extraEnds = new int[MAX_EXTRAS];

  private byte[] scratch = new byte[1024];
  private int scratchUsed;

  /**
   * Begins a new record; every field is absent afterwards. The array is borrowed until the next
   * call.
   *
   * @param flags {@link RecordFlags}
   */
  public void reset(
      byte[] raw,
      int from,
      int to,
      long receivedMicros,
      SourceAddress source,
      Attributes attributes,
      int flags) {
    this.raw = raw;
    this.rawFrom = from;
    this.rawTo = to;
    this.receivedMicros = receivedMicros;
    this.source = source;
    this.attributes = attributes;
    this.flags = flags;
    this.text = raw;
    this.textFrom = from;
    this.textTo = to;
    this.termsFrom = from;
    this.parsed = false;
    this.timestampMillis = Math.floorDiv(receivedMicros, 1000L);
    this.present = 0;
    this.extras = 0;
    this.scratchUsed = 0;
  }

  /** The array that holds the bytes as received, in {@code [rawFrom, rawTo)}. */
  public byte[] raw() {
    return raw;
  }

  public int rawFrom() {
    return rawFrom;
  }

  public int rawTo() {
    return rawTo;
  }

  /** When we read it from the transport, microseconds since 1970 UTC. */
  public long receivedMicros() {
    return receivedMicros;
  }

  /** {@code event.ingested} in milliseconds. */
  public long ingestedMillis() {
    return Math.floorDiv(receivedMicros, 1000L);
  }

  public SourceAddress source() {
    return source;
  }

  public Attributes attributes() {
    return attributes;
  }

  /** {@link RecordFlags} of the stored record. */
  public int flags() {
    return flags;
  }

  /** The line as UTF-8: the raw bytes themselves or their transcoded copy, without a BOM. */
  public byte[] text() {
    return text;
  }

  public int textFrom() {
    return textFrom;
  }

  public int textTo() {
    return textTo;
  }

  /** Where the searchable words begin: after PRI and header time stamp, which nobody searches. */
  public int termsFrom() {
    return termsFrom;
  }

  public void setText(byte[] utf8, int from, int to) {
    this.text = utf8;
    this.textFrom = from;
    this.textTo = to;
    this.termsFrom = from;
  }

  public void setTermsFrom(int at) {
    this.termsFrom = at;
  }

  /** Whether a format was recognised; false means {@code event.kind: pipeline_error}. */
  public boolean parsed() {
    return parsed;
  }

  public void setParsed(boolean value) {
    this.parsed = value;
  }

  /** {@code @timestamp} in milliseconds since 1970 UTC. */
  public long timestampMillis() {
    return timestampMillis;
  }

  public void setTimestampMillis(long millis) {
    this.timestampMillis = millis;
  }

  /** The set of fields that have a value, as {@link Field#bit()}s. */
  public long present() {
    return present;
  }

  public boolean has(Field field) {
    return (present & field.bit()) != 0;
  }

  /** Sets a text value to a range of bytes (UTF-8), borrowed like the raw line. Empty: ignored. */
  public void set(Field field, byte[] source, int from, int to) {
    if (to <= from) {
      return;
    }
    int i = field.ordinal();
    values[i] = source;
    starts[i] = from;
    ends[i] = to;
    present |= field.bit();
  }

  /** Sets a text value to a constant; the array must never change. */
  public void set(Field field, byte[] constant) {
    set(field, constant, 0, constant.length);
  }

  public void set(Field field, long number) {
    numbers[field.ordinal()] = number;
    present |= field.bit();
  }

  /**
   * Sets an address field from text.
   *
   * @return false, and nothing set, when the range is not exactly one address
   */
  public boolean setIp(Field field, byte[] source, int from, int to) {
    if (!IpAddress.parse(source, from, to, addresses, field.ordinal() * 16)) {
      present &= ~field.bit();
      return false;
    }
    present |= field.bit();
    return true;
  }

  /** Sets an address field from its 16 bytes. */
  public void setIp(Field field, byte[] address16) {
    System.arraycopy(address16, 0, addresses, field.ordinal() * 16, 16);
    present |= field.bit();
  }

  /** Sets a number from decimal digits (with an optional sign); false when it is not a number. */
  public boolean setNumber(Field field, byte[] source, int from, int to) {
    int i = from;
    boolean negative = i < to && source[i] == '-';
    if (negative) {
      i++;
    }
    if (i >= to || to - i > 18) {
      return false;
    }
    long value = 0;
    for (; i < to; i++) {
      int digit = source[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      value = value * 10 + digit;
    }
    set(field, negative ? -value : value);
    return true;
  }

  public void clear(Field field) {
    present &= ~field.bit();
  }

  /** The array with the text value; only meaningful when {@link #has} and not an IP or LONG. */
  public byte[] valueBytes(Field field) {
    return values[field.ordinal()];
  }

  public int valueFrom(Field field) {
    return starts[field.ordinal()];
  }

  public int valueTo(Field field) {
    return ends[field.ordinal()];
  }

  public long number(Field field) {
    return numbers[field.ordinal()];
  }

  /** The array that holds all address values; this field's 16 bytes begin at {@code ordinal*16}. */
  public byte[] addresses() {
    return addresses;
  }

  /** A value as text for display and JSON, or null when absent. Allocates. */
  public @Nullable String text(Field field) {
    if (!has(field)) {
      return null;
    }
    return switch (field.type()) {
      case IP -> IpAddress.text(addresses, field.ordinal() * 16);
      case LONG, DATE -> Long.toString(number(field));
      case KEYWORD, TEXT ->
          new String(
              valueBytes(field),
              valueFrom(field),
              valueTo(field) - valueFrom(field),
              StandardCharsets.UTF_8);
    };
  }

  /**
   * Adds a field outside the core, such as {@code fortinet.policyid}; false when there is no room.
   */
  public boolean addExtra(byte[] key, int keyFrom, int keyTo, byte[] value, int from, int to) {
    if (extras == MAX_EXTRAS || keyTo <= keyFrom) {
      return false;
    }
    extraKeys[extras] = key;
    extraKeyStarts[extras] = keyFrom;
    extraKeyEnds[extras] = keyTo;
    extraValues[extras] = value;
    extraStarts[extras] = from;
    extraEnds[extras] = to;
    extras++;
    return true;
  }

  /** How many extra fields there are. */
  public int extras() {
    return extras;
  }

  public String extraKey(int i) {
    return new String(
        extraKeys[i],
        extraKeyStarts[i],
        extraKeyEnds[i] - extraKeyStarts[i],
        StandardCharsets.UTF_8);
  }

  public String extraValue(int i) {
    return new String(
        extraValues[i], extraStarts[i], extraEnds[i] - extraStarts[i], StandardCharsets.UTF_8);
  }

  /** Compares an extra's key with a constant, without allocation. */
  public boolean extraKeyIs(int i, byte[] key) {
    return Arrays.equals(extraKeys[i], extraKeyStarts[i], extraKeyEnds[i], key, 0, key.length);
  }

  public byte[] extraValueBytes(int i) {
    return extraValues[i];
  }

  public int extraFrom(int i) {
    return extraStarts[i];
  }

  public int extraTo(int i) {
    return extraEnds[i];
  }

  /**
   * Reserves room for transcoded or unescaped text that lives as long as this record. The returned
   * array may be replaced by a later call, but ranges that were handed out keep their own array.
   *
   * @return index in {@link #scratch()} where {@code length} bytes may be written
   */
  public int reserve(int length) {
    if (scratch.length - scratchUsed < length) {
      scratch = new byte[Math.max(scratch.length * 2, length)];
      scratchUsed = 0;
    }
    int at = scratchUsed;
    scratchUsed += length;
    return at;
  }

  /** Gives back the end of the last reservation: what lies from {@code end} on was not used. */
  public void trim(int end) {
    scratchUsed = end;
  }

  public byte[] scratch() {
    return scratch;
  }
}
