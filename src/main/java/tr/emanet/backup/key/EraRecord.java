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
 * @param former the password before the last change, while it still opens; null when none does
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
    String splitSet,
    @Nullable Former former) {

  /**
   * A password that was followed by another one in the same repository.
   *
   * @param check of the password
   * @param key name of its key file
   * @param since when it was followed, and by whom
   */
  record Former(String check, String key, Instant since, String by) {}

  EraRecord split(String set) {
    return new EraRecord(
        repository, number, place, made, madeBy, closed, closedBy, check, set, former);
  }

  EraRecord close(Instant when, String who) {
    return new EraRecord(
        repository, number, place, made, madeBy, when, who, check, splitSet, former);
  }

  /** The era with another password; the shares were those of the former. */
  EraRecord changed(String now, @Nullable Former before) {
    boolean same = now.equals(check);
    return new EraRecord(
        repository,
        number,
        place,
        made,
        madeBy,
        closed,
        closedBy,
        now,
        same ? splitSet : "",
        before);
  }

  /** Whether this is the check of a password that opens; during a change there are two. */
  boolean opensWith(String password) {
    return password.equals(check) || (former != null && password.equals(former.check()));
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
    if (former != null) {
      ObjectNode before = node.putObject("former");
      before.put("password_check", former.check()).put("key", former.key());
      before.put("since", former.since().toString()).put("by", former.by());
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
      JsonNode former = node.path("former");
      return new EraRecord(
          node.required("repository").asText(),
          node.required("era").intValue(),
          node.required("place").asText(),
          Instant.parse(node.required("made").asText()),
          node.path("made_by").asText(),
          closed.isTextual() ? Instant.parse(closed.asText()) : null,
          node.path("closed_by").asText(),
          node.required("password_check").asText(),
          node.path("shares").asText(),
          former.isObject()
              ? new Former(
                  former.required("password_check").asText(),
                  former.required("key").asText(),
                  Instant.parse(former.required("since").asText()),
                  former.path("by").asText())
              : null);
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      throw new KeysException(what + " is damaged; bring it back from a backup of keys/", e);
    }
  }
}
