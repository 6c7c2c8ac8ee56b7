package tr.emanet.indicator.usom;

import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes plain text of the HTML of a notice, and finds the CVE ids in it. Pure. */
public final class NoticeText {

  private static final Pattern BLOCK =
      Pattern.compile("(?i)<(?:/p|/div|/li|/tr|/h[1-6]|br\\s*/?)>");
  private static final Pattern UNSEEN =
      Pattern.compile("(?is)<(script|style)\\b[^>]{0,1000}>.*?</\\1>|<!--.*?-->");
  private static final Pattern TAG = Pattern.compile("<[^>]{0,5000}>");
  private static final Pattern ENTITY =
      Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|\\w{2,8});");

  /** Also with the hyphens and blanks that word processors put in; never longer numbers. */
  private static final Pattern CVE =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}])CVE[ \\u00a0]?[-\u2010\u2011\u2012\u2013\u2014\u2212][ \\u00a0]?"
              + "((?:19|20)[0-9]{2})[ \\u00a0]?[-\u2010\u2011\u2012\u2013\u2014\u2212][ \\u00a0]?"
              + "([0-9]{4,7})(?![\\p{L}\\p{N}])");

  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("uuml", "ü"),
          Map.entry("Uuml", "Ü"),
          Map.entry("ouml", "ö"),
          Map.entry("Ouml", "Ö"),
          Map.entry("ccedil", "ç"),
          Map.entry("Ccedil", "Ç"),
          Map.entry("acirc", "â"),
          Map.entry("icirc", "î"),
          Map.entry("ucirc", "û"),
          Map.entry("rsquo", "’"),
          Map.entry("lsquo", "‘"),
          Map.entry("rdquo", "”"),
          Map.entry("ldquo", "“"),
          Map.entry("ndash", "–"),
          Map.entry("mdash", "—"),
          Map.entry("hellip", "…"),
          Map.entry("bull", "•"),
          Map.entry("middot", "·"),
          Map.entry("inodot", "ı"),
          Map.entry("scedil", "ş"),
          Map.entry("Scedil", "Ş"),
          Map.entry("gbreve", "ğ"),
          Map.entry("Gbreve", "Ğ"),
          Map.entry("Idot", "İ"));

  private NoticeText() {}

  /** Text with a line for each block; entities become letters after tags are gone. */
  public static String plain(String html) {
    String text = UNSEEN.matcher(html).replaceAll(" ");
    text = TAG.matcher(BLOCK.matcher(text).replaceAll("\n")).replaceAll(" ");
    return letters(text)
        .replaceAll("[\\p{Cntrl}&&[^\\n]]|[ \\u00a0]+", " ")
        .replaceAll(" *\\n[ \\n]*", "\n")
        .strip();
  }

  private static String letters(String text) {
    Matcher entity = ENTITY.matcher(text);
    return entity.replaceAll(m -> Matcher.quoteReplacement(letter(m.group(1), m.group())));
  }

  private static String letter(String name, String whole) {
    if (!name.startsWith("#")) {
      return NAMED.getOrDefault(name, whole);
    }
    boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
    int c = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
    return Character.isValidCodePoint(c) && !Character.isISOControl(c) && !surrogate(c)
        ? Character.toString(c)
        : " ";
  }

  private static boolean surrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  /** CVE ids in upper case, sorted, joined by blanks. */
  public static String cves(String text) {
    TreeSet<String> found = new TreeSet<>();
    Matcher cve = CVE.matcher(text);
    while (cve.find() && found.size() < 200) {
      found.add("CVE-" + cve.group(1) + "-" + cve.group(2));
    }
    return String.join(" ", found);
  }
}
