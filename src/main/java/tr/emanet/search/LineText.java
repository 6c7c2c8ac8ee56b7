package tr.emanet.search;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import tr.emanet.event.Folding;

/** Reads raw lines as the parser does: UTF-8 when it is valid, else windows-1254. */
public final class LineText {

  private static final Charset TURKISH = Charset.forName("windows-1254");

  private LineText() {}

  /** The line as UTF-8; the same array when it is UTF-8 already. */
  public static byte[] utf8(byte[] raw) {
    return valid(raw) ? raw : new String(raw, TURKISH).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean valid(byte[] raw) {
    int i = 0;
    while (i < raw.length) {
      if (raw[i] >= 0) {
        i++;
        continue;
      }
      long decoded = Folding.decode(raw, i, raw.length);
      int width = (int) (decoded >>> 32);
      if (width == 1) {
        return false;
      }
      i += width;
    }
    return true;
  }
}
