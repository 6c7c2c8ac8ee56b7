package tr.emanet.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class TextsTest {

  private static Properties texts(String language) throws IOException {
    Properties out = new Properties();
    try (InputStream in =
        TextsTest.class.getResourceAsStream(
            "/tr/emanet/search/texts_" + language + ".properties")) {
      assertThat(in).isNotNull();
      if (in != null) {
        out.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      }
    }
    return out;
  }

  @Test
  void hasEveryTextInBothLanguages() throws IOException {
    Properties turkish = texts("tr");
    Properties english = texts("en");

    assertThat(turkish.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (SearchRefused.Reason reason : SearchRefused.Reason.values()) {
      assertThat(turkish).containsKey("search.refused." + reason.name());
    }
    for (Properties texts : new Properties[] {turkish, english}) {
      for (String key : texts.stringPropertyNames()) {
        assertThat(new MessageFormat(texts.getProperty(key), Locale.ROOT).getFormats())
            .as(key)
            .hasSizeLessThanOrEqualTo(3);
      }
    }
  }
}
