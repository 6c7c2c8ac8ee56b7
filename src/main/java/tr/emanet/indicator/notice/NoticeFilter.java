package tr.emanet.indicator.notice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tr.emanet.event.Folding;

/**
 * Which notices are wanted.
 *
 * @param text words of title or text in any case, or a slug; empty for all
 * @param cve a CVE id or the beginning of one, empty for all
 */
public record NoticeFilter(Wanted wanted, String text, String cve) {

  /** Sets of notices. */
  public enum Wanted {
    OPEN,
    MATCHED,
    CLOSED,
    ALL;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The set of a name. */
    public static Optional<Wanted> named(String id) {
      return Arrays.stream(values()).filter(w -> w.id().equals(id)).findFirst();
    }
  }

  private static final int MAX_TEXT = 200;
  private static final Pattern CVE = Pattern.compile("(?i)CVE-[0-9]{4}(-[0-9]{0,7})?");

  public NoticeFilter {
    text = Folding.fold(text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text).strip();
    cve = cve.strip().toUpperCase(Locale.ROOT);
    cve = CVE.matcher(cve).matches() ? cve : "";
  }

  /** Everything of a set; a text that is a CVE id searches for that. */
  public static NoticeFilter of(Wanted wanted, String text) {
    boolean cve = CVE.matcher(text.strip()).matches();
    return new NoticeFilter(wanted, cve ? "" : text, cve ? text : "");
  }
}
