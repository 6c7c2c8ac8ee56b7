package tr.emanet.parse;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tr.emanet.event.Event;
import tr.emanet.event.RecordFlags;
import tr.emanet.event.SourceAddress;

/**
 * A sender's settings made ready for the hot path: zone transitions laid out, the charset as a
 * table of UTF-8 sequences, constants as bytes. One for each pair of listener and settings;
 * immutable.
 */
final class SenderProfile {

  private static final String[] FLAG_NAMES = {"truncated", "redelivered", "incomplete"};

  final byte[] listener;
  final ZoneClock clock;
  final boolean imports;

  /** Name for lines that name no host; empty when none is configured. */
  final byte[] host;

  /** For a byte of the fallback charset its UTF-8: length in bits 24 and up, then the bytes. */
  private final int[] utf8 = new int[256];

  /** The value of {@code emanet.flags} by record flags (3 bits) and "was transcoded" (bit 3). */
  private final byte[][] flagWords = new byte[16][];

  SenderProfile(SourceAddress source, SourceSettings.Sender sender) {
    listener = source.listener().getBytes(StandardCharsets.UTF_8);
    clock = new ZoneClock(sender.zone());
    imports = sender.imports();
    String name = sender.host();
    host = name == null ? new byte[0] : name.getBytes(StandardCharsets.UTF_8);
    Charset charset = sender.fallback();
    for (int i = 0; i < 256; i++) {
      String text = charset.decode(ByteBuffer.wrap(new byte[] {(byte) i})).toString();
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (bytes.length == 0 || bytes.length > 3) {
        bytes = "\uFFFD".getBytes(StandardCharsets.UTF_8);
      }
      int packed = bytes.length << 24;
      for (int k = 0; k < bytes.length; k++) {
        packed |= (bytes[k] & 255) << k * 8;
      }
      utf8[i] = packed;
    }
    String charsetName = charset.name().toLowerCase(Locale.ROOT);
    for (int i = 0; i < 16; i++) {
      StringBuilder words = new StringBuilder(i >= 8 ? charsetName : "");
      for (int k = 0; k < FLAG_NAMES.length; k++) {
        if ((i >> k & 1) != 0) {
          words.append(words.isEmpty() ? "" : " ").append(FLAG_NAMES[k]);
        }
      }
      flagWords[i] = words.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  /** {@code emanet.flags} for a record; empty when there is nothing to say. */
  byte[] flagWords(int recordFlags, boolean transcoded) {
    int i = transcoded ? 8 : 0;
    i |= (recordFlags & RecordFlags.TRUNCATED) != 0 ? 1 : 0;
    i |= (recordFlags & RecordFlags.REDELIVERED) != 0 ? 2 : 0;
    i |= (recordFlags & RecordFlags.INCOMPLETE) != 0 ? 4 : 0;
    return flagWords[i];
  }

  /** Sets the event's text to the range transcoded from the fallback charset to UTF-8. */
  void transcode(Event event, byte[] in, int from, int to) {
    int start = event.reserve((to - from) * 3);
    byte[] out = event.scratch();
    int o = start;
    for (int i = from; i < to; i++) {
      int packed = utf8[in[i] & 255];
      out[o++] = (byte) packed;
      int length = packed >>> 24;
      if (length > 1) {
        out[o++] = (byte) (packed >> 8);
        if (length > 2) {
          out[o++] = (byte) (packed >> 16);
        }
      }
    }
    event.trim(o);
    event.setText(out, start, o);
  }
}
