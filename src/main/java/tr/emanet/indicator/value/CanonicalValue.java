package tr.emanet.indicator.value;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import tr.emanet.event.IpAddress;

/**
 * One indicator value in its only spelling. Immutable; ordered by kind, then text.
 *
 * <p>Text by kind, always ASCII:
 *
 * <ul>
 *   <li>DOMAIN: {@code xn--bykehir-8kb.example}, lower case, no dot at the end, at least two labels
 *   <li>URL: {@code host[:port]/path[?query]} without scheme; no port 80 or 443, no double slash,
 *       no slash at the end unless the path is only a slash, percent escapes in upper case and only
 *       where needed
 *   <li>ADDRESS: dotted quad or RFC 5952; a mapped IPv4 address is IPv4
 *   <li>NETWORK: {@code 198.51.100.0/24} or {@code 2001:db8::/32}, no host bits, never one address
 *   <li>FILE_HASH: 32, 40 or 64 hexadecimal digits in lower case
 * </ul>
 */
public final class CanonicalValue implements Reading, Comparable<CanonicalValue> {

  private final IndicatorKind kind;
  private final String text;

  /** Only for text that was judged: what is outside the grammar cannot be made. */
  private CanonicalValue(IndicatorKind kind, String text) {
    this.kind = kind;
    this.text = text;
  }

  /**
   * Takes text that is canonical already, such as the store's own.
   *
   * @throws IllegalArgumentException when it is not; raw text belongs to {@link ValueReader}
   */
  public static CanonicalValue of(IndicatorKind kind, String text) {
    return find(kind, text)
        .orElseThrow(() -> new IllegalArgumentException("not a canonical " + kind.id()));
  }

  /** Like {@link #of}, but nothing for text that is not canonical; judges it only once. */
  public static Optional<CanonicalValue> find(IndicatorKind kind, String text) {
    return Grammar.holds(kind, text)
        ? Optional.of(new CanonicalValue(kind, text))
        : Optional.empty();
  }

  /** Whether {@link #of} accepts this text. */
  public static boolean isCanonical(IndicatorKind kind, String text) {
    return Grammar.holds(kind, text);
  }

  public IndicatorKind kind() {
    return kind;
  }

  public String text() {
    return text;
  }

  /**
   * The compact form that matching compares, a new array: ASCII for DOMAIN and URL; 16 bytes (IPv4
   * mapped) for ADDRESS; 16 bytes and one byte of prefix length (0 to 127, counted over all 128
   * bits) for NETWORK; the 16, 20 or 32 bytes of a FILE_HASH.
   */
  public byte[] bytes() {
    return switch (kind) {
      case DOMAIN, URL -> text.getBytes(StandardCharsets.US_ASCII);
      case ADDRESS -> Grammar.address(text, 16);
      case NETWORK -> {
        int slash = text.indexOf('/');
        byte[] out = Grammar.address(text.substring(0, slash), 17);
        int prefix = Integer.parseInt(text, slash + 1, text.length(), 10);
        out[16] = (byte) (IpAddress.isV4(out, 0) ? prefix + 96 : prefix);
        yield out;
      }
      case FILE_HASH -> HexFormat.of().parseHex(text);
    };
  }

  /**
   * The text for people: internationalised labels in Unicode when they mean exactly the same, else
   * as {@link #text}. Never write this into a list for machines.
   */
  public String display() {
    if (!text.contains("xn--")) {
      return text;
    }
    int end = kind == IndicatorKind.URL ? hostEnd() : text.length();
    StringBuilder out = new StringBuilder(text.length());
    for (String label : text.substring(0, end).split("\\.", -1)) {
      if (!out.isEmpty()) {
        out.append('.');
      }
      out.append(label.startsWith("xn--") ? unicode(label) : label);
    }
    return out.append(text, end, text.length()).toString();
  }

  private static String unicode(String label) {
    String shown = IDN.toUnicode(label, IDN.USE_STD3_ASCII_RULES);
    boolean letters =
        shown
            .codePoints()
            .allMatch(c -> c == '-' || Character.isLetterOrDigit(c) || Characters.mark(c));
    try {
      return letters && label.equals(IDN.toASCII(shown, IDN.USE_STD3_ASCII_RULES)) ? shown : label;
    } catch (IllegalArgumentException e) {
      return label; // what does not come back the same is shown as it is
    }
  }

  private int hostEnd() {
    int slash = text.indexOf('/');
    int colon = text.indexOf(':');
    return colon >= 0 && colon < slash ? colon : slash;
  }

  @Override
  public int compareTo(CanonicalValue other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CanonicalValue v && v.kind == kind && v.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode() * 31 + kind.ordinal();
  }

  @Override
  public String toString() {
    return text;
  }
}
