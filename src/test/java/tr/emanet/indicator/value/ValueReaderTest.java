package tr.emanet.indicator.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static tr.emanet.indicator.value.IndicatorKind.ADDRESS;
import static tr.emanet.indicator.value.IndicatorKind.DOMAIN;
import static tr.emanet.indicator.value.IndicatorKind.FILE_HASH;
import static tr.emanet.indicator.value.IndicatorKind.NETWORK;
import static tr.emanet.indicator.value.IndicatorKind.URL;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueReaderTest {

  private static final String MD5 = "D41D8CD98F00B204E9800998ECF8427E";
  private static final String SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
  private static final String SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._~/:?&=+,@%\\[\\]-]+");

  static Stream<Arguments> accepted() {
    return Stream.of(
        // names
        arguments(DOMAIN, "uyari-detaylar-tr.example", DOMAIN, "uyari-detaylar-tr.example"),
        arguments(null, "EVIL.Example", DOMAIN, "evil.example"),
        arguments(null, "MAIL.ISTANBUL.EXAMPLE", DOMAIN, "mail.istanbul.example"),
        arguments(null, "evil.example.", DOMAIN, "evil.example"),
        arguments(null, " \t evil.example \r\n", DOMAIN, "evil.example"),
        arguments(null, "www.evil.example", DOMAIN, "www.evil.example"),
        arguments(null, "*.evil.example", DOMAIN, "evil.example"),
        arguments(DOMAIN, ".evil.example", DOMAIN, "evil.example"),
        arguments(null, "_dmarc.evil.example", DOMAIN, "_dmarc.evil.example"),
        arguments(null, "my_shop.evil.example", DOMAIN, "my_shop.evil.example"),
        arguments(null, "büyükşehir.example", DOMAIN, "xn--bykehir-n2ab50h.example"),
        arguments(null, "BÜYÜKŞEHİR.EXAMPLE", DOMAIN, "xn--bykehir-n2ab50h.example"),
        arguments(null, "XN--BYKEHIR-N2AB50H.example", DOMAIN, "xn--bykehir-n2ab50h.example"),
        arguments(null, "İstanbul.example", DOMAIN, "istanbul.example"),
        arguments(null, "ısparta.example", DOMAIN, "xn--sparta-o9a.example"),
        arguments(null, "ISPARTA.example", DOMAIN, "isparta.example"),
        arguments(null, "evil。example", DOMAIN, "evil.example"),
        arguments(null, "ｅｖｉｌ.example", DOMAIN, "evil.example"),
        arguments(null, "pаypal.example", DOMAIN, "xn--pypal-4ve.example"),
        arguments(null, "a.xn--p1ai", DOMAIN, "a.xn--p1ai"),
        arguments(null, "evil[.]example", DOMAIN, "evil.example"),
        arguments(null, "evil(dot)sub[DOT]example", DOMAIN, "evil.sub.example"),
        arguments(null, "evil{.}example", DOMAIN, "evil.example"),
        arguments(null, "[evil.example](https://evil.example/a)", URL, "evil.example/a"),
        arguments(DOMAIN, "http://evil.example/", DOMAIN, "evil.example"),
        arguments(DOMAIN, "evil.example/", DOMAIN, "evil.example"),
        arguments(DOMAIN, "198.51.100.7", ADDRESS, "198.51.100.7"),
        arguments(DOMAIN, "evil.example/login", URL, "evil.example/login"),
        arguments(DOMAIN, MD5, FILE_HASH, "d41d8cd98f00b204e9800998ecf8427e"),
        arguments(null, "belediye.bel.tr", DOMAIN, "belediye.bel.tr"),
        // URLs
        arguments(URL, "bit.ly/x", URL, "bit.ly/x"),
        arguments(null, "kutt.it/HPJW9M", URL, "kutt.it/HPJW9M"),
        arguments(URL, "HTTPS://Evil.Example/Path", URL, "evil.example/Path"),
        arguments(URL, "hxxps://evil[.]example/a", URL, "evil.example/a"),
        arguments(URL, "hXXp[://]evil.example/a", URL, "evil.example/a"),
        arguments(URL, "h**p://evil.example/a", URL, "evil.example/a"),
        arguments(URL, "evil.example/a/", URL, "evil.example/a"),
        arguments(URL, "evil.example//a///b//", URL, "evil.example/a/b"),
        arguments(URL, "evil.example", URL, "evil.example/"),
        arguments(null, "evil.example/", URL, "evil.example/"),
        arguments(null, "http://evil.example", URL, "evil.example/"),
        arguments(URL, "evil.example:80/a", URL, "evil.example/a"),
        arguments(URL, "https://evil.example:443/a", URL, "evil.example/a"),
        arguments(URL, "evil.example:8080/a", URL, "evil.example:8080/a"),
        arguments(URL, "evil.example:/a", URL, "evil.example/a"),
        arguments(URL, "http://user:pw@evil.example/a", URL, "evil.example/a"),
        arguments(URL, "http://bank.example@evil.example/a@b", URL, "evil.example/a@b"),
        arguments(URL, "45.80.39.242/31337", URL, "45.80.39.242/31337"),
        arguments(null, "45.80.39.242/31337", URL, "45.80.39.242/31337"),
        arguments(null, "198.51.100.7/24", URL, "198.51.100.7/24"),
        arguments(URL, "198.51.100.0/24", URL, "198.51.100.0/24"),
        arguments(URL, "http://[2001:DB8::1]:8080/a", URL, "[2001:db8::1]:8080/a"),
        arguments(URL, "http://[::ffff:198.51.100.7]/a", URL, "198.51.100.7/a"),
        arguments(URL, "bit.ly/halkbankası", URL, "bit.ly/halkbankas%C4%B1"),
        arguments(URL, "bit.ly/halkbankas%c4%b1", URL, "bit.ly/halkbankas%C4%B1"),
        arguments(URL, "evil.example/%41%7e%2f", URL, "evil.example/A~%2F"),
        arguments(URL, "evil.example/100%", URL, "evil.example/100%25"),
        arguments(URL, "evil.example/a)", URL, "evil.example/a%29"),
        arguments(URL, "evil.example/a;b'c$d", URL, "evil.example/a%3Bb%27c%24d"),
        arguments(URL, "evil.example/a?B=c&d=%2f", URL, "evil.example/a?B=c&d=%2F"),
        arguments(URL, "evil.example/a/?b", URL, "evil.example/a?b"),
        arguments(URL, "evil.example?b//c", URL, "evil.example/?b//c"),
        arguments(URL, "evil.example/a?", URL, "evil.example/a"),
        arguments(URL, "evil.example/a?b#c?d", URL, "evil.example/a?b"),
        arguments(URL, "evil.example/a#b/", URL, "evil.example/a"),
        arguments(URL, "büyükşehir.example/ş", URL, "xn--bykehir-n2ab50h.example/%C5%9F"),
        arguments(URL, "ftp://evil.example/a", URL, "evil.example/a"),
        arguments(null, "//evil.example/a", URL, "evil.example/a"),
        arguments(null, "evil.example:8443", URL, "evil.example:8443/"),
        // addresses and networks
        arguments(ADDRESS, "203.0.113.9", ADDRESS, "203.0.113.9"),
        arguments(ADDRESS, "203.0.113[.]9", ADDRESS, "203.0.113.9"),
        arguments(ADDRESS, "203.0.113.9:4444", ADDRESS, "203.0.113.9"),
        arguments(ADDRESS, "http://203.0.113.9/", ADDRESS, "203.0.113.9"),
        arguments(null, "203.0.113.9.", ADDRESS, "203.0.113.9"),
        arguments(null, "::FFFF:203.0.113.9", ADDRESS, "203.0.113.9"),
        arguments(null, "::ffff:cb00:7109", ADDRESS, "203.0.113.9"),
        arguments(null, "2001:0DB8:0:0:0:0:0:1", ADDRESS, "2001:db8::1"),
        arguments(null, "[2001:db8::1]", ADDRESS, "2001:db8::1"),
        arguments(null, "a83f:8110::", ADDRESS, "a83f:8110::"),
        arguments(null, "203.0.113.0/24", NETWORK, "203.0.113.0/24"),
        arguments(NETWORK, "203.0.113.9/32", ADDRESS, "203.0.113.9"),
        arguments(NETWORK, "203.0.113.9", ADDRESS, "203.0.113.9"),
        arguments(NETWORK, "2001:DB8::/32", NETWORK, "2001:db8::/32"),
        arguments(NETWORK, "2001:db8::1/128", ADDRESS, "2001:db8::1"),
        arguments(NETWORK, "::ffff:203.0.113.0/120", NETWORK, "203.0.113.0/24"),
        // hashes
        arguments(null, MD5, FILE_HASH, "d41d8cd98f00b204e9800998ecf8427e"),
        arguments(FILE_HASH, SHA1, FILE_HASH, SHA1),
        arguments(null, SHA256, FILE_HASH, SHA256));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void readsEachFormIntoItsOnlySpelling(
      @Nullable IndicatorKind declared, String raw, IndicatorKind kind, String expected) {
    Reading reading = ValueReader.indicator(declared, raw);

    assertThat(reading).isEqualTo(CanonicalValue.of(kind, expected));
    assertThat(ValueReader.indicator(kind, expected)).as("read again").isEqualTo(reading);
    assertThat(expected).matches(HARMLESS);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(null, "", Refusal.EMPTY),
        arguments(null, " \r\n", Refusal.EMPTY),
        arguments(DOMAIN, "localhost", Refusal.SINGLE_LABEL),
        arguments(DOMAIN, "tr", Refusal.SINGLE_LABEL),
        arguments(DOMAIN, "com.", Refusal.SINGLE_LABEL),
        arguments(DOMAIN, "gov.tr", Refusal.TOO_BROAD),
        arguments(DOMAIN, "*.bel.tr", Refusal.TOO_BROAD),
        arguments(DOMAIN, "GOV.NC.TR", Refusal.TOO_BROAD),
        arguments(DOMAIN, "co.uk", Refusal.TOO_BROAD),
        arguments(DOMAIN, "shop.noclick_com", Refusal.TOP_LEVEL),
        arguments(DOMAIN, "flash-updates.m", Refusal.TOP_LEVEL),
        arguments(DOMAIN, "a..example", Refusal.LABEL),
        arguments(DOMAIN, "-a.example", Refusal.LABEL),
        arguments(DOMAIN, "a-.example", Refusal.LABEL),
        arguments(DOMAIN, "..", Refusal.LABEL),
        arguments(DOMAIN, "a".repeat(64) + ".example", Refusal.TOO_LONG),
        arguments(DOMAIN, "abc.".repeat(63) + "example", Refusal.TOO_LONG),
        arguments(DOMAIN, "a".repeat(10_000) + ".example", Refusal.TOO_LONG),
        arguments(DOMAIN, "ü".repeat(500) + ".example", Refusal.IDN),
        arguments(DOMAIN, "evil.example\nother.example", Refusal.CHARACTER),
        arguments(DOMAIN, "evil.exam\tple", Refusal.CHARACTER),
        arguments(DOMAIN, "evil.example\0", Refusal.CHARACTER),
        arguments(DOMAIN, "evil.example\u001b[2J", Refusal.CHARACTER),
        arguments(DOMAIN, "evil.example\"", Refusal.CHARACTER),
        arguments(DOMAIN, "evil.example'", Refusal.CHARACTER),
        arguments(DOMAIN, "evil.example;reboot", Refusal.CHARACTER),
        arguments(DOMAIN, "evil.example|reboot", Refusal.CHARACTER),
        arguments(DOMAIN, "$(reboot).example", Refusal.CHARACTER),
        arguments(DOMAIN, "`reboot`.example", Refusal.CHARACTER),
        arguments(DOMAIN, "evil example.example", Refusal.CHARACTER),
        arguments(DOMAIN, "\u202Eelpmaxe.live", Refusal.CHARACTER),
        arguments(DOMAIN, "go\u00ADv.example", Refusal.CHARACTER),
        arguments(DOMAIN, "go\u200Dv.example", Refusal.CHARACTER),
        arguments(DOMAIN, "evil\u2028.example", Refusal.CHARACTER),
        arguments(DOMAIN, "evil\u00A0.example", Refusal.CHARACTER),
        arguments(DOMAIN, "\uD800.example", Refusal.CHARACTER),
        arguments(DOMAIN, "a℀b.example", Refusal.CHARACTER),
        arguments(DOMAIN, "evil%2eexample.example", Refusal.CHARACTER),
        arguments(URL, "evil.example/a\"b", Refusal.CHARACTER),
        arguments(URL, "evil.example/a|b", Refusal.CHARACTER),
        arguments(URL, "evil.example/a b", Refusal.CHARACTER),
        arguments(URL, "evil.example/a`b", Refusal.CHARACTER),
        arguments(URL, "evil.example/a\\b", Refusal.CHARACTER),
        arguments(URL, "evil.example/a\r\nb", Refusal.CHARACTER),
        arguments(URL, "evil.example/\u202Ea", Refusal.CHARACTER),
        arguments(URL, "javascript://evil.example/%0aalert(1)", Refusal.SCHEME),
        arguments(URL, "evil.example:0/a", Refusal.PORT),
        arguments(URL, "evil.example:65536/a", Refusal.PORT),
        arguments(URL, "evil.example:8o/a", Refusal.PORT),
        arguments(URL, "evil.example/" + "a".repeat(2048), Refusal.TOO_LONG),
        arguments(URL, "evil.example/" + "ş".repeat(700), Refusal.TOO_LONG),
        arguments(URL, "http:///a", Refusal.LABEL),
        arguments(ADDRESS, "0.0.0.0/0", Refusal.TOO_BROAD),
        arguments(NETWORK, "::/0", Refusal.TOO_BROAD),
        arguments(NETWORK, "0.0.0.0/0", Refusal.TOO_BROAD),
        arguments(NETWORK, "64.0.0.0/7", Refusal.TOO_BROAD),
        arguments(NETWORK, "2000::/3", Refusal.TOO_BROAD),
        arguments(NETWORK, "198.51.100.7/24", Refusal.HOST_BITS),
        arguments(NETWORK, "198.51.100.0/33", Refusal.PREFIX_FORM),
        arguments(NETWORK, "198.51.100.0/024", Refusal.PREFIX_FORM),
        arguments(NETWORK, "198.51.100.0/-1", Refusal.PREFIX_FORM),
        arguments(NETWORK, "::ffff:0.0.0.0/90", Refusal.PREFIX_FORM),
        arguments(NETWORK, "evil.example/24", Refusal.ADDRESS_FORM),
        arguments(ADDRESS, "198.51.100.007", Refusal.ADDRESS_FORM),
        arguments(ADDRESS, "256.1.1.1", Refusal.ADDRESS_FORM),
        arguments(ADDRESS, "1.2.3", Refusal.ADDRESS_FORM),
        arguments(ADDRESS, "3325256705", Refusal.ADDRESS_FORM),
        arguments(ADDRESS, "0xc6336407", Refusal.ADDRESS_FORM),
        arguments(ADDRESS, "2001:db8:::1", Refusal.ADDRESS_FORM),
        arguments(ADDRESS, "fe80::1%eth0", Refusal.ADDRESS_FORM),
        arguments(FILE_HASH, "d41d8cd98f00b204e9800998ecf8427", Refusal.HASH_FORM),
        arguments(FILE_HASH, "g41d8cd98f00b204e9800998ecf8427e", Refusal.HASH_FORM));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWithTheReason(@Nullable IndicatorKind declared, String raw, Refusal reason) {
    Reading reading = ValueReader.indicator(declared, raw);

    assertThat(reading)
        .isInstanceOfSatisfying(
            Refused.class,
            r -> {
              assertThat(r.reason()).isEqualTo(reason);
              assertThat(r.detail()).hasSizeLessThanOrEqualTo(80).matches("[ -~]*");
            });
  }

  @Test
  void readsBroadValuesForListsOfWhatIsNeverBlocked() {
    assertThat(ValueReader.value(DOMAIN, "gov.tr")).isEqualTo(CanonicalValue.of(DOMAIN, "gov.tr"));
    assertThat(ValueReader.value(null, "240.0.0.0/4"))
        .isEqualTo(CanonicalValue.of(NETWORK, "240.0.0.0/4"));
  }

  /** Whatever comes in: what comes out is harmless, stable, and the same from its own text. */
  @Test
  void letsNothingOutsideTheGrammarThrough() {
    Random dice = new Random(4);
    String[] parts = {
      "evil",
      ".",
      "example",
      "/",
      "//",
      ":",
      "80",
      "8080",
      "@",
      "?",
      "#",
      "%41",
      "%",
      "%0a",
      "[",
      "]",
      "::",
      "1",
      "198.51.100.7",
      "a=b",
      "&",
      ";",
      "'",
      "\"",
      "|",
      "\t",
      "\n",
      " ",
      "$",
      "(",
      ")",
      "`",
      "\\",
      "ş",
      "İ",
      "ı",
      "I",
      "。",
      "\u202e",
      "\u00ad",
      "xn--",
      "xn--p1ai",
      "-",
      "_",
      "http://",
      "hxxp",
      "[.]",
      "{dot}",
      "😀",
      "\ud800",
      "Ａ",
      "ß",
      "\u0307",
      "*.",
      ".."
    };
    IndicatorKind[] kinds = IndicatorKind.values();
    int read = 0;
    for (int round = 0; round < 60_000; round++) {
      StringBuilder raw = new StringBuilder(dice.nextBoolean() ? "" : "evil.example");
      for (int n = 1 + dice.nextInt(8); n > 0; n--) {
        raw.append(parts[dice.nextInt(dice.nextInt(3) == 0 ? parts.length : 15)]);
      }
      IndicatorKind declared = dice.nextInt(3) == 0 ? null : kinds[dice.nextInt(kinds.length)];
      if (ValueReader.indicator(declared, raw.toString()) instanceof CanonicalValue value) {
        read++;
        assertThat(value.text()).as("%s", raw).matches(HARMLESS);
        assertThat(ValueReader.indicator(value.kind(), value.text())).isEqualTo(value);
        assertThat(value.display()).isNotEmpty();
        assertThat(value.bytes()).isNotEmpty();
      }
    }
    assertThat(read).isGreaterThan(1000);
  }
}
