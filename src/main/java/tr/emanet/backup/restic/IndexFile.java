package tr.emanet.backup.restic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tr.emanet.backup.BackupException;

/** The JSON of an index file: which blobs lie where in which packs. */
final class IndexFile {

  /** How many blobs one file lists at most, like restic. */
  static final int MAX_BLOBS = 50_000;

  private static final JsonFactory JSON = new JsonFactory();

  private IndexFile() {}

  /** Takes the blobs of one pack. */
  interface Packs {

    void pack(Id pack, List<Pack.Entry> blobs) throws IOException;
  }

  static byte[] encode(Map<Id, List<Pack.Entry>> packs) {
    StringBuilder json = new StringBuilder(1 << 16);
    json.append("{\"packs\":[");
    String comma = "";
    for (Map.Entry<Id, List<Pack.Entry>> pack : packs.entrySet()) {
      json.append(comma).append("{\"id\":\"").append(pack.getKey().hex()).append("\",\"blobs\":[");
      comma = ",";
      String inner = "";
      for (Pack.Entry blob : pack.getValue()) {
        json.append(inner).append("{\"id\":\"").append(blob.id().hex());
        json.append("\",\"type\":\"").append(blob.type().word());
        json.append("\",\"offset\":").append(blob.offset());
        json.append(",\"length\":").append(blob.length());
        if (blob.plain() > 0) {
          json.append(",\"uncompressed_length\":").append(blob.plain());
        }
        json.append('}');
        inner = ",";
      }
      json.append("]}");
    }
    return json.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Hands out every pack in a file. */
  static void decode(byte[] bytes, String what, Packs packs) throws IOException {
    try (JsonParser json = JSON.createParser(bytes)) {
      expect(json.nextToken(), JsonToken.START_OBJECT, what);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (!field.equals("packs") || value == JsonToken.VALUE_NULL) {
          json.skipChildren();
          continue;
        }
        expect(value, JsonToken.START_ARRAY, what);
        while (json.nextToken() == JsonToken.START_OBJECT) {
          pack(json, what, packs);
        }
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new BackupException(what + " is damaged: it is no JSON of an index", e);
    }
  }

  private static void pack(JsonParser json, String what, Packs packs) throws IOException {
    Id id = null;
    List<Pack.Entry> blobs = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = Id.parse(json.getText());
        case "blobs" -> {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            blobs.add(blob(json, what));
          }
        }
        default -> json.skipChildren();
      }
    }
    if (id == null) {
      throw new BackupException(what + " lists a pack without an id");
    }
    packs.pack(id, blobs);
  }

  private static Pack.Entry blob(JsonParser json, String what) throws IOException {
    Id id = null;
    BlobType type = null;
    int offset = -1;
    int length = -1;
    int plain = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> id = Id.parse(json.getText());
        case "type" -> type = json.getText().equals("tree") ? BlobType.TREE : BlobType.DATA;
        case "offset" -> offset = json.getIntValue();
        case "length" -> length = json.getIntValue();
        // rustic writes null for a blob that is not compressed.
        case "uncompressed_length" ->
            plain = json.currentToken() == JsonToken.VALUE_NULL ? 0 : json.getIntValue();
        default -> json.skipChildren();
      }
    }
    if (id == null || type == null || offset < 0 || length < Sealer.OVERHEAD || plain < 0) {
      throw new BackupException(what + " lists a blob without id, type or place");
    }
    return new Pack.Entry(id, type, offset, length, plain);
  }

  private static void expect(JsonToken found, JsonToken wanted, String what)
      throws BackupException {
    if (found != wanted) {
      throw new BackupException(what + " is damaged: it is no JSON of an index");
    }
  }
}
