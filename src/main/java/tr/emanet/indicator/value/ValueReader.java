package tr.emanet.indicator.value;

import org.jspecify.annotations.Nullable;
import tr.emanet.event.HostText;

/**
 * Makes a canonical value of what a feed, a file or a person wrote. Pure functions; work is bounded
 * by {@link #MAX_RAW}.
 *
 * <p>The declared kind is only a hint: feeds call addresses domains and the reverse. It decides
 * where the text alone leaves a choice: {@code 192.0.2.0/24} is a network unless declared a URL,
 * {@code evil.example/} is the front page unless declared a domain. Without a declaration a value
 * with scheme, slash or port is a URL, which never matches its whole host.
 */
public final class ValueReader {

  /** Longest raw text in UTF-16 units, before anything is looked at. */
  public static final int MAX_RAW = 4096;

  private ValueReader() {}

  /** Reads an indicator; besides bad form also what is {@link Refusal#TOO_BROAD} is refused. */
  public static Reading indicator(@Nullable IndicatorKind declared, String raw) {
    Reading reading = value(declared, raw);
    return reading instanceof CanonicalValue value && Breadth.tooBroad(value)
        ? new Refused(Refusal.TOO_BROAD, value.kind().id())
        : reading;
  }

  /**
   * The name that an observed host in any script has in punycode and lower case; null when it has
   * none. Not checked against any grammar: only for comparing.
   */
  public static @Nullable String asciiHost(String observed) {
    return HostText.ascii(observed);
  }

  /** Reads a value of any breadth, for lists of what must never be blocked. */
  public static Reading value(@Nullable IndicatorKind declared, String raw) {
    if (raw.length() > MAX_RAW) {
      return new Refused(Refusal.TOO_LONG, raw.length() + " characters");
    }
    String text = strip(raw);
    if (text.isEmpty()) {
      return Refused.because(Refusal.EMPTY);
    }
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (Characters.forbidden(c)) {
        return new Refused(Refusal.CHARACTER, "U+" + Integer.toHexString(c) + " at " + i);
      }
      i += Character.charCount(c);
    }
    return plain(declared, Defanging.undo(text));
  }

  /** Without the blanks and line ends that lists have around values; only those of ASCII. */
  private static String strip(String raw) {
    int from = 0;
    int to = raw.length();
    while (from < to && blank(raw.charAt(from))) {
      from++;
    }
    while (to > from && blank(raw.charAt(to - 1))) {
      to--;
    }
    return raw.substring(from, to);
  }

  private static boolean blank(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static Reading plain(@Nullable IndicatorKind declared, String text) {
    if (declared == IndicatorKind.FILE_HASH || declared != IndicatorKind.URL && hashLike(text)) {
      String lower = Characters.lowerAscii(text);
      return CanonicalValue.isCanonical(IndicatorKind.FILE_HASH, lower)
          ? CanonicalValue.of(IndicatorKind.FILE_HASH, lower)
          : Refused.because(Refusal.HASH_FORM);
    }
    int scheme = text.indexOf("://");
    if (scheme >= 0 && schemeName(text, scheme)) {
      String name = Characters.lowerAscii(text.substring(0, scheme));
      return switch (name) {
        case "http", "https", "ftp", "ftps", "ws", "wss" ->
            located(declared, text.substring(scheme + 3), true);
        default -> Refused.because(Refusal.SCHEME);
      };
    }
    if (text.startsWith("//")) {
      return located(declared, text.substring(2), true);
    }
    if (declared != IndicatorKind.URL && declared != IndicatorKind.DOMAIN) {
      Reading network = network(declared, text);
      if (network != null) {
        return network;
      }
    }
    return located(declared, text, false);
  }

  private static boolean schemeName(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (!Characters.lower(c | 0x20) && (i == 0 || !Characters.digit(c) && "+.-".indexOf(c) < 0)) {
        return false;
      }
    }
    return end > 0;
  }

  private static boolean hashLike(String text) {
    return CanonicalValue.isCanonical(IndicatorKind.FILE_HASH, Characters.lowerAscii(text));
  }

  /**
   * {@code address/prefix}; null when it is something else. Lists hold {@code 192.0.2.1/31337},
   * which is a path: only a declared network is refused for its form.
   */
  private static @Nullable Reading network(@Nullable IndicatorKind declared, String text) {
    boolean must = declared == IndicatorKind.NETWORK;
    int slash = text.indexOf('/');
    if (slash < 0 || !(HostReader.host(text.substring(0, slash)) instanceof CanonicalValue base)) {
      return must && slash >= 0 ? Refused.because(Refusal.ADDRESS_FORM) : null;
    }
    if (base.kind() != IndicatorKind.ADDRESS) {
      return must ? Refused.because(Refusal.ADDRESS_FORM) : null;
    }
    boolean v4 = base.text().indexOf(':') < 0;
    boolean mapped = v4 && text.indexOf(':') >= 0;
    int prefix = Grammar.number(text, slash + 1, text.length(), v4 && !mapped ? 32 : 128);
    if (mapped) {
      prefix = prefix < 96 ? -1 : prefix - 96;
    }
    if (prefix < 0) {
      return must ? Refused.because(Refusal.PREFIX_FORM) : null;
    }
    if (prefix == (v4 ? 32 : 128)) {
      return base;
    }
    if (Grammar.hostBits(base.bytes(), v4 ? prefix + 96 : prefix)) {
      return must || !v4 ? Refused.because(Refusal.HOST_BITS) : null;
    }
    return CanonicalValue.of(IndicatorKind.NETWORK, base.text() + "/" + prefix);
  }

  /** {@code [user@]host[:port][/path][?query][#fragment]}. */
  private static Reading located(@Nullable IndicatorKind declared, String text, boolean scheme) {
    int end = 0;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String authority = text.substring(text.lastIndexOf('@', Math.max(0, end - 1)) + 1, end);
    int colon = portColon(authority);
    String hostText = colon < 0 ? authority : authority.substring(0, colon);
    Reading host = HostReader.host(wildcardless(declared, hostText));
    if (!(host instanceof CanonicalValue name)) {
      return host;
    }
    int port = 0;
    if (colon >= 0 && colon + 1 < authority.length()) {
      port = Grammar.number(authority, colon + 1, authority.length(), 65535);
      if (port < 1) {
        return Refused.because(Refusal.PORT);
      }
    }
    String rest = UrlText.normal(text, end);
    boolean bare = rest.equals("/");
    boolean site = declared == IndicatorKind.DOMAIN && port == 0;
    boolean machine = declared == IndicatorKind.ADDRESS && name.kind() == IndicatorKind.ADDRESS;
    boolean undecided =
        declared != IndicatorKind.URL && !scheme && port == 0 && end == text.length();
    if (bare && (site || machine || undecided)) {
      return name;
    }
    return url(name, port, rest, text, end);
  }

  private static Reading url(CanonicalValue host, int port, String rest, String text, int end) {
    for (int i = end; i < text.length(); i++) {
      if (Characters.illegalInUrl(text.charAt(i))) {
        return new Refused(Refusal.CHARACTER, "in the path at " + (i - end));
      }
    }
    String name = host.text().indexOf(':') >= 0 ? "[" + host.text() + "]" : host.text();
    String url = name + (port == 0 || port == 80 || port == 443 ? "" : ":" + port) + rest;
    return url.length() > Grammar.MAX_URL
        ? new Refused(Refusal.TOO_LONG, "URL above " + Grammar.MAX_URL)
        : CanonicalValue.of(IndicatorKind.URL, url);
  }

  /** The colon before a port: the last one, unless the host is a bare IPv6 address. */
  private static int portColon(String authority) {
    int colon = authority.lastIndexOf(':');
    if (colon < 0 || authority.endsWith("]")) {
      return -1;
    }
    return authority.startsWith("[") || authority.indexOf(':') == colon ? colon : -1;
  }

  /** A leading {@code *.} or dot says what a domain means anyway: everything below. */
  private static String wildcardless(@Nullable IndicatorKind declared, String host) {
    if (declared == IndicatorKind.URL) {
      return host;
    }
    return host.startsWith("*.")
        ? host.substring(2)
        : host.startsWith(".") ? host.substring(1) : host;
  }
}
