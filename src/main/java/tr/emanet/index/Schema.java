package tr.emanet.index;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.util.BytesRef;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;

/**
 * Names and rules of the Lucene fields; changing anything here means raising {@link #VERSION}, and
 * every partition is built again.
 *
 * <table>
 * <caption>Lucene fields of a document</caption>
 * <tr><td>{@link #TERMS}</td><td>postings (documents only) of the folded words of the line
 * that are neither part of its template nor an address of {@link #WORD_ADDRESSES}</td></tr>
 * <tr><td>{@link #NUMBERS}</td><td>the same for words of digits alone: nearly each is new, and a
 * pattern with a letter need not walk them</td></tr>
 * <tr><td>{@link #COMMON}</td><td>postings of the template: the words that nearly every line of its
 * kind has, see {@link CommonWords}</td></tr>
 * <tr><td>{@link #HIDDEN}</td><td>postings of words and addresses that the matcher of indicators
 * sees in the event although the words above do not show them, see {@link HiddenWords}; no search of
 * a person looks here</td></tr>
 * <tr><td>{@link #COMBINATION}</td><td>one term and one sorted doc value: the values of all {@link
 * #COMBINED} fields, see {@link Combinations}</td></tr>
 * <tr><td>{@link #DERIVED}</td><td>postings {@code name 0x00 folded value} of {@link #OWN_POSTINGS}
 * </td></tr>
 * <tr><td>{@link #TIMESTAMP}, {@link #INGESTED}, {@link #SEQUENCE}</td><td>numeric doc values with
 * skip list</td></tr>
 * <tr><td>{@link #PRESENT}</td><td>numeric doc value: {@code Event.present()}, which fields there are
 * </td></tr>
 * <tr><td>ECS name of a KEYWORD</td><td>sorted doc values, original bytes cut at {@link
 * #MAX_VALUE_BYTES}</td></tr>
 * <tr><td>ECS name of an IP</td><td>sorted doc values and a 16-byte point (as InetAddressPoint)
 * </td></tr>
 * <tr><td>ECS name of a LONG</td><td>numeric doc values</td></tr>
 * </table>
 */
public final class Schema {

  /** Version of fields and term rules; part of every commit. */
  public static final int VERSION = 3;

  public static final String TERMS = "t";
  public static final String NUMBERS = "n";
  public static final String COMMON = "w";
  public static final String HIDDEN = "h";
  public static final String COMBINATION = "c";
  public static final String DERIVED = "k";
  public static final String TIMESTAMP = "ts";
  public static final String INGESTED = "in";
  public static final String SEQUENCE = "seq";
  public static final String PRESENT = "has";

  /** Longest stored column value in bytes. */
  public static final int MAX_VALUE_BYTES = 1024;

  /**
   * Fields with few values, kept together as one combination a document: hundreds of combinations
   * stand for millions of documents, so fourteen columns cost as much as one.
   */
  public static final List<Field> COMBINED =
      List.of(
          Field.EVENT_KIND,
          Field.EVENT_CATEGORY,
          Field.EVENT_ACTION,
          Field.EVENT_OUTCOME,
          Field.EVENT_DATASET,
          Field.OBSERVER_TYPE,
          Field.OBSERVER_VENDOR,
          Field.OBSERVER_PRODUCT,
          Field.LOG_LEVEL,
          Field.NETWORK_TRANSPORT,
          Field.NETWORK_DIRECTION,
          Field.EMANET_LISTENER,
          Field.EMANET_PARSER,
          Field.EMANET_TIME,
          Field.EMANET_FLAGS,
          Field.EMANET_STREAM);

  /** Derived fields with many values: postings of their own, because the line has no such word. */
  public static final Set<Field> OWN_POSTINGS =
      Set.copyOf(
          EnumSet.of(
              Field.MQTT_TOPIC,
              Field.SENSOR_NAME,
              Field.EVENT_REASON,
              Field.NETWORK_PROTOCOL,
              Field.EMANET_TLS_PEER));

  /** Addresses that stand in the line: their columns find them, so they are no words. */
  public static final List<Field> WORD_ADDRESSES = List.of(Field.SOURCE_IP, Field.DESTINATION_IP);

  private static final long COMBINED_BITS =
      COMBINED.stream().mapToLong(Field::bit).reduce(0, (a, b) -> a | b);

  /** Fields that live outside the column set: the two dates and the message. */
  private static final long WITHOUT_COLUMN =
      Field.TIMESTAMP.bit() | Field.INGESTED.bit() | Field.MESSAGE.bit();

  private Schema() {}

  /** Whether the field is part of the combination. */
  public static boolean combined(Field field) {
    return (COMBINED_BITS & field.bit()) != 0;
  }

  /** Whether the field has a column of its own, named like the field. */
  public static boolean hasColumn(Field field) {
    return ((COMBINED_BITS | WITHOUT_COLUMN) & field.bit()) == 0 && field.type() != FieldType.TEXT;
  }

  /** Bits of all fields with a column of their own. */
  static long columnBits() {
    long bits = 0;
    for (Field field : Field.all()) {
      if (hasColumn(field)) {
        bits |= field.bit();
      }
    }
    return bits;
  }

  /** The term in {@link #DERIVED} for a folded value. */
  public static BytesRef derivedTerm(Field field, byte[] folded) {
    byte[] name = field.ecsName().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] out = new byte[name.length + 1 + folded.length];
    System.arraycopy(name, 0, out, 0, name.length);
    System.arraycopy(folded, 0, out, name.length + 1, folded.length);
    return new BytesRef(out);
  }
}
