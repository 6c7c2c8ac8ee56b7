package tr.emanet.indicator.notice.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tr.emanet.web.Visible;

/** The text of a notice as lines of harmless stretches; only https addresses become links. Pure. */
final class HostileText {

  /** Longer texts are cut. */
  static final int MAX_SHOWN = 30_000;

  private static final int MAX_LINES = 600;
  private static final Pattern LINK = Pattern.compile("https://[!-;=?-~]{3,500}");

  private HostileText() {}

  static List<List<NoticeViews.Bit>> lines(String text) {
    String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) : text;
    return shown.lines().limit(MAX_LINES).map(HostileText::line).toList();
  }

  private static List<NoticeViews.Bit> line(String line) {
    List<NoticeViews.Bit> out = new ArrayList<>();
    Matcher link = LINK.matcher(line);
    int at = 0;
    while (link.find()) {
      String address = withoutEnd(link.group());
      if (isAddress(address)) {
        plain(line.substring(at, link.start()), out);
        out.add(new NoticeViews.Bit(address, false, address));
        at = link.start() + address.length();
      }
    }
    plain(line.substring(at), out);
    return out;
  }

  private static void plain(String text, List<NoticeViews.Bit> out) {
    if (!text.isEmpty()) {
      Visible.pieces(text).forEach(p -> out.add(new NoticeViews.Bit(p.text(), p.escape(), "")));
    }
  }

  /** A sentence's own signs are not the address's. */
  private static String withoutEnd(String address) {
    int end = address.length();
    while (end > 0 && ".,;:!?)'\"]".indexOf(address.charAt(end - 1)) >= 0) {
      end--;
    }
    return address.substring(0, end);
  }

  /** Whether it leads to a host by https, without a user name that pretends to be one. */
  static boolean isAddress(String text) {
    try {
      URI uri = URI.create(text);
      return text.startsWith("https://")
          && text.length() <= 500
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
