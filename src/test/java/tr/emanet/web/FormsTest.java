package tr.emanet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers, dates, endings and visible escapes in both languages. */
class FormsTest {

  private static final ZoneId ISTANBUL = ZoneId.of("Europe/Istanbul");
  private static final Instant MOMENT = Instant.parse("2026-11-22T00:12:08.207Z");

  private final Formats turkish = new Formats(Language.TR, ISTANBUL);
  private final Formats english = new Formats(Language.EN, ISTANBUL);

  @Test
  void writesNumbersAsEachLanguageDoes() {
    assertThat(turkish.number(71486)).isEqualTo("71.486");
    assertThat(english.number(71486)).isEqualTo("71,486");
    assertThat(turkish.decimal(31.4)).isEqualTo("31,4");
    assertThat(turkish.percent(.62)).isEqualTo("%62");
    assertThat(english.percent(.62)).isEqualTo("62%");
    assertThat(turkish.compact(8000)).isEqualTo("8 bin");
    assertThat(turkish.bytes(2_300_000_000_000L)).isEqualTo("2,3 TB");
  }

  @Test
  void writesMomentsInTheZoneOfTheInstitution() {
    assertThat(turkish.dateTime(MOMENT)).isEqualTo("22.11.2026 03:12:08");
    assertThat(english.dateTime(MOMENT)).isEqualTo("22 Nov 2026 03:12:08");
    assertThat(turkish.millis(MOMENT)).isEqualTo(",207");
    assertThat(turkish.offset(MOMENT)).isEqualTo("UTC+3");
    assertThat(turkish.shortMoment(MOMENT)).isEqualTo("22.11 03:12");
  }

  @Test
  void writesSpansWithTwoUnitsAtMost() {
    assertThat(turkish.span(Duration.ofMinutes(364))).isEqualTo("6 sa 04 dk");
    assertThat(english.span(Duration.ofMinutes(364))).isEqualTo("6 h 04 min");
    assertThat(turkish.span(Duration.ofMinutes(15))).isEqualTo("15 dk");
    assertThat(turkish.span(Duration.ofMillis(31))).isEqualTo("31 ms");
  }

  @Test
  void putsTurkishEndingsAfterFiguresAndNames() {
    assertThat(TurkishSuffix.POSSESSIVE.after("%84")).isEqualTo("%84’ü");
    assertThat(TurkishSuffix.POSSESSIVE.after("620")).isEqualTo("620’si");
    assertThat(TurkishSuffix.LOCATIVE.after("20:00")).isEqualTo("20:00’da");
    assertThat(TurkishSuffix.LOCATIVE.after("2027")).isEqualTo("2027’de");
    assertThat(TurkishSuffix.DATIVE.after("ebys-uyg01")).isEqualTo("ebys-uyg01’e");
    assertThat(TurkishSuffix.GENITIVE.after("71.486")).isEqualTo("71.486’nın");
    assertThat(TurkishSuffix.ABLATIVE.after("1.000")).isEqualTo("1.000’den");
    assertThat(TurkishSuffix.ABLATIVE.after("300")).isEqualTo("300’den");
    assertThat(TurkishSuffix.LOCATIVE.after("40")).isEqualTo("40’ta");
    assertThat(TurkishSuffix.LOCATIVE.after("")).isEqualTo("’de");
  }

  @Test
  void showsWhatHidesInText() {
    assertThat(Visible.plain("a\u001b[31mb\u202ec\u200bd\r\n\0"))
        .isEqualTo("a\\x1b[31mbU+202EcU+200Bd\\r\\n\\0");
    assertThat(Visible.plain("BAŞARISIZ giriş")).isEqualTo("BAŞARISIZ giriş");
    assertThat(Visible.pieces("x\u0007y"))
        .containsExactly(
            new Visible.Piece("x", false),
            new Visible.Piece("\\x07", true),
            new Visible.Piece("y", false));
    assertThat(Visible.decode(new byte[] {'a', (byte) 0xff, 'b'})).isEqualTo("a\\xffb");
    assertThat(Visible.decode("ğ".getBytes(StandardCharsets.UTF_8))).isEqualTo("ğ");
  }

  @Test
  void choosesTheLanguageByWeight() {
    assertThat(Language.accepted("en-GB,en;q=0.9,tr;q=0.8")).isEqualTo(Language.EN);
    assertThat(Language.accepted("tr-TR,tr;q=0.9,en;q=0.8")).isEqualTo(Language.TR);
    assertThat(Language.accepted("de,en;q=0.3")).isEqualTo(Language.EN);
    assertThat(Language.accepted("de, fr;q=x")).isEqualTo(Language.TR);
  }

  @Test
  void redirectsOnlyToOwnPaths() {
    assertThat(Urls.isLocal("/search?q=a%20b")).isTrue();
    assertThat(Urls.isLocal("//evil.example")).isFalse();
    assertThat(Urls.isLocal("/\\evil.example")).isFalse();
    assertThat(Urls.isLocal("https://evil.example")).isFalse();
    assertThat(Urls.isLocal("/a\r\nSet-Cookie: x")).isFalse();
    assertThat(Urls.path("/search").with("q", "a b&c+d").with("from", "").toString())
        .isEqualTo("/search?q=a%20b%26c%2Bd");
  }

  @Test
  void fillsTextsWithoutQuotingRules() {
    Texts texts = new TextCatalog(List.of("web"), ISTANBUL).in(Language.TR);

    assertThat(texts.get("web.rate", 1284L)).isEqualTo("1.284 olay/sn");
    assertThat(texts.get("web.missing")).isEqualTo("web.missing");
  }
}
