package tr.emanet.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class TextsTest {

  private static Properties texts(String language) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            IntakeStatus.class.getResourceAsStream("texts_" + language + ".properties"))) {
      Properties out = new Properties();
      out.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return out;
    }
  }

  @Test
  void explainsEveryReasonInBothLanguages() throws IOException {
    for (String language : new String[] {"tr", "en"}) {
      Properties texts = texts(language);
      for (DropReason reason : DropReason.values()) {
        assertThat(texts).containsKey(reason.textKey());
      }
      for (RefusalReason reason : RefusalReason.values()) {
        assertThat(texts).containsKey(reason.textKey());
      }
    }
    assertThat(texts("tr").keySet()).isEqualTo(texts("en").keySet());
  }
}
