package tr.emanet.indicator.match;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.event.IpAddress;
import tr.emanet.indicator.value.CanonicalValue;

/**
 * Compares every indicator with everything an event names, with strings and regular expressions.
 */
final class NaiveMatcher {

  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Nd}\\p{Mn}\\p{Mc}._-]+");
  private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*");
  private static final Pattern TAIL =
      Pattern.compile("(?::[0-9]*)?[/?][^\\x00-\\x20\\x7f\"<>\\\\^`{|}]*");
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?s)(?:[A-Za-z]{1,12}://|//)?([^/?#]*)(.*)");

  private final List<Listed> listed;
  private final List<String> names = new ArrayList<>();
  private final List<byte[]> addresses = new ArrayList<>();
  private final List<String> urls = new ArrayList<>();
  private final List<String> hashes = new ArrayList<>();

  NaiveMatcher(List<Listed> listed) {
    this.listed = listed;
  }

  /** Ids of what hits, and whether only weakly. */
  Map<Long, Boolean> match(Event event) {
    names.clear();
    addresses.clear();
    urls.clear();
    hashes.clear();
    for (Field field : List.of(Field.SOURCE_IP, Field.DESTINATION_IP, Field.EMANET_SOURCE_IP)) {
      address(event.text(field));
    }
    for (Field field :
        List.of(
            Field.DNS_QUESTION,
            Field.DNS_ANSWER,
            Field.DESTINATION_DOMAIN,
            Field.URL_DOMAIN,
            Field.HOST_NAME)) {
      host(event.text(field));
    }
    url(event);
    hash(event.text(Field.FILE_SHA256));
    text(
        new String(
            event.text(),
            event.textFrom(),
            event.textTo() - event.textFrom(),
            StandardCharsets.UTF_8));
    for (Field field : Field.all()) {
      boolean free = field.type() == FieldType.KEYWORD || field.type() == FieldType.TEXT;
      String value = event.text(field);
      if (free && !field.derived() && value != null) {
        text(value);
      }
    }
    Map<Long, Boolean> hits = new TreeMap<>();
    for (Listed l : listed) {
      long at = event.timestampMillis();
      if (l.from() <= at && at < l.until()) {
        if (hits(l.value())) {
          hits.put(l.id(), false);
        } else if (weak(l.value())) {
          hits.putIfAbsent(l.id(), true);
        }
      }
    }
    return hits;
  }

  private boolean hits(CanonicalValue value) {
    return switch (value.kind()) {
      case DOMAIN ->
          names.stream().anyMatch(n -> n.equals(value.text()) || n.endsWith("." + value.text()));
      case URL -> urls.contains(value.text());
      case ADDRESS -> addresses.stream().anyMatch(a -> IpAddress.text(a, 0).equals(value.text()));
      case NETWORK -> addresses.stream().anyMatch(a -> inside(a, value.bytes()));
      case FILE_HASH -> hashes.contains(HexFormat.of().formatHex(value.bytes()));
    };
  }

  private boolean weak(CanonicalValue value) {
    return names.stream().anyMatch(n -> value.text().equals("www." + n) && n.indexOf('.') > 0);
  }

  private static boolean inside(byte[] address, byte[] network) {
    if (IpAddress.isV4(address, 0) != IpAddress.isV4(network, 0)) {
      return false;
    }
    for (int bit = 0; bit < network[16]; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private void address(@Nullable String text) {
    byte[] address = text == null ? null : IpAddress.parse(text);
    if (address != null) {
      addresses.add(address);
    }
  }

  private void host(@Nullable String text) {
    if (text == null) {
      return;
    }
    String bare = text.replaceFirst("^\\[(.+)]$", "$1");
    if (bare.matches("(?s).*[0-9]\\.?")
        || bare.substring(0, Math.min(5, bare.length())).contains(":")) {
      address(bare.replaceFirst("\\.$", ""));
    } else {
      name(bare);
    }
  }

  /** The name in lower case and punycode; where that fails, its last labels in ASCII. */
  private void name(String text) {
    String bare = text.replaceFirst("\\.$", "");
    String ascii = ascii(text);
    names.add(
        ascii.isEmpty()
            ? "?." + lower(bare.replaceFirst("(?s)^.*[^\\x00-\\x7f][^.]*\\.?", ""))
            : ascii);
    names.removeIf(n -> n.length() > 253);
  }

  private static String ascii(String text) {
    try {
      String ascii = lower(IDN.toASCII(lower(text).replace("İ", "i"), IDN.ALLOW_UNASSIGNED));
      return ascii.replaceFirst("\\.$", "");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String lower(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().forEach(c -> out.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
    return out.toString();
  }

  private void hash(@Nullable String text) {
    if (text != null && text.matches("[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}")) {
      hashes.add(text.toLowerCase(Locale.ROOT));
    }
  }

  private void url(Event event) {
    String url = event.text(event.has(Field.URL_ORIGINAL) ? Field.URL_ORIGINAL : Field.URL_PATH);
    if (url == null) {
      return;
    }
    if (url.startsWith("/") && !url.startsWith("//")) {
      String host =
          event.text(event.has(Field.URL_DOMAIN) ? Field.URL_DOMAIN : Field.DESTINATION_DOMAIN);
      if (host != null) {
        located(host, "", url);
        located(
            host, event.has(Field.DESTINATION_PORT) ? event.text(Field.DESTINATION_PORT) : "", url);
      }
      return;
    }
    Matcher parts = ABSOLUTE.matcher(url);
    if (parts.matches()) {
      String authority = parts.group(1).replaceFirst("(?s)^.*@", "");
      String host = authority.replaceFirst("(?s)^(\\[[^]]*][^:]*|[^:]*)(:.*)?$", "$1");
      host(host);
      String port =
          authority.length() > host.length() ? authority.substring(host.length() + 1) : "";
      located(host, port, parts.group(2));
    }
  }

  private void located(String rawHost, @Nullable String port, String rest) {
    String text = port == null ? "" : port;
    if (!text.matches("[0-9]{0,5}") || !text.isEmpty() && Integer.parseInt(text) > 65535) {
      return;
    }
    int number = text.isEmpty() ? 0 : Integer.parseInt(text);
    String host = ascii(rawHost);
    if (host.startsWith("[") && host.endsWith("]")) {
      byte[] six = IpAddress.parse(host.substring(1, host.length() - 1));
      if (six == null) {
        return;
      }
      String canonical = IpAddress.text(six, 0);
      host = canonical.contains(":") ? "[" + canonical + "]" : canonical;
    }
    String where = host + (number == 0 || number == 80 || number == 443 ? "" : ":" + number);
    String plain = rest.replaceFirst("(?s)#.*", "");
    int question = plain.indexOf('?');
    String path = normal(question < 0 ? plain : plain.substring(0, question), "/:@,+=");
    path = ("/" + path).replaceAll("/+", "/");
    path = path.length() > 1 ? path.replaceFirst("/$", "") : path;
    urls.add(where + path);
    if (question >= 0 && question + 1 < plain.length()) {
      urls.add(where + path + "?" + normal(plain.substring(question + 1), "/:@,+=&?"));
    }
  }

  private static String normal(String text, String kept) {
    StringBuilder out = new StringBuilder();
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < b.length; i++) {
      String ahead = new String(b, i, Math.min(3, b.length - i), StandardCharsets.ISO_8859_1);
      boolean escape = ESCAPE.matcher(ahead).matches();
      char c = (char) (escape ? Integer.parseInt(ahead.substring(1), 16) : b[i] & 255);
      i += escape ? 2 : 0;
      boolean unreserved = String.valueOf(c).matches("[A-Za-z0-9._~-]");
      boolean literal = unreserved || !escape && kept.indexOf(c) >= 0;
      out.append(literal ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return out.toString();
  }

  private void text(String text) {
    String masked = ESCAPE.matcher(text).replaceAll("   ");
    for (MatchResult word : WORD.matcher(masked).results().toList()) {
      word(word.group(), text.substring(word.end()));
    }
    for (MatchResult run : SIX.matcher(text).results().toList()) {
      String before = text.substring(0, run.start());
      boolean joined = before.matches("(?s).*[A-Za-z0-9._\\x80-\\x{10FFFF}-]");
      String after = text.substring(run.end());
      String six = run.group();
      if (six.matches(":[^:].*")) {
        six = six.substring(1);
        joined = false;
      }
      six = six.replaceFirst("\\.+$", "").replaceFirst("([^:]):$", "$1");
      boolean colons = run.group().chars().filter(c -> c == ':').count() >= 2;
      if (colons && !joined && !after.matches("(?s)[A-Za-z0-9._\\x80-\\x{10FFFF}-].*")) {
        address(six);
      }
    }
  }

  private void word(String raw, String after) {
    String word = raw.replaceFirst("^[.-]+", "").replaceFirst("[.-]+$", "");
    int dot = word.lastIndexOf('.');
    if (dot <= 0) {
      hash(word);
      return;
    }
    if (word.substring(dot + 1).matches("[0-9].*")) {
      for (String quad : word.split("[-_]", -1)) {
        address(quad.contains(".") ? quad : null);
      }
    } else {
      name(word);
    }
    Matcher tail = TAIL.matcher(after);
    if (raw.length() - raw.replaceFirst("[.-]+$", "").length() > 1 || !tail.lookingAt()) {
      return;
    }
    String host = raw.replaceFirst("^[.-]+", "");
    String rest = tail.group();
    String port = rest.startsWith(":") ? rest.replaceFirst("(?s)^:([0-9]*).*", "$1") : "";
    String path = rest.startsWith(":") ? rest.substring(1 + port.length()) : rest;
    located(host, port, path);
    located(host, port, path.replaceFirst("[.,;:!?)\\]']+$", ""));
    located(host, port, path.replaceFirst("(?s)[,;'].*$", ""));
  }
}
