package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexFileTest {

  @Test
  void readsANullWhereABlobIsNotCompressed() throws Exception {
    String id = "0123456789abcdef".repeat(4);
    String json =
        "{\"packs\":[{\"id\":\""
            + id
            + "\",\"blobs\":[{\"id\":\""
            + id
            + "\",\"type\":\"data\",\"offset\":0,\"length\":40,\"uncompressed_length\":null}]}],"
            + "\"packs_to_delete\":[]}";
    List<Pack.Entry> found = new ArrayList<>();

    IndexFile.decode(
        json.getBytes(StandardCharsets.UTF_8), "index", (pack, blobs) -> found.addAll(blobs));

    assertThat(found).singleElement().extracting(Pack.Entry::plain).isEqualTo(0);
  }
}
