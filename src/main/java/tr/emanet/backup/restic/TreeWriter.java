package tr.emanet.backup.restic;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The JSON of a tree, field for field as restic writes it, so that equal trees are equal blobs. */
final class TreeWriter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private TreeWriter() {}

  /** The nodes are sorted by the bytes of their names. */
  static byte[] encode(List<Node> nodes) {
    StringBuilder json = new StringBuilder(64 + nodes.size() * 512);
    json.append("{\"nodes\":[");
    String comma = "";
    for (Node node : nodes) {
      json.append(comma);
      node(node, json);
      comma = ",";
    }
    return json.append("]}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void node(Node node, StringBuilder json) {
    Node.Facts facts = node.facts();
    json.append("{\"name\":");
    string(GoQuote.quote(node.name()), json);
    json.append(",\"type\":\"").append(node.type().word()).append('"');
    number("mode", facts.mode(), json);
    // Access times change with every backup and would make each tree a new one; as restic does.
    time("mtime", facts.modified(), json);
    time("atime", facts.modified(), json);
    time("ctime", facts.changed(), json);
    json.append(",\"uid\":").append(facts.owner().uid());
    json.append(",\"gid\":").append(facts.owner().gid());
    text("user", facts.owner().user(), json);
    text("group", facts.owner().group(), json);
    number("inode", facts.place().inode(), json);
    number("device_id", facts.place().fileSystem(), json);
    number("size", facts.size(), json);
    number("links", facts.place().links(), json);
    link(node.link(), json);
    attributes(facts.attributes(), json);
    number("device", facts.place().device(), json);
    content(node, json);
    if (node.subtree() != null) {
      json.append(",\"subtree\":\"").append(node.subtree().hex()).append('"');
    }
    json.append('}');
  }

  private static void content(Node node, StringBuilder json) {
    if (node.type() != NodeType.FILE) {
      json.append(",\"content\":null");
      return;
    }
    json.append(",\"content\":[");
    String comma = "";
    for (Id id : node.content()) {
      json.append(comma).append('"').append(id.hex()).append('"');
      comma = ",";
    }
    json.append(']');
  }

  private static void link(byte @Nullable [] link, StringBuilder json) {
    if (link == null) {
      return;
    }
    text("linktarget", new String(link, StandardCharsets.UTF_8), json);
    if (!GoQuote.utf8(link)) {
      json.append(",\"linktarget_raw\":\"")
          .append(Base64.getEncoder().encodeToString(link))
          .append('"');
    }
  }

  private static void attributes(List<Node.Attribute> attributes, StringBuilder json) {
    if (attributes.isEmpty()) {
      return;
    }
    json.append(",\"extended_attributes\":[");
    String comma = "";
    for (Node.Attribute attribute : attributes) {
      json.append(comma).append("{\"name\":");
      string(attribute.name(), json);
      json.append(",\"value\":\"")
          .append(Base64.getEncoder().encodeToString(attribute.value()))
          .append("\"}");
      comma = ",";
    }
    json.append(']');
  }

  private static void number(String field, long value, StringBuilder json) {
    if (value != 0) {
      json.append(",\"").append(field).append("\":").append(Long.toUnsignedString(value));
    }
  }

  private static void text(String field, String value, StringBuilder json) {
    if (!value.isEmpty()) {
      json.append(",\"").append(field).append("\":");
      string(value, json);
    }
  }

  private static void time(String field, Instant time, StringBuilder json) {
    json.append(",\"").append(field).append("\":\"").append(timeText(time)).append('"');
  }

  /** RFC 3339 with the digits of the second that are not zero, like Go's RFC3339Nano. */
  static String timeText(Instant time) {
    StringBuilder text = new StringBuilder(32);
    TIME.formatTo(time, text);
    int nanos = time.get(ChronoField.NANO_OF_SECOND);
    if (nanos > 0) {
      String digits = Integer.toString(1_000_000_000 + nanos);
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      text.append('.').append(digits, 1, end);
    }
    return text.append('Z').toString();
  }

  /** A JSON string as Go's encoder writes it. */
  static void string(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
        switch (c) {
          case '\n' -> json.append("\\n");
          case '\r' -> json.append("\\r");
          case '\t' -> json.append("\\t");
          default -> {
            String hex = Integer.toHexString(c);
            json.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
          }
        }
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
