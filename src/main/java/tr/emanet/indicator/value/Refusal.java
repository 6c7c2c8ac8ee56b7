package tr.emanet.indicator.value;

import java.util.Locale;

/** Why a raw value is refused. */
public enum Refusal {
  /** Nothing is left after blanks at both ends. */
  EMPTY,
  /** Longer than a value, a name or a label may be. */
  TOO_LONG,
  /** A control, direction, invisible or blank character, or one that its kind does not allow. */
  CHARACTER,
  /** A part between dots is empty or begins or ends with a hyphen. */
  LABEL,
  /** A name without a dot: a top-level domain, a host of a local network or a truncated name. */
  SINGLE_LABEL,
  /** The last part of the name cannot be a top-level domain. */
  TOP_LEVEL,
  /** Letters that internationalised names (IDNA) do not allow. */
  IDN,
  /** Looks like an address but is none, or is written in an ambiguous way (leading zeros). */
  ADDRESS_FORM,
  /** The prefix length is no number or too large for the address. */
  PREFIX_FORM,
  /** Bits after the prefix are set, so it is not clear which range is meant. */
  HOST_BITS,
  /** Would match half of the Internet: a public suffix such as {@code gov.tr}, a vast range. */
  TOO_BROAD,
  /** Not 32, 40 or 64 hexadecimal digits. */
  HASH_FORM,
  /** A scheme other than those of the web and FTP. */
  SCHEME,
  /** A port that is no number between 1 and 65535. */
  PORT;

  /** The name in the store, the API and in texts, such as {@code host-bits}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
