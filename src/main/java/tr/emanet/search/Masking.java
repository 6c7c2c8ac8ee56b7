package tr.emanet.search;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.Folding;
import tr.emanet.event.IpAddress;
import tr.emanet.event.Principal;
import tr.emanet.event.SourceAddress;

/**
 * Hides personal data from people who may not read it: user names, MAC addresses, e-mail addresses
 * and addresses of our own networks become pseudonyms, wherever they stand: fields, extras, the raw
 * line, top values. The same value always gets the same pseudonym, so events can still be brought
 * together, but nobody without the key can find the value behind it. Immutable.
 */
public final class Masking {

  /** Private and unique local addresses: what a municipality uses inside. */
  public static final List<String> OWN_NETWORKS =
      List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

  private static final int PSEUDONYM_BYTES = 3;

  /** Kinds of personal data and the word their pseudonyms begin with. */
  private enum Kind {
    USER("kullanıcı"),
    MAC("mac"),
    EMAIL("eposta"),
    ADDRESS("adres");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  private static final List<Field> USERS = List.of(Field.USER_NAME, Field.USER_TARGET_NAME);
  private static final Pattern EMAIL =
      Pattern.compile(
          "[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63})++");
  private static final Pattern MAC_ADDRESS =
      Pattern.compile(
          "(?<![0-9A-Fa-f])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5,19}+(?![0-9A-Fa-f])"
              + "|(?<![0-9A-Fa-f.])[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}(?![0-9A-Fa-f.])");
  private static final Pattern V4 =
      Pattern.compile("(?<![0-9.])\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(?![0-9])");
  private static final Pattern V6 =
      Pattern.compile("(?<![0-9A-Fa-f:.])[0-9A-Fa-f:]{2,39}(?:\\.\\d{1,3}){0,3}(?![0-9A-Fa-f:])");

  /** What the key of a user name looks like in lines and in fields outside the core. */
  private static final Pattern USER_KEY =
      Pattern.compile(
          "(?i)(?:^|[._])(?:user|usr|username|user_name|account|login|suser|duser|srcuser|dstuser"
              + "|xauthuser|targetusername|subjectusername|kullanici)$");

  private static final Pattern USER_IN_LINE =
      Pattern.compile(
          "(?i)\\b(?:user(?:name|_name)?|usr|suser|duser|srcuser|dstuser|account|login"
              + "|(?:target|subject)username)\"?\\s*[=:]\\s*\"?([^\\s\"',;=|]{1,128})");

  private final List<byte[][]> own;
  private final byte[] key;

  /**
   * @param networks own networks, such as {@code 10.0.0.0/8}
   * @param key secret of at least 16 bytes; another key gives other pseudonyms
   */
  public Masking(List<String> networks, byte[] key) {
    if (key.length < 16) {
      throw new IllegalArgumentException(
          "masking key has " + key.length + " bytes, not 16 or more");
    }
    this.own = networks.stream().map(Networks::parse).toList();
    this.key = key.clone();
  }

  /** The event as the person may see it. */
  public EventRecord apply(EventRecord event, Principal who) {
    return who.readsUnmasked() ? event : masked(event);
  }

  /** A value of a field as the person may see it. */
  public String value(String field, String value, Principal who) {
    return who.readsUnmasked() ? value : masked(field, value, Map.of());
  }

  private EventRecord masked(EventRecord event) {
    Map<String, String> names = new LinkedHashMap<>();
    event
        .fields()
        .forEach(
            (field, value) -> {
              String text = value.toString();
              if (kind(field) == Kind.USER && text.length() > 1) {
                names.put(text, pseudonym(Kind.USER, text));
              }
            });
    String raw = new String(LineText.utf8(event.raw()), StandardCharsets.UTF_8);
    Matcher inLine = USER_IN_LINE.matcher(raw);
    while (inLine.find()) {
      names.putIfAbsent(inLine.group(1), pseudonym(Kind.USER, inLine.group(1)));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    event
        .fields()
        .forEach(
            (field, value) ->
                fields.put(
                    field, value instanceof String text ? masked(field, text, names) : value));
    SourceAddress source = event.source();
    return new EventRecord(
        event.position(),
        event.timestampMillis(),
        event.ingestedMillis(),
        fields,
        free(raw, names).getBytes(StandardCharsets.UTF_8),
        own(source.address()) ? new SourceAddress(source.listener(), new byte[16], 0) : source,
        tr.emanet.event.Attributes.NONE,
        event.flags(),
        event.parsed());
  }

  private static @org.jspecify.annotations.Nullable Kind kind(String field) {
    Optional<Field> core = Field.named(field);
    if (core.isEmpty()) {
      return USER_KEY.matcher(field).find() ? Kind.USER : null;
    }
    Field known = core.get();
    if (USERS.contains(known)) {
      return Kind.USER;
    }
    return known == Field.USER_EMAIL
        ? Kind.EMAIL
        : known == Field.SOURCE_MAC || known == Field.DESTINATION_MAC ? Kind.MAC : null;
  }

  private String masked(String field, String value, Map<String, String> names) {
    Kind kind = kind(field);
    return kind != null ? pseudonym(kind, value) : free(value, names);
  }

  /** Replaces everything personal in running text. */
  private String free(String text, Map<String, String> names) {
    String out = replace(text, EMAIL, Kind.EMAIL);
    out = replace(out, MAC_ADDRESS, Kind.MAC);
    out = replaceOwn(out, V4);
    out = replaceOwn(out, V6);
    List<String> longestFirst = new ArrayList<>(names.keySet());
    longestFirst.sort((a, b) -> Integer.compare(b.length(), a.length()));
    for (String name : longestFirst) {
      out = replaceWord(out, name, names.getOrDefault(name, ""));
    }
    return out;
  }

  private String replace(String text, Pattern pattern, Kind kind) {
    return pattern
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(pseudonym(kind, match.group())));
  }

  private String replaceOwn(String text, Pattern pattern) {
    return pattern
        .matcher(text)
        .replaceAll(
            match -> {
              byte[] address = IpAddress.parse(match.group());
              return Matcher.quoteReplacement(
                  address != null && own(address)
                      ? pseudonym(Kind.ADDRESS, IpAddress.text(address, 0))
                      : match.group());
            });
  }

  /** Replaces a name where it stands alone, in any spelling of its letters' case. */
  private static String replaceWord(String text, String name, String pseudonym) {
    StringBuilder out = null;
    int done = 0;
    for (int i = 0; i + name.length() <= text.length(); i++) {
      if (text.regionMatches(true, i, name, 0, name.length())
          && !wordPart(text, i - 1)
          && !wordPart(text, i + name.length())) {
        out = out == null ? new StringBuilder(text.length() + 16) : out;
        out.append(text, done, i).append(pseudonym);
        done = i + name.length();
        i = done - 1;
      }
    }
    return out == null ? text : out.append(text, done, text.length()).toString();
  }

  private static boolean wordPart(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }

  private boolean own(byte[] address) {
    for (byte[][] network : own) {
      if (Networks.within(address, network[0], network[1])) {
        return true;
      }
    }
    return false;
  }

  private String pseudonym(Kind kind, String value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((byte) kind.ordinal());
      byte[] digest = mac.doFinal(Folding.fold(value.getBytes(StandardCharsets.UTF_8)));
      return kind.word + "-" + HexFormat.of().formatHex(digest, 0, PSEUDONYM_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }
}
