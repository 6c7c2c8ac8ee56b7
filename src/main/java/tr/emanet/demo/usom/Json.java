package tr.emanet.demo.usom;

import java.util.Map;

/** Writes the little JSON that the simulator needs, raw Turkish letters included. */
final class Json {

  private static final String HEX = "0123456789abcdef";

  private Json() {}

  static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** An object of texts, numbers and truth values, in the order of the map. */
  static void object(Map<String, Object> fields, StringBuilder out) {
    char separator = '{';
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      out.append(separator);
      separator = ',';
      quote(field.getKey(), out);
      out.append(':');
      if (field.getValue() instanceof String text) {
        quote(text, out);
      } else {
        out.append(field.getValue());
      }
    }
    out.append('}');
  }
}
