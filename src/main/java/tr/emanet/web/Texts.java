package tr.emanet.web;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one language. {@code {0}} to {@code {9}} in a text are replaced by the arguments;
 * numbers take the form of the language. An apostrophe is an apostrophe: there is no quoting.
 * Immutable.
 */
public final class Texts {

  private final Language language;
  private final Map<String, String> texts;
  private final Formats formats;

  Texts(Language language, Map<String, String> texts, Formats formats) {
    this.language = language;
    this.texts = Map.copyOf(texts);
    this.formats = formats;
  }

  public Language language() {
    return language;
  }

  /** Numbers, dates and spans in this language. */
  public Formats formats() {
    return formats;
  }

  public boolean has(String key) {
    return texts.containsKey(key);
  }

  /** Every key, for tests that compare the languages. */
  public Set<String> keys() {
    return texts.keySet();
  }

  /** A text with its arguments filled in; the key itself when there is no such text. */
  public String get(String key, @Nullable Object... arguments) {
    String text = texts.get(key);
    if (text == null) {
      return key;
    }
    return arguments.length == 0 ? text : fill(text, arguments);
  }

  /** A text that counts: uses {@code key.one} for exactly one, where the language has it. */
  public String count(String key, long n, @Nullable Object... more) {
    @Nullable Object[] all = new Object[more.length + 1];
    all[0] = n;
    System.arraycopy(more, 0, all, 1, more.length);
    return get(n == 1 && has(key + ".one") ? key + ".one" : key, all);
  }

  private String fill(String text, @Nullable Object[] arguments) {
    StringBuilder out = new StringBuilder(text.length() + 32);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' && i + 2 < text.length() && text.charAt(i + 2) == '}') {
        int at = text.charAt(i + 1) - '0';
        if (at >= 0 && at < arguments.length) {
          out.append(form(arguments[at]));
          i += 2;
          continue;
        }
      }
      out.append(c);
    }
    return out.toString();
  }

  private String form(@Nullable Object argument) {
    return switch (argument) {
      case null -> "";
      case Integer n -> formats.number(n);
      case Long n -> formats.number(n);
      case Object o -> o.toString();
    };
  }
}
