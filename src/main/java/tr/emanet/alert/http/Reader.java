package tr.emanet.alert.http;

import java.util.List;
import tr.emanet.event.Principal;
import tr.emanet.search.Masking;
import tr.emanet.web.Visible;

/**
 * Shows texts of alerts to one person: personal data masked unless the role reads it. Immutable.
 */
record Reader(Principal who, Masking masking) {

  private static final int MAX_SHOWN = 400;

  /** Running text or an asset. */
  String text(String text) {
    return field("message", text);
  }

  /** The value of an event's field. */
  String field(String field, String value) {
    return who.readsUnmasked() ? value : masking.shown(field, value, List.of());
  }

  List<Visible.Piece> pieces(String text) {
    return visible(text(text));
  }

  List<Visible.Piece> pieces(String field, String value) {
    return visible(field(field, value));
  }

  /** Long values are cut in the middle: both ends tell something. */
  static List<Visible.Piece> visible(String text) {
    if (text.length() <= MAX_SHOWN) {
      return Visible.pieces(text);
    }
    int half = MAX_SHOWN / 2;
    int head = Character.isHighSurrogate(text.charAt(half - 1)) ? half - 1 : half;
    int tail = text.length() - half;
    tail = Character.isLowSurrogate(text.charAt(tail)) ? tail + 1 : tail;
    return Visible.pieces(text.substring(0, head) + " … " + text.substring(tail));
  }
}
