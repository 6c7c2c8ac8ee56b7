package tr.emanet.web;

import java.util.Locale;
import java.util.Optional;

/** The two languages of the screens. */
public enum Language {
  TR("tr", Locale.forLanguageTag("tr-TR")),
  EN("en", Locale.UK);

  private final String tag;
  private final Locale locale;

  Language(String tag, Locale locale) {
    this.tag = tag;
    this.locale = locale;
  }

  /** The value of the {@code lang} attribute and of the cookie. */
  public String tag() {
    return tag;
  }

  /** For collation and month names. */
  public Locale locale() {
    return locale;
  }

  /** Finds a language by its tag; empty when we do not speak it. */
  public static Optional<Language> tagged(String tag) {
    for (Language language : values()) {
      if (language.tag.equals(tag)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }

  /**
   * The best language for an {@code Accept-Language} header (RFC 9110, 12.5.4); Turkish when
   * nothing fits or the header is unreadable.
   */
  public static Language accepted(String header) {
    if (header.length() > 1000) {
      return TR;
    }
    Language best = TR;
    double bestWeight = 0;
    for (String part : header.split(",", 20)) {
      String[] pieces = part.strip().split(";", 3);
      Optional<Language> language = tagged(primary(pieces[0]));
      double weight = pieces.length > 1 ? weight(pieces[1]) : 1;
      if (language.isPresent() && weight > bestWeight) {
        best = language.get();
        bestWeight = weight;
      }
    }
    return best;
  }

  private static String primary(String range) {
    int dash = range.indexOf('-');
    return (dash < 0 ? range : range.substring(0, dash)).strip().toLowerCase(Locale.ROOT);
  }

  private static double weight(String parameter) {
    String text = parameter.strip();
    if (!text.startsWith("q=")) {
      return 1;
    }
    try {
      return Double.parseDouble(text.substring(2));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
