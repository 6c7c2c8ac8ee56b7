package tr.emanet.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.event.RecordFlags;
import tr.emanet.event.SourceAddress;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceSettings;

/** Lines are read back in the words that the parser read them in. */
final class LineTextTest {

  private static final String LINE = "<13>Nov 22 10:00:00 fw kullanıcı çıkışı, ileti: şğ";

  private static EventRecord parsed(byte[] raw, int flags, String charset) {
    SourceSettings settings =
        SourceSettings.all(
            new SourceSettings.Sender(ZoneOffset.UTC, Charset.forName(charset), false));
    Event event = new Event();
    event.reset(
        raw,
        0,
        raw.length,
        0,
        new SourceAddress("syslog_udp", new byte[16], 1),
        Attributes.NONE,
        flags);
    new EventParser(settings).parse(event);
    byte[] text = Arrays.copyOfRange(event.text(), event.textFrom(), event.textTo());
    EventRecord record = EventRecord.of(new Position("ag", 1), event);
    assertThat(LineText.utf8(record)).isEqualTo(text);
    return record;
  }

  private static String text(EventRecord event) {
    return new String(LineText.utf8(event), StandardCharsets.UTF_8);
  }

  @Test
  void readsTheCharsetThatIsConfiguredForTheSource() {
    String russian = "<13>Nov 22 10:00:00 fw пользователь";

    assertThat(text(parsed(LINE.getBytes(Charset.forName("windows-1254")), 0, "windows-1254")))
        .isEqualTo(LINE);
    assertThat(text(parsed(russian.getBytes(Charset.forName("windows-1251")), 0, "windows-1251")))
        .isEqualTo(russian);
    assertThat(text(parsed((LINE + "\r\n\0").getBytes(StandardCharsets.UTF_8), 0, "ISO-8859-9")))
        .isEqualTo(LINE);
  }

  @Test
  void leavesOutTheCharacterThatACutBroke() {
    byte[] whole = LINE.getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);

    assertThat(text(parsed(cut, RecordFlags.TRUNCATED, "windows-1254")))
        .isEqualTo(LINE.substring(0, LINE.length() - 1));
    assertThat(text(parsed(cut, 0, "windows-1254"))).contains("kullanÄ±cÄ±");
  }
}
