package tr.emanet.backup.seal;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.TreeSet;
import tr.emanet.backup.BackupException;

/**
 * JSON with exactly one form of each value (RFC 8785 for objects, lists, texts and whole numbers):
 * keys sorted, no white space, only the escapes that must be. Any thread.
 */
final class CanonicalJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CanonicalJson() {}

  static byte[] encode(JsonNode node) {
    StringBuilder text = new StringBuilder(1024);
    write(node, text);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads one value.
   *
   * @throws BackupException when the bytes are not its one form
   */
  static JsonNode parse(byte[] bytes) throws BackupException {
    JsonNode node;
    try {
      node = MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new BackupException("is no JSON", e);
    }
    try {
      if (node == null || !Arrays.equals(encode(node), bytes)) {
        throw new BackupException("is not canonical JSON");
      }
    } catch (IllegalArgumentException e) {
      throw new BackupException("is not canonical JSON", e);
    }
    return node;
  }

  private static void write(JsonNode node, StringBuilder text) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        TreeSet<String> keys = new TreeSet<>();
        node.fieldNames().forEachRemaining(keys::add);
        char before = '{';
        for (String key : keys) {
          quote(key, text.append(before));
          write(node.path(key), text.append(':'));
          before = ',';
        }
        text.append(before == '{' ? "{}" : "}");
      }
      case ARRAY -> {
        text.append('[');
        for (Iterator<JsonNode> each = node.elements(); each.hasNext(); ) {
          write(each.next(), text);
          text.append(each.hasNext() ? "," : "");
        }
        text.append(']');
      }
      case STRING -> quote(node.textValue(), text);
      case NUMBER -> {
        if (!node.canConvertToLong() || !node.isIntegralNumber()) {
          throw new IllegalArgumentException("a number that is not whole");
        }
        text.append(node.longValue());
      }
      case BOOLEAN, NULL, BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("a value of another type");
    }
  }

  private static void quote(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int escape = "\"\\\b\f\n\r\t".indexOf(c);
      if (escape >= 0) {
        text.append('\\').append("\"\\bfnrt".charAt(escape));
      } else if (c < 0x20) {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
