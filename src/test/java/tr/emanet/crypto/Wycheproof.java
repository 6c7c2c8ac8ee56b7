package tr.emanet.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Runs the files of Project Wycheproof; without the data the tests are skipped. */
final class Wycheproof {

  private Wycheproof() {}

  /** One way to compute what a vector asks for. */
  interface Way {
    /** Whether the vector is accepted. An exception means no. */
    boolean accepts(JsonNode group, JsonNode test) throws GeneralSecurityException;
  }

  /**
   * Every vector of the file, in every way.
   *
   * @return what went wrong; empty when all is well
   */
  static List<String> run(String file, Way... ways) throws IOException {
    String elsewhere = System.getProperty("emanet.data", System.getenv("EMANET_DATA"));
    Path data = Path.of(elsewhere == null ? "../shared/data" : elsewhere);
    Path path = data.resolve("crypto").resolve(file);
    Assumptions.assumeTrue(
        Files.isReadable(path), "SKIP: test data " + path + " is missing; set EMANET_DATA");
    List<String> wrong = new ArrayList<>();
    int seen = 0;
    JsonNode all = new ObjectMapper().readTree(path.toFile());
    for (JsonNode group : all.get("testGroups")) {
      for (JsonNode test : group.get("tests")) {
        seen++;
        for (int way = 0; way < ways.length; way++) {
          check(group, test, way, ways[way], wrong);
        }
      }
    }
    if (seen == 0 || seen != all.get("numberOfTests").asInt()) {
      wrong.add("only " + seen + " vectors were there");
    }
    return wrong;
  }

  private static void check(
      JsonNode group, JsonNode test, int number, Way way, List<String> wrong) {
    boolean accepted;
    try {
      accepted = way.accepts(group, test);
    } catch (GeneralSecurityException | RuntimeException e) {
      // Providers refuse malformed input with exceptions of all kinds.
      accepted = false;
    }
    String result = test.get("result").asText();
    if (!result.equals("acceptable") && accepted != result.equals("valid")) {
      wrong.add(
          "way " + number + ", " + test.get("tcId") + " " + test.get("comment") + ": is " + result);
    }
  }

  static byte[] hex(JsonNode node, String field) {
    return HexFormat.of().parseHex(node.get(field).asText());
  }
}
