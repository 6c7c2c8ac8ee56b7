package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTreeTest {

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void readsWhatAnObjectMapperReads() throws Exception {
    for (String text :
        List.of(
            "{\"a\":1,\"b\":[true,false,null,-5000000000,\"\\u011f\\n"
                + "\"],\"c\":{\"d\":2.5,\"a\":{}}}",
            "{\"a\":1,\"a\":2}",
            "{\"n\":123456789012345678901234567890}",
            "[]",
            "\"text\"",
            "7 8",
            "")) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

      assertThat(JsonTree.read(bytes)).as(text).isEqualTo(mapper.readTree(bytes));
    }
  }

  @Test
  void writesWhatAnObjectMapperWrites() throws Exception {
    ObjectNode node = mapper.createObjectNode();
    node.put("text", "İğdır \"\\\u0001").put("number", -5).put("long", 1L << 40);
    node.put("bytes", new byte[] {1, 2, -3, 4}).put("yes", true).putNull("none");
    node.putArray("list").add(1).add("two").addObject().put("x", 2.5);

    assertThat(JsonTree.bytes(node)).isEqualTo(mapper.writeValueAsBytes(node));
  }

  @Test
  void refusesWhatIsCutOrNoJsonOrNestedTooDeeply() {
    for (String text : List.of("{\"a\":1", "[1,", "{\"a\"}", "nope", "[".repeat(2000))) {
      assertThatThrownBy(() -> JsonTree.read(text.getBytes(StandardCharsets.UTF_8)))
          .as(text.substring(0, Math.min(9, text.length())))
          .isInstanceOf(IOException.class);
    }
  }
}
