package tr.emanet.search;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Attributes;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.event.Folding;
import tr.emanet.event.IpAddress;
import tr.emanet.event.Principal;
import tr.emanet.event.SourceAddress;
import tr.emanet.index.Schema;

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

  /** Kinds of personal data and the word their pseudonyms begin with. */
  private enum Kind {
    USER(Pseudonyms.USER),
    MAC(Pseudonyms.MAC),
    EMAIL(Pseudonyms.EMAIL),
    ADDRESS(Pseudonyms.ADDRESS);

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /** The fields whose values are the names of an event. */
  public static final List<Field> USERS = List.of(Field.USER_NAME, Field.USER_TARGET_NAME);

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

  /** What a device calls itself in a lease is often its owner's name. */
  private static final String DEVICE_NAME = "source.domain";

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

  /**
   * The event as everyone sees it who may not read personal data. The names of an event come from
   * its user fields, and for running text also from what stands after keys such as {@code user=}.
   * Running text (line, message, fields outside the core) hides all of them, other fields only
   * those of the user fields, so that the index can tell which values hold one.
   */
  public EventRecord masked(EventRecord event) {
    Map<String, String> core = new LinkedHashMap<>();
    Map<String, String> all = new LinkedHashMap<>();
    event
        .fields()
        .forEach(
            (field, value) -> {
              String text = value.toString();
              if (kind(field) == Kind.USER && text.length() > 1) {
                all.put(text, pseudonym(Kind.USER, text));
                if (Field.named(field).isPresent()) {
                  core.put(text, pseudonym(Kind.USER, text));
                }
              }
            });
    hideBareMacs(event, all);
    String raw = new String(LineText.utf8(event), StandardCharsets.UTF_8);
    Matcher inLine = USER_IN_LINE.matcher(raw);
    while (inLine.find()) {
      all.putIfAbsent(inLine.group(1), pseudonym(Kind.USER, inLine.group(1)));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    event
        .fields()
        .forEach(
            (field, value) ->
                fields.put(
                    field,
                    value instanceof String text
                        ? shown(field, text, running(field) ? all : core)
                        : value));
    SourceAddress source = event.source();
    return new EventRecord(
        event.position(),
        event.timestampMillis(),
        event.ingestedMillis(),
        fields,
        free(raw, all).getBytes(StandardCharsets.UTF_8),
        own(source.address()) ? new SourceAddress(source.listener(), new byte[16], 0) : source,
        Attributes.NONE,
        event.flags(),
        event.parsed());
  }

  /** No pattern tells a MAC without marks, as Windows writes it, from any other number. */
  private void hideBareMacs(EventRecord event, Map<String, String> into) {
    for (Field field : List.of(Field.SOURCE_MAC, Field.DESTINATION_MAC)) {
      String mac = event.text(field);
      if (mac != null && mac.length() == 12) {
        into.put(mac, pseudonym(Kind.MAC, mac));
      }
    }
  }

  /**
   * A value of a field as it is shown masked, in an event whose user fields hold the given names.
   *
   * @param names each with at least two characters
   */
  public String shown(String field, String value, Collection<String> names) {
    Map<String, String> replaced = new LinkedHashMap<>();
    names.forEach(name -> replaced.put(name, pseudonym(Kind.USER, name)));
    return shown(field, value, replaced);
  }

  private String shown(String field, String value, Map<String, String> names) {
    Kind kind = kind(field);
    if (kind != null) {
      return pseudonym(kind, value);
    }
    Field core = Field.named(field).orElse(null);
    if (core != null && core.type() == FieldType.IP) {
      byte[] address = IpAddress.parse(value);
      return address != null && own(address)
          ? pseudonym(Kind.ADDRESS, IpAddress.text(address, 0))
          : value;
    }
    return free(value, core != null && Schema.combined(core) ? Map.of() : names);
  }

  /** Whether a field is running text, in which names of the line are hidden too. */
  private static boolean running(String field) {
    return Field.named(field).map(core -> core.type() == FieldType.TEXT).orElse(true);
  }

  /** Whether every value of the field is shown as a pseudonym. */
  public static boolean personal(String field) {
    return kind(field) != null;
  }

  /** The networks that are our own, as {lowest, highest} address. */
  public List<byte[][]> ownNetworks() {
    return own;
  }

  /** Whether an address of 16 bytes is our own. */
  public boolean own(byte[] address) {
    for (byte[][] network : own) {
      if (Networks.within(address, network[0], network[1])) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a node asks for a value that masked readers never see: the answer could only tell
   * whether it exists. Such a search is refused with a reason instead of answered with nothing.
   */
  public boolean asksForHidden(Query node) {
    return switch (node) {
      case Query.All all -> false;
      case Query.None none -> false;
      case Query.FieldExists exists -> false;
      case Query.Text text -> !free(text.text(), Map.of()).equals(text.text());
      case Query.Phrase phrase -> !free(phrase.text(), Map.of()).equals(phrase.text());
      case Query.TextWildcard wildcard -> false;
      case Query.FieldIs is -> hiddenValue(is.field(), is.value());
      case Query.FieldWildcard wildcard ->
          kind(wildcard.field()) != null && !Pseudonyms.mayFit(wildcard.pattern());
      case Query.FieldRange range -> kind(range.field()) != null;
      case Query.FieldNet net ->
          kind(net.field()) != null
              || own.stream()
                  .anyMatch(
                      n ->
                          Networks.within(net.low(), n[0], n[1])
                              && Networks.within(net.high(), n[0], n[1]));
      case Query.And and -> and.parts().stream().anyMatch(this::asksForHidden);
      case Query.Or or -> or.parts().stream().anyMatch(this::asksForHidden);
      case Query.Not not -> asksForHidden(not.part());
    };
  }

  private boolean hiddenValue(String field, String value) {
    return kind(field) != null
        ? !Pseudonyms.is(value)
        : !shown(field, value, Map.of()).equals(value);
  }

  private static @Nullable Kind kind(String field) {
    Optional<Field> core = Field.named(field);
    if (core.isEmpty()) {
      return field.equals(DEVICE_NAME) || USER_KEY.matcher(field).find() ? Kind.USER : null;
    }
    Field known = core.get();
    if (USERS.contains(known)) {
      return Kind.USER;
    }
    return known == Field.USER_EMAIL
        ? Kind.EMAIL
        : known == Field.SOURCE_MAC || known == Field.DESTINATION_MAC ? Kind.MAC : null;
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

  private String pseudonym(Kind kind, String value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((byte) kind.ordinal());
      byte[] digest = mac.doFinal(Folding.fold(value.getBytes(StandardCharsets.UTF_8)));
      return kind.word + "-" + HexFormat.of().formatHex(digest, 0, Pseudonyms.BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }
}
