package tr.emanet.parse;

import tr.emanet.event.Field;

/**
 * What a key of a payload means.
 *
 * @param field where the value goes; ignored by meanings that choose fields themselves
 * @param meaning how the value is read
 */
record Mapping(Field field, Meaning meaning) {

  /** How a value is read. */
  enum Meaning {
    /** As the type of the field asks; only when the field has no value yet. */
    VALUE,
    /** The same, but replaces what the header said. */
    OVERRIDE,
    /** A verdict such as {@code deny}: {@code event.action}, and {@code event.outcome} from it. */
    ACTION,
    /** Success or failure in the words of the device. */
    OUTCOME,
    /** IP protocol as number or name. */
    TRANSPORT,
    /** Level word of the device. */
    LEVEL,
    /** Numeric stamp: seconds to nanoseconds since 1970. */
    EPOCH,
    /** Any stamp that {@link Stamp} reads. */
    STAMP,
    /** FortiGate {@code date=}, {@code time=}, {@code tz=}: put together at the end of the line. */
    DATE,
    TIME_OF_DAY,
    /** FortiGate {@code devid=}: tells the vendor. */
    DEVICE_ID,
    /** FortiGate {@code type=}: tells the category; kept under its own key too. */
    LOG_TYPE,
    /** {@code address:port} or an address alone. */
    ENDPOINT,
    /** Netfilter's {@code MAC=}: destination, source and type in one. */
    MAC_PAIR,
    /** The address that a source is translated to, FortiGate's {@code transip}. */
    NAT_IP,
    /** The port that a source is translated to, FortiGate's {@code transport}. */
    NAT_PORT,
    /** RADIUS {@code Acct-Status-Type}: begin, change or end of a session. */
    ACCOUNTING,
    /** A URL or a request target. */
    URL,
    /** Not worth keeping: the value stands elsewhere. */
    DROP
  }

  static Mapping to(Field field) {
    return new Mapping(field, Meaning.VALUE);
  }

  static Mapping override(Field field) {
    return new Mapping(field, Meaning.OVERRIDE);
  }

  static Mapping as(Meaning meaning) {
    return new Mapping(Field.MESSAGE, meaning);
  }

  static Mapping as(Meaning meaning, Field field) {
    return new Mapping(field, meaning);
  }
}
