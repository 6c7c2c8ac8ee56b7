package tr.emanet.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tr.emanet.event.EventRecord;

/**
 * Odd forms that senders use, as a golden table: {@code odd-forms.in} holds a message a line,
 * {@code odd-forms.expected} the same with all fields found. Received at 2026-10-12T09:00:00Z.
 * {@code -Dgolden.write=true} writes the expected file anew.
 */
class OddFormsTest {

  @Test
  void readsEveryOddFormAsBefore() throws IOException {
    Lines lines = new Lines();
    List<String> found = new ArrayList<>();

    for (String line : resource("odd-forms.in").lines().toList()) {
      String input = line.replace("\\u0000", "\0").replace("\\n", "\n");
      EventRecord e = lines.parse(input);
      found.add("> " + line);
      found.add("  @timestamp: " + EcsJson.iso(e.timestampMillis()));
      e.fields()
          .forEach(
              (name, value) -> {
                if (!name.equals("emanet.listener") && !name.equals("emanet.source.ip")) {
                  found.add("  " + name + ": " + value);
                }
              });
    }

    if (Boolean.getBoolean("golden.write")) {
      Files.write(Path.of("src/test/resources/tr/emanet/parse/odd-forms.expected"), found);
    }
    assertThat(found).containsExactlyElementsOf(resource("odd-forms.expected").lines().toList());
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(OddFormsTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
