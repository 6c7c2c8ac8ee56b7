package tr.emanet.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Repairs with {@code mvn test -Dtest=FormatTest -Dformat.write=true}. */
class FormatTest {

  @Test
  void everySourceFileIsFormatted() throws IOException, FormatterException {
    boolean write = Boolean.getBoolean("format.write");
    List<Path> wrong = new ArrayList<>();
    List<Path> all = new ArrayList<>(Sources.java("src/main/java"));
    all.addAll(Sources.java("src/test/java"));

    for (Path path : all) {
      String before = Sources.read(path);
      String after = new Formatter().formatSourceAndFixImports(before);
      if (!after.equals(before)) {
        wrong.add(Sources.ROOT.relativize(path));
        if (write) {
          Files.writeString(path, after);
        }
      }
    }

    assertThat(write ? List.of() : wrong)
        .as("run mvn test -Dtest=FormatTest -Dformat.write=true")
        .isEmpty();
  }
}
