package tr.emanet.indicator.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tr.emanet.event.Folding;

/**
 * Names of vendors and products as folded words, so that {@code BIG-IP} is {@code big ip}. Pure.
 */
final class NameWords {

  /** A word of a text with its place. */
  record Word(String text, int from, int to) {}

  private static final int MAX_WORDS = 8;
  private static final Set<String> CORPORATE =
      Set.of(
          "inc",
          "ltd",
          "corp",
          "corporation",
          "gmbh",
          "llc",
          "co",
          "as",
          "a",
          "s",
          "sti",
          "foundation",
          "technologies",
          "software",
          "company",
          "limited",
          "systems",
          "networks");
  private static final Set<String> NOBODY =
      Set.of(
          "diger",
          "other",
          "yok",
          "none",
          "unknown",
          "bilinmiyor",
          "various",
          "muhtelif",
          "acik",
          "open",
          "source",
          "ozel",
          "yerli",
          "genel");
  private static final Set<String> GENERIC =
      Set.of(
          "server",
          "sunucu",
          "client",
          "office",
          "windows",
          "firewall",
          "router",
          "switch",
          "agent",
          "manager",
          "database",
          "desktop",
          "web",
          "portal",
          "gateway",
          "studio",
          "player",
          "reader",
          "mail",
          "mobile",
          "cloud",
          "security",
          "system",
          "linux",
          "ios",
          "core",
          "vpn",
          "antivirus",
          "kernel",
          "browser",
          "suite",
          "enterprise",
          "professional",
          "edge",
          "exchange",
          "guvenlik",
          "sistem",
          "yazilim",
          "uygulama");

  private NameWords() {}

  /** The words of a running text. */
  static List<Word> of(String text) {
    List<Word> out = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (!Character.isLetterOrDigit(c)) {
        i += Character.charCount(c);
        continue;
      }
      int from = i;
      while (i < text.length() && joins(text.codePointAt(i))) {
        i += Character.charCount(text.codePointAt(i));
      }
      out.add(new Word(Folding.fold(text.substring(from, i)), from, i));
    }
    return out;
  }

  private static boolean joins(int c) {
    return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private static List<String> words(String name) {
    return of(name).stream().limit(MAX_WORDS).map(Word::text).toList();
  }

  /** What a vendor is called without its legal form; empty when the word names nobody. */
  static List<String> vendor(String name) {
    List<String> words = words(name);
    int last = words.size();
    while (last > 1 && CORPORATE.contains(words.get(last - 1))) {
      last--;
    }
    List<String> out = words.subList(0, last);
    return out.size() == 1 && NOBODY.contains(out.getFirst()) ? List.of() : out;
  }

  /** What a product is called without its vendor's name in front. */
  static List<String> product(String name, List<String> vendor) {
    List<String> words = words(name);
    int skip = vendor.size();
    boolean led = skip > 0 && words.size() > skip && words.subList(0, skip).equals(vendor);
    return led ? words.subList(skip, words.size()) : words;
  }

  /** Whether the words alone could mean many things. */
  static boolean generic(List<String> product) {
    return product.stream().allMatch(w -> GENERIC.contains(w) || w.length() < 4);
  }
}
