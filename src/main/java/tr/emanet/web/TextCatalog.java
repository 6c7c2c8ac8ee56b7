package tr.emanet.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * All texts of the screens: for each feature {@code
 * tr/emanet/<feature>/texts_<language>.properties} in UTF-8. Read once at start, immutable
 * afterwards.
 */
public final class TextCatalog {

  private final Map<Language, Texts> texts = new EnumMap<>(Language.class);

  /**
   * Reads the bundles.
   *
   * @param features folders below {@code tr/emanet}, such as {@code web} or {@code search/screen};
   *     a later one may not repeat a key
   * @param zone the zone in which times are shown
   */
  public TextCatalog(List<String> features, ZoneId zone) {
    for (Language language : Language.values()) {
      Map<String, String> all = new HashMap<>();
      for (String feature : features) {
        for (Map.Entry<Object, Object> e : read(feature, language).entrySet()) {
          if (all.put(e.getKey().toString(), e.getValue().toString()) != null) {
            throw new IllegalStateException("text key '" + e.getKey() + "' is defined twice");
          }
        }
      }
      texts.put(language, new Texts(language, all, new Formats(language, zone)));
    }
  }

  /** The texts of one language. */
  public Texts in(Language language) {
    Texts found = texts.get(language);
    if (found == null) {
      throw new IllegalStateException("no texts for " + language);
    }
    return found;
  }

  private static Properties read(String feature, Language language) {
    String name = "/tr/emanet/" + feature + "/texts_" + language.tag() + ".properties";
    Properties properties = new Properties();
    try (InputStream in = TextCatalog.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("text bundle " + name + " is missing");
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("text bundle " + name + " cannot be read", e);
    }
    return properties;
  }
}
