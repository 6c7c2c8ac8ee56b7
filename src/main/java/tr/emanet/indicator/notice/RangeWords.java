package tr.emanet.indicator.notice;

import java.util.List;
import java.util.Set;

/** The words by which Turkish and English notices say which versions they mean, folded. */
final class RangeWords {

  /** Words that may stand between a version and the word that says what is meant by it. */
  static final Set<String> BETWEEN =
      Set.of(
          "ve",
          "and",
          "or",
          "veya",
          "ya",
          "da",
          "de",
          "den",
          "dan",
          "ten",
          "tan",
          "e",
          "ye",
          "a",
          "te",
          "ta",
          "in",
          "un",
          "nin",
          "nun",
          "i",
          "u",
          "yi",
          "daha",
          "dahil",
          "inclusive",
          "including",
          "include",
          "not",
          "but",
          "all",
          "tum",
          "any",
          "the",
          "of",
          "from",
          "to",
          "up",
          "than",
          "bu",
          "olan",
          "itibaren",
          "etkilenen",
          "affected",
          "affects",
          "arasi",
          "arasinda",
          "arasindaki",
          "between",
          "ile",
          "ila",
          "through",
          "thru",
          "until",
          "haric",
          "excluding",
          "kadar",
          "series",
          "serisi",
          "that",
          "are",
          "is",
          "her",
          "iki");

  static final List<String> VERSION_STEMS =
      List.of("surum", "version", "versiyon", "release", "build", "urun", "yazilim", "software");
  static final Set<String> OLDER =
      Set.of(
          "oncesi",
          "oncesindeki",
          "onceki",
          "once",
          "oncesinde",
          "eski",
          "earlier",
          "prior",
          "before",
          "below",
          "older",
          "alti",
          "altindaki",
          "altinda",
          "dusuk",
          "kucuk",
          "lower",
          "under");
  static final Set<String> NEWER =
      Set.of(
          "uzeri",
          "uzerindeki",
          "ustu",
          "sonrasi",
          "sonraki",
          "sonrasindaki",
          "later",
          "newer",
          "above",
          "yeni",
          "higher",
          "onwards",
          "since");
  static final Set<String> THROUGH =
      Set.of("-", "to", "through", "thru", "until", "ile", "ila", "kadar", "up");
  static final Set<String> JOINED = Set.of("ve", "and", "or", "veya", "dahil", "inclusive");
  static final List<String> FIXED =
      List.of(
          "yukselt",
          "guncelle",
          "gideril",
          "giderm",
          "duzelt",
          "fix",
          "upgrad",
          "updat",
          "patched",
          "cozum",
          "yamalan",
          "resolved",
          "remediat");
  static final List<String> SPARED =
      List.of("etkilenmeyen", "etkilenmez", "etkilenmemekte", "unaffected");
  static final List<String> SCORES = List.of("cvss", "puan", "skor", "score", "port");

  private RangeWords() {}

  /** Whether a word may stand between a version and what is said about it. */
  static boolean between(String word) {
    return BETWEEN.contains(word)
        || OLDER.contains(word)
        || NEWER.contains(word)
        || VERSION_STEMS.stream().anyMatch(word::startsWith);
  }
}
