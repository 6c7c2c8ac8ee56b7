package tr.emanet.web;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds query strings: jte escapes HTML, not URLs. One thread only. */
public final class Urls {

  private static final int MAX_PARAMETERS = 256;

  private final StringBuilder out;
  private boolean first;

  private Urls(String path) {
    this.out = new StringBuilder(path);
    this.first = path.indexOf('?') < 0;
  }

  /** Begins with a path of our own. */
  public static Urls path(String path) {
    return new Urls(path);
  }

  /** Adds a parameter; an empty value is left out. */
  public Urls with(String name, String value) {
    if (!value.isEmpty()) {
      out.append(first ? '?' : '&').append(encode(name)).append('=').append(encode(value));
      first = false;
    }
    return this;
  }

  /** Percent-encodes one value. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The parameters of an address, decoded; what is not encoded well is taken as it is. */
  public static Map<String, List<String>> parameters(String url) {
    Map<String, List<String>> out = new LinkedHashMap<>();
    int question = url.indexOf('?');
    String query = question < 0 ? "" : url.substring(question + 1);
    for (String pair : query.split("&", MAX_PARAMETERS)) {
      int equal = pair.indexOf('=');
      if (equal > 0) {
        out.computeIfAbsent(decode(pair.substring(0, equal)), name -> new ArrayList<>())
            .add(decode(pair.substring(equal + 1)));
      }
    }
    return out;
  }

  /** Undoes {@link #encode}. */
  public static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /**
   * Whether a text is a path on this server and nothing else, so that a redirect cannot leave it.
   */
  public static boolean isLocal(String text) {
    if (text.length() > 8000 || !text.startsWith("/") || text.startsWith("//")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '\\' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
