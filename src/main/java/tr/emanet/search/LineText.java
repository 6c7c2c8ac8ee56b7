package tr.emanet.search;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tr.emanet.event.EventRecord;
import tr.emanet.parse.EcsJson;
import tr.emanet.parse.TextRange;

/** The text of a line as the parser read it: UTF-8, else the charset of its sender. */
public final class LineText {

  /** What holds in Turkey when an event does not say what it was transcoded from. */
  private static final Charset TURKISH = Charset.forName("windows-1254");

  private LineText() {}

  /** The text as UTF-8; the same array as the raw line when all of it is text. */
  public static byte[] utf8(EventRecord event) {
    byte[] raw = event.raw();
    TextRange range = new TextRange();
    if (!range.find(raw, 0, raw.length, event.flags())) {
      Charset charset = EcsJson.charset(event, TURKISH);
      return new String(raw, range.from(), range.to() - range.from(), charset)
          .getBytes(StandardCharsets.UTF_8);
    }
    return range.from() == 0 && range.to() == raw.length
        ? raw
        : Arrays.copyOfRange(raw, range.from(), range.to());
  }

  /** Whether the bytes of a line are UTF-8 without a look at its event. */
  public static boolean isUtf8(byte[] raw) {
    return new TextRange().find(raw, 0, raw.length, 0);
  }
}
