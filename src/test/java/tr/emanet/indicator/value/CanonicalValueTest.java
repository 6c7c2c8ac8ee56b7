package tr.emanet.indicator.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tr.emanet.indicator.value.IndicatorKind.ADDRESS;
import static tr.emanet.indicator.value.IndicatorKind.DOMAIN;
import static tr.emanet.indicator.value.IndicatorKind.FILE_HASH;
import static tr.emanet.indicator.value.IndicatorKind.NETWORK;
import static tr.emanet.indicator.value.IndicatorKind.URL;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalValueTest {

  @ParameterizedTest
  @CsvSource({
    "DOMAIN,Evil.example",
    "DOMAIN,evil.example.",
    "DOMAIN,evil",
    "DOMAIN,evil.1",
    "DOMAIN,a b.example",
    "DOMAIN,a;b.example",
    "DOMAIN,'büyük.example'",
    "DOMAIN,''",
    "DOMAIN,.",
    "URL,evil.example",
    "URL,evil.example//a",
    "URL,evil.example/a/",
    "URL,evil.example/%41",
    "URL,evil.example/%2f",
    "URL,evil.example/a;b",
    "URL,evil.example/'a\"b'",
    "URL,evil.example:80/",
    "URL,evil.example:/",
    "URL,Evil.example/",
    "URL,http://evil.example/",
    "URL,evil.example/a?",
    "URL,evil.example/a#b",
    "URL,a@evil.example/",
    "URL,[198.51.100.7]/",
    "URL,[::1/a]",
    "URL,[::ffff:1.2.3.4]/",
    "URL,/a",
    "ADDRESS,198.51.100.07",
    "ADDRESS,::ffff:198.51.100.7",
    "ADDRESS,2001:DB8::1",
    "ADDRESS,2001:db8:0::1",
    "NETWORK,198.51.100.7/24",
    "NETWORK,198.51.100.7/32",
    "NETWORK,198.51.100.0",
    "NETWORK,198.51.100.0/+1",
    "FILE_HASH,abc",
    "FILE_HASH,D41D8CD98F00B204E9800998ECF8427E",
  })
  void cannotBeMadeOutsideItsGrammar(IndicatorKind kind, String text) {
    assertThat(CanonicalValue.isCanonical(kind, text)).isFalse();
    assertThatThrownBy(() -> CanonicalValue.of(kind, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("evil");
  }

  @Test
  void givesCompactBytesByKind() {
    HexFormat hex = HexFormat.of();

    assertThat(CanonicalValue.of(DOMAIN, "evil.example").bytes())
        .isEqualTo("evil.example".getBytes(StandardCharsets.US_ASCII));
    assertThat(CanonicalValue.of(URL, "evil.example/A").bytes())
        .isEqualTo("evil.example/A".getBytes(StandardCharsets.US_ASCII));
    assertThat(hex.formatHex(CanonicalValue.of(ADDRESS, "198.51.100.7").bytes()))
        .isEqualTo("00000000000000000000ffffc6336407");
    assertThat(hex.formatHex(CanonicalValue.of(NETWORK, "198.51.100.0/24").bytes()))
        .isEqualTo("00000000000000000000ffffc633640078");
    assertThat(hex.formatHex(CanonicalValue.of(NETWORK, "2001:db8::/32").bytes()))
        .isEqualTo("20010db800000000000000000000000020");
    assertThat(CanonicalValue.of(FILE_HASH, "d41d8cd98f00b204e9800998ecf8427e").bytes())
        .hasSize(16);
  }

  @ParameterizedTest
  @CsvSource({
    "DOMAIN,xn--bykehir-n2ab50h.example,büyükşehir.example",
    "DOMAIN,www.xn--sparta-o9a.example,www.ısparta.example",
    "DOMAIN,xn--strae-oqa.example,xn--strae-oqa.example",
    "DOMAIN,xn--zzzzzzzzz.example,xn--zzzzzzzzz.example",
    "URL,xn--bykehir-n2ab50h.example:8080/xn--p1ai,büyükşehir.example:8080/xn--p1ai",
    "URL,[2001:db8::1]:8080/a,[2001:db8::1]:8080/a",
    "ADDRESS,198.51.100.7,198.51.100.7",
  })
  void showsInternationalNamesToPeopleWhenTheyMeanTheSame(
      IndicatorKind kind, String text, String shown) {
    assertThat(CanonicalValue.of(kind, text).display()).isEqualTo(shown);
  }

  @Test
  void keepsTheNamesOfKindsForTheStore() {
    assertThat(FILE_HASH.id()).isEqualTo("file-hash");
    assertThat(IndicatorKind.ofId("file-hash")).contains(FILE_HASH);
    assertThat(IndicatorKind.ofId("FILE-HASH")).isEmpty();
    assertThat(Refusal.HOST_BITS.id()).isEqualTo("host-bits");
    assertThat(NETWORK).isNotEqualTo(ADDRESS);
  }
}
