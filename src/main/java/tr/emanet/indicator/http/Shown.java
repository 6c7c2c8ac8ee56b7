package tr.emanet.indicator.http;

import java.util.List;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.IndicatorKind;
import tr.emanet.web.Visible;

/** Values of indicators as people may see and copy them: never a link, never invisible. Pure. */
final class Shown {

  private static final int MAX_SHOWN = 400;

  private Shown() {}

  /** The value, or the raw text of a refused row. */
  static List<Visible.Piece> value(Indicator indicator) {
    return pieces(indicator.value().map(CanonicalValue::display).orElse(indicator.raw()));
  }

  /** Long texts are cut in the middle: both ends tell something. */
  static List<Visible.Piece> pieces(String text) {
    if (text.length() <= MAX_SHOWN) {
      return Visible.pieces(text);
    }
    int half = MAX_SHOWN / 2;
    int head = Character.isHighSurrogate(text.charAt(half - 1)) ? half - 1 : half;
    int tail = text.length() - half;
    tail = Character.isLowSurrogate(text.charAt(tail)) ? tail + 1 : tail;
    return Visible.pieces(text.substring(0, head) + " … " + text.substring(tail));
  }

  /** A form that mail clients and chats do not turn into a link. */
  static String defanged(Indicator indicator) {
    return indicator
        .value()
        .map(Shown::defanged)
        .orElseGet(
            () -> Visible.plain(indicator.raw()).replace("://", "[://]").replace(".", "[.]"));
  }

  static String defanged(CanonicalValue value) {
    return switch (value.kind()) {
      case DOMAIN, ADDRESS, NETWORK -> value.text().replace(".", "[.]").replace("::", "[::]");
      case URL -> {
        int slash = value.text().indexOf('/');
        yield "hxxp[://]"
            + value.text().substring(0, slash).replace(".", "[.]")
            + value.text().substring(slash);
      }
      case FILE_HASH -> value.text();
    };
  }

  /** What to write into the search for events of this value. */
  static String query(CanonicalValue value) {
    String text = value.text();
    if (value.kind() == IndicatorKind.NETWORK) {
      return "source.ip:" + text + " OR destination.ip:" + text;
    }
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
