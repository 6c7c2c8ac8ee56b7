package tr.emanet.backup.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What {@code era.json} says about an era; nothing in it is secret.
 *
 * @param place where the repository of this era is
 * @param made when, and by whom
 * @param closed when it was followed by another era; null while it is in use
 * @param closedBy empty while it is in use
 * @param check see {@link RepositoryPassword#check}
 * @param splitSet four hexadecimal digits that the shares in force carry; empty when it was not
 *     split
 */
record EraRecord(
    String repository,
    int number,
    String place,
    Instant made,
    String madeBy,
    @Nullable Instant closed,
    String closedBy,
    String check,
    String splitSet) {

  EraRecord split(String set) {
    return new EraRecord(repository, number, place, made, madeBy, closed, closedBy, check, set);
  }

  EraRecord close(Instant when, String who) {
    return new EraRecord(repository, number, place, made, madeBy, when, who, check, splitSet);
  }

  byte[] json() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode node = mapper.createObjectNode();
    node.put("repository", repository).put("era", number).put("place", place);
    node.put("made", made.toString()).put("made_by", madeBy);
    if (closed != null) {
      node.put("closed", closed.toString()).put("closed_by", closedBy);
    }
    node.put("password_check", check);
    if (!splitSet.isEmpty()) {
      node.put("shares", splitSet);
    }
    try {
      return (mapper.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts has a JSON form", e);
    }
  }

  static EraRecord parse(byte[] json, String what) throws KeysException {
    try {
      JsonNode node = new ObjectMapper().readTree(json);
      JsonNode closed = node.path("closed");
      return new EraRecord(
          node.required("repository").asText(),
          node.required("era").intValue(),
          node.required("place").asText(),
          Instant.parse(node.required("made").asText()),
          node.path("made_by").asText(),
          closed.isTextual() ? Instant.parse(closed.asText()) : null,
          node.path("closed_by").asText(),
          node.required("password_check").asText(),
          node.path("shares").asText());
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      throw new KeysException(what + " is damaged; bring it back from a backup of keys/", e);
    }
  }
}
