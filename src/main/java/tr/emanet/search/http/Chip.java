package tr.emanet.search.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.event.IpAddress;
import tr.emanet.search.Query;

/**
 * One filter beside the query box, written {@code [~][!]field:value|value} in the URL, with a
 * backslash before {@code |} and {@code \} inside a value.
 *
 * @param exclude whether matching events are taken away
 * @param off whether it is only kept, not applied
 * @param field ECS name or an extra's name
 * @param values one, or several for "one of these"; {@code *} alone means any value
 */
public record Chip(boolean exclude, boolean off, String field, List<String> values) {

  static final int MAX_VALUES = 64;
  static final int MAX_LENGTH = 8192;
  private static final Pattern FIELD =
      Pattern.compile("[\\p{L}\\p{N}@_][\\p{L}\\p{N}@_.\\-]{0,127}");

  public Chip {
    values = List.copyOf(values);
    if (values.isEmpty() || values.size() > MAX_VALUES) {
      throw new IllegalArgumentException("chip of " + field + " has " + values.size() + " values");
    }
  }

  /** Whether a text can be the name of a field. */
  static boolean isField(String text) {
    return FIELD.matcher(text).matches();
  }

  /** Reads the URL form; empty when it is none. */
  static Optional<Chip> parse(String text) {
    int at = 0;
    boolean off = text.startsWith("~");
    at += off ? 1 : 0;
    boolean exclude = text.startsWith("!", at);
    at += exclude ? 1 : 0;
    int colon = text.indexOf(':', at);
    if (colon < 0 || text.length() > MAX_LENGTH || !isField(text.substring(at, colon))) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    for (int i = colon + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        value.append(text.charAt(++i));
      } else if (c == '|') {
        values.add(value.toString());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(value.toString());
    values.removeIf(String::isEmpty);
    if (values.isEmpty() || values.size() > MAX_VALUES) {
      return Optional.empty();
    }
    return Optional.of(new Chip(exclude, off, text.substring(at, colon), values));
  }

  /** The URL form. */
  public String encoded() {
    StringBuilder out = new StringBuilder();
    out.append(off ? "~" : "").append(exclude ? "!" : "").append(field).append(':');
    for (int i = 0; i < values.size(); i++) {
      out.append(i == 0 ? "" : "|");
      out.append(values.get(i).replace("\\", "\\\\").replace("|", "\\|"));
    }
    return out.toString();
  }

  Chip switched() {
    return new Chip(exclude, !off, field, values);
  }

  /** The part of the query tree it stands for. */
  Query query() {
    List<Query> parts = values.stream().map(this::one).toList();
    Query any = parts.size() == 1 ? parts.getFirst() : new Query.Or(parts);
    return exclude ? new Query.Not(any) : any;
  }

  private Query one(String value) {
    if (value.equals("*")) {
      return new Query.FieldExists(field);
    }
    boolean address = Field.named(field).map(f -> f.type() == FieldType.IP).orElse(false);
    int slash = value.lastIndexOf('/');
    if (address && slash > 0) {
      Optional<Query> net = net(value.substring(0, slash), value.substring(slash + 1));
      if (net.isPresent()) {
        return net.get();
      }
    }
    return new Query.FieldIs(field, value);
  }

  private Optional<Query> net(String address, String prefix) {
    byte[] base = IpAddress.parse(address);
    if (base == null || !prefix.matches("\\d{1,3}")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(prefix) + (IpAddress.isV4(base, 0) ? 96 : 0);
    if (bits > 128) {
      return Optional.empty();
    }
    byte[] low = base.clone();
    byte[] high = base.clone();
    for (int bit = bits; bit < 128; bit++) {
      int mask = 0x80 >> (bit & 7);
      low[bit >> 3] &= (byte) ~mask;
      high[bit >> 3] |= (byte) mask;
    }
    return Optional.of(new Query.FieldNet(field, low, high));
  }

  /** Splits what a person typed for "one of these" at commas. */
  static List<String> split(String typed) {
    return Arrays.stream(typed.split(",", MAX_VALUES))
        .map(String::strip)
        .filter(v -> !v.isEmpty())
        .toList();
  }
}
