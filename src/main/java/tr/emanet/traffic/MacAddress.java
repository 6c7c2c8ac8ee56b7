package tr.emanet.traffic;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An EUI-48 in the spellings of devices. */
final class MacAddress {

  private static final Pattern BARE = Pattern.compile("[0-9a-f]{12}");

  /** Identifiers of RFC 8415 that end with an Ethernet address: types LLT (1) and LL (3). */
  private static final Pattern DUID =
      Pattern.compile("(?:00010001[0-9a-f]{8}|00030001)([0-9a-f]{12})");

  private MacAddress() {}

  /** Six pairs parted by colons in lower case; null when the text is no MAC. */
  static @Nullable String canonical(@Nullable String text) {
    String bare = text == null || text.length() > 20 ? "" : bare(text);
    return BARE.matcher(bare).matches() ? parted(bare, ":") : null;
  }

  /** The MAC within a DHCP unique identifier; null when it holds none. */
  static @Nullable String ofDuid(@Nullable String duid) {
    if (duid == null || duid.length() > 60) {
      return null;
    }
    var match = DUID.matcher(bare(duid));
    return match.matches() ? parted(match.group(1), ":") : null;
  }

  /** The spellings under which lines may hold a canonical MAC. */
  static List<String> spellings(String canonical) {
    String bare = bare(canonical);
    String dotted = bare.substring(0, 4) + "." + bare.substring(4, 8) + "." + bare.substring(8);
    return List.of(canonical, parted(bare, "-"), bare, dotted);
  }

  private static String bare(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[:.-]", "");
  }

  private static String parted(String bare, String mark) {
    StringBuilder out = new StringBuilder(17);
    for (int i = 0; i < 12; i += 2) {
      out.append(i == 0 ? "" : mark).append(bare, i, i + 2);
    }
    return out.toString();
  }
}
