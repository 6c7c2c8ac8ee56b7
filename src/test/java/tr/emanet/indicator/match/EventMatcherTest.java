package tr.emanet.indicator.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.FieldType;
import tr.emanet.event.IpAddress;
import tr.emanet.event.SourceAddress;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.IndicatorKind;
import tr.emanet.indicator.value.ValueReader;
import tr.emanet.parse.ConfiguredSources;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceConfig;

class EventMatcherTest {

  private static final long NOW = 1_780_000_000_000L;
  private static final SourceAddress SOURCE =
      SourceAddress.of("udp", InetAddress.getLoopbackAddress(), 514);

  private final EventParser parser = new EventParser(new ConfiguredSources(SourceConfig.DEFAULT));
  private final Event event = new Event();
  private final CurrentSet current = new CurrentSet();
  private final EventMatcher matcher = new EventMatcher(current);

  private static CanonicalValue value(String raw) {
    if (ValueReader.indicator(null, raw) instanceof CanonicalValue value) {
      return value;
    }
    throw new IllegalArgumentException(raw);
  }

  private void list(String... raws) {
    IndicatorSet.Builder builder = new IndicatorSet.Builder(42);
    for (int i = 0; i < raws.length; i++) {
      builder.add(i + 1, value(raws[i]), 0, Long.MAX_VALUE);
    }
    current.replace(builder.build());
  }

  private Event parsed(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    event.reset(bytes, 0, bytes.length, NOW * 1000, SOURCE, Attributes.NONE, 0);
    parser.parse(event);
    return event;
  }

  /** {@code id@field:observed}, with a tilde for weak hits. */
  private List<String> hits(Event of) {
    List<String> out = new ArrayList<>();
    matcher.match(
        of,
        (id, field, source, from, to, weak) -> {
          boolean binary = field != null && field.type() == FieldType.IP;
          String seen =
              binary
                  ? IpAddress.text(source, from)
                  : new String(source, from, to - from, StandardCharsets.UTF_8);
          String where = field == null ? "TEXT" : field.ecsName();
          out.add(id + "@" + where + ":" + seen + (weak ? "~" : ""));
        });
    return out;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "evil.example, evil.example, true",
        "evil.example, a.b.evil.example, true",
        "evil.example, EVIL.EXAMPLE., true",
        "evil.example, notevil.example, false",
        "evil.example, evil.example.tr, false",
        "evil.example, evil-example, false",
        "evil.example, x_.evil.example, true",
        "evil.example, user@evil.example, true",
        "evil.example, evil.example:8080, true",
        "evil.example, https://evil.example/any?thing, true",
        "evil.example, (evil.example), true",
        "evil.example, “evil.example”, true",
        "evil.example, url=http%3A%2F%2Fevil.example%2Fa, true",
        "evil.example, http:\\/\\/evil.example\\/a, true",
        "büyük.example, BÜYÜK.example, true",
        "büyük.example, www.xn--byk-hoab.example, true",
        "xn--byk-hoab.example, büyük.example, true",
        "istanbul.example, İSTANBUL.EXAMPLE, true",
        "ısparta.example, ISPARTA.EXAMPLE, false",
        "isparta.example, ISPARTA.EXAMPLE, true",
        "paypal.example, pаypal.example, false",
        "bit.ly/x, http://bit.ly/x, true",
        "bit.ly/x, https://bit.ly/y, false",
        "bit.ly/x, bit.ly, false",
        "bit.ly/x, https://bit.ly/x?utm=1, true",
        "bit.ly/x, https://BIT.LY/x/, true",
        "bit.ly/x, https://bit.ly//x, true",
        "bit.ly/x, https://bit.ly/X, false",
        "bit.ly/x, https://bit.ly/x/y, false",
        "bit.ly/x, https://a.bit.ly/x, false",
        "bit.ly/x, https://bit.ly:443/x, true",
        "bit.ly/x, http://bit.ly:8080/x, false",
        "bit.ly/x, see (bit.ly/x)., true",
        "bit.ly/x?a=b, https://bit.ly/x?a=b, true",
        "bit.ly/x?a=b, https://bit.ly/x?a=c, false",
        "bit.ly/x?a=b, https://bit.ly/x, false",
        "bit.ly/halkbankası, https://bit.ly/halkbankas%c4%b1, true",
        "bit.ly/halkbankası, https://bit.ly/halkbankası, true",
        "kutt.it/HPJW9M, kutt.it/hpjw9m, false",
        "evil.example/, http://evil.example/, true",
        "evil.example/, http://evil.example/a, false",
        "evil.example:8080/a, http://evil.example:8080/a, true",
        "45.80.39.242/31337, http://45.80.39.242/31337, true",
        "45.80.39.242/31337, 45.80.39.242, false",
        "http://[2001:db8::1]/a, 2001:db8::1, false",
        "198.51.100.7, 198.51.100.7:53, true",
        "198.51.100.7, 198.51.100.70, false",
        "198.51.100.7, 1.198.51.100.7, false",
        "198.51.100.7, 10.0.0.1-198.51.100.7, true",
        "198.51.100.7, ::ffff:198.51.100.7, true",
        "198.51.100.7, src:198.51.100.7., true",
        "198.51.100.0/24, 198.51.100.255, true",
        "198.51.100.0/24, 198.51.101.0, false",
        "2001:db8::/32, [2001:DB8:0:0::9]:443, true",
        "2001:db8::1, client:2001:db8::1, true",
        "2001:db8::1, 2001:db8::12, false",
        "2001:db8::1, std2001:db8::1, false",
        "d41d8cd98f00b204e9800998ecf8427e, MD5=D41D8CD98F00B204E9800998ECF8427E, true",
        "d41d8cd98f00b204e9800998ecf8427e, d41d8cd98f00b204e9800998ecf8427ee, false",
      })
  void findsValuesInUnparsedText(String indicator, String text, boolean expected) {
    list(indicator);

    List<String> hits = hits(parsed("kayıt dışı " + text + " satır"));

    assertThat(hits).hasSize(expected ? 1 : 0);
  }

  @Test
  void namesTheFieldOfAnAccessLog() {
    list("203.0.113.5", "203.0.113.0/24", "evil.example/login", "drop.example");

    List<String> hits =
        hits(
            parsed(
                "203.0.113.5 - - [29/Sep/2021:14:11:34 +0200] \"GET http://evil.example/login?a=1"
                    + " HTTP/1.1\" 200 17 \"https://www.drop.example/\" \"curl\""));

    assertThat(hits)
        .containsExactly(
            "1@source.ip:203.0.113.5",
            "2@source.ip:203.0.113.5",
            "3@url.original:http://evil.example/login?a=1",
            "4@TEXT:www.drop.example");
  }

  @Test
  void putsTheHostBesideTheTargetOfARequest() {
    list("evil.example/login", "evil.example:8080/x");

    assertThat(
            hits(
                parsed(
                    "<189>date=2026-05-28 time=20:26:40 devid=\"FG100\" type=\"utm\""
                        + " hostname=\"evil.example\" url=\"/login\" dstport=443")))
        .containsExactly("1@url.original:/login");
    assertThat(
            hits(
                parsed(
                    "<189>date=2026-05-28 time=20:26:40 devid=\"FG100\" type=\"utm\""
                        + " hostname=\"evil.example\" url=\"/x\" dstport=8080")))
        .containsExactly("2@url.original:/x");
  }

  @Test
  void findsTheQuestionOfANameServer() {
    list("evil.example");

    assertThat(
            hits(
                parsed(
                    "<30>May 28 20:26:40 ns1 named[7]: client @0x7f 192.0.2.1#3076"
                        + " (x.EVIL.example): query: x.EVIL.example IN A +E(0) (10.0.0.53)")))
        .containsExactly("1@dns.question.name:x.EVIL.example");
  }

  @Test
  void findsValuesThatStandEscapedInTheLine() {
    list("evil.example/a/b", "other.example");

    assertThat(
            hits(
                parsed(
                    "{\"url\":\"http:\\/\\/evil.example\\/a\\/b\","
                        + "\"note\":\"\\u006fther.example\"}")))
        .containsExactlyInAnyOrder(
            "1@url.original:http://evil.example/a/b", "2@TEXT:other.example");
  }

  @Test
  void reportsAnIndicatorOnceAndAllThatShareAValue() {
    list("evil.example", "evil.example", "a.evil.example");

    assertThat(hits(parsed("x evil.example a.evil.example b.evil.example evil.example")))
        .extracting(h -> h.substring(0, 2))
        .containsExactlyInAnyOrder("1@", "2@", "3@");
  }

  @Test
  void marksTheBareNameOfAWwwIndicatorAsWeak() {
    list("www.evil.example");

    assertThat(hits(parsed("x evil.example y"))).containsExactly("1@TEXT:evil.example~");
    assertThat(hits(parsed("x a.evil.example y"))).isEmpty();
    assertThat(hits(parsed("x evil.example www.evil.example")))
        .containsExactly("1@TEXT:www.evil.example");
  }

  @Test
  void looksAtTheIndicatorAsItWasAtTheTimeOfTheEvent() {
    CanonicalValue evil = value("evil.example");
    current.replace(
        new IndicatorSet.Builder(1)
            .add(1, evil, NOW, NOW + 1)
            .add(2, evil, NOW + 1, Long.MAX_VALUE)
            .add(3, evil, 0, NOW)
            .build());

    assertThat(hits(parsed("evil.example"))).containsExactly("1@TEXT:evil.example");
  }

  @Test
  void takesANewSetFromTheNextEventOn() {
    list("evil.example");
    parsed("evil.example");
    assertThat(hits(event)).hasSize(1);

    list("other.example");

    assertThat(hits(event)).isEmpty();
    current.replace(IndicatorSet.EMPTY);
    assertThat(hits(event)).isEmpty();
  }

  @Test
  void staysBoundedOnNastyLines() {
    list("evil.example", "evil.example/a", "198.51.100.7", "2001:db8::1");
    String[] nasty = {
      ":".repeat(60_000),
      "a:".repeat(30_000),
      ".".repeat(60_000),
      "a.".repeat(30_000),
      "%41".repeat(20_000),
      "ş.".repeat(20_000),
      "evil.example/".repeat(4_000),
      "1.1.1.1-".repeat(7_000),
      "\u0000".repeat(9_999),
      "http://".repeat(8_000),
      "-.".repeat(30_000),
      "ab".repeat(30_000)
    };

    for (String line : nasty) {
      assertThat(hits(parsed(line + " 198.51.100.7"))).contains("3@TEXT:198.51.100.7");
    }
  }

  @Test
  void allocatesNothingAnEvent() {
    list("evil.example", "evil.example/a", "198.51.100.0/24", "2001:db8::1");
    parsed(
        "203.0.113.5 - - [29/Sep/2021:14:11:34 +0200] \"GET http://evil.example/a?a=1 HTTP/1.1\""
            + " 200 17 \"https://www.drop.example/\" \"curl\" 198.51.100.7 2001:db8::1");
    HitSink sink = (id, field, source, from, to, weak) -> {};
    int found = 0;
    for (int i = 0; i < 2_000; i++) {
      found += matcher.match(event, sink);
    }
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 2_000; i++) {
      found += matcher.match(event, sink);
    }
    long allocated = thread.getCurrentThreadAllocatedBytes() - before;

    assertThat(found).isEqualTo(16_000);
    assertThat(allocated).isLessThan(4_000);
  }

  @Test
  void takesHalfAMillionIndicatorsFromTheirStoredForm() {
    IndicatorSet.Builder builder = new IndicatorSet.Builder(9);
    for (int i = 0; i < 500_000; i++) {
      builder.add(i, IndicatorKind.DOMAIN, "h" + i + ".evil.example", 0, Long.MAX_VALUE);
    }
    current.replace(builder.build());

    assertThat(current.get().size()).isEqualTo(500_000);
    assertThat(hits(parsed("h0.evil.example h499999.evil.example h500000.evil.example")))
        .hasSize(2);
  }
}
