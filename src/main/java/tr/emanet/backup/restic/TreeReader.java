package tr.emanet.backup.restic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;

/**
 * Reads the JSON of a tree. A name that is empty, {@code .}, {@code ..}, holds a slash or a NUL, or
 * does not follow the one before it is refused: whoever restores may trust names.
 */
final class TreeReader {

  private static final JsonFactory JSON = new JsonFactory();

  private final String what;
  private String name = "";
  private @Nullable NodeType type;
  private Instant modified = Instant.EPOCH;
  private Instant changed = Instant.EPOCH;
  private String user = "";
  private String group = "";
  private byte @Nullable [] link;
  private @Nullable Id subtree;
  private List<Id> content = List.of();
  private List<Node.Attribute> attributes = List.of();
  private final long[] numbers = new long[Numeric.values().length];

  private enum Numeric {
    MODE,
    UID,
    GID,
    INODE,
    DEVICE_ID,
    SIZE,
    LINKS,
    DEVICE
  }

  private TreeReader(String what) {
    this.what = what;
  }

  /** The nodes, sorted by the bytes of their names. */
  static List<Node> decode(byte[] bytes, Id tree) throws IOException {
    String what = "tree " + tree;
    List<Node> nodes = new ArrayList<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BackupException(what + " is no JSON of a tree");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = json.currentName().equals("nodes");
        JsonToken value = json.nextToken();
        if (!wanted || value != JsonToken.START_ARRAY) {
          json.skipChildren();
          continue;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
          Node node = new TreeReader(what).read(json);
          byte[] last = nodes.isEmpty() ? new byte[0] : nodes.getLast().name();
          if (Arrays.compareUnsigned(last, node.name()) >= 0) {
            throw new BackupException(what + " has names that are not in order");
          }
          nodes.add(node);
        }
      }
    } catch (JsonProcessingException e) {
      throw new BackupException(what + " is no JSON of a tree", e);
    }
    return nodes;
  }

  private Node read(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      field(field, json);
    }
    byte[] bytes = GoQuote.unquote(name, what);
    if (!safe(bytes)) {
      throw new BackupException(what + " has the name '" + name + "', which no file may have");
    }
    NodeType known = type;
    if (known == null
        || (known == NodeType.DIR) != (subtree != null)
        || (known == NodeType.SYMLINK) != (link != null)) {
      throw new BackupException(what + ", entry '" + name + "', has no type or does not fit it");
    }
    Node.Facts facts =
        new Node.Facts(
            number(Numeric.MODE),
            modified,
            changed,
            new Node.Owner(number(Numeric.UID), number(Numeric.GID), user, group),
            new Node.Place(
                number(Numeric.INODE),
                number(Numeric.DEVICE_ID),
                number(Numeric.LINKS),
                number(Numeric.DEVICE)),
            number(Numeric.SIZE),
            attributes);
    return new Node(bytes, known, facts, content, subtree, link);
  }

  private static boolean safe(byte[] name) {
    for (byte b : name) {
      if (b == 0 || b == '/') {
        return false;
      }
    }
    return name.length > 0
        && name.length <= 255
        && !(name[0] == '.' && (name.length == 1 || name.length == 2 && name[1] == '.'));
  }

  private long number(Numeric number) {
    return numbers[number.ordinal()];
  }

  private void field(String field, JsonParser json) throws IOException {
    switch (field) {
      case "name" -> name = json.getText();
      case "type" -> type = NodeType.of(json.getText());
      case "mtime" -> modified = time(json.getText());
      case "ctime" -> changed = time(json.getText());
      case "user" -> user = json.getText();
      case "group" -> group = json.getText();
      case "linktarget" -> {
        if (link == null) {
          link = json.getText().getBytes(StandardCharsets.UTF_8);
        }
      }
      case "linktarget_raw" -> link = json.getBinaryValue();
      case "subtree" ->
          subtree = json.currentToken() == JsonToken.VALUE_NULL ? null : Id.parse(json.getText());
      case "content" -> content = ids(json);
      case "extended_attributes" -> attributes = attributes(json);
      case "mode" -> number(Numeric.MODE, json);
      case "uid" -> number(Numeric.UID, json);
      case "gid" -> number(Numeric.GID, json);
      case "inode" -> number(Numeric.INODE, json);
      case "device_id" -> number(Numeric.DEVICE_ID, json);
      case "size" -> number(Numeric.SIZE, json);
      case "links" -> number(Numeric.LINKS, json);
      case "device" -> number(Numeric.DEVICE, json);
      default -> json.skipChildren();
    }
  }

  private void number(Numeric number, JsonParser json) throws IOException {
    // Inodes of some file systems use the highest bit.
    numbers[number.ordinal()] =
        json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
            ? json.getBigIntegerValue().longValue()
            : json.getLongValue();
  }

  private Instant time(String text) throws BackupException {
    Instant plain = Timestamps.parse(text);
    if (plain != null) {
      return plain;
    }
    try {
      return text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new BackupException(what + ", entry '" + name + "', has no time: " + text, e);
    }
  }

  private static List<Id> ids(JsonParser json) throws IOException {
    List<Id> ids = new ArrayList<>();
    if (json.currentToken() == JsonToken.START_ARRAY) {
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        ids.add(Id.parse(json.getText()));
      }
    }
    return ids;
  }

  private static List<Node.Attribute> attributes(JsonParser json) throws IOException {
    List<Node.Attribute> found = new ArrayList<>();
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return found;
    }
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String name = "";
      byte[] value = new byte[0];
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken token = json.nextToken();
        if (field.equals("name")) {
          name = json.getText();
        } else if (field.equals("value") && token != JsonToken.VALUE_NULL) {
          value = json.getBinaryValue();
        } else {
          json.skipChildren();
        }
      }
      found.add(new Node.Attribute(name, value));
    }
    return found;
  }
}
