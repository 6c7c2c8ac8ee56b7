package tr.emanet.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermSplitterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Failed password for root | failed password for root",
        "BAŞARISIZ giriş | basarisiz giris",
        "from 203.0.113.47:22 port | from 203.0.113.47 22 port",
        "srcip=10.0.0.1,dst=10.0.0.2. | srcip 10.0.0.1 dst 10.0.0.2",
        "1.2.3.4.5 | 1 2.3.4.5",
        "v1.2.3 | v1 2 3",
        "2001:DB8:7::1f end | 2001:db8:7::1f end",
        "::1 and fe80::1%eth0 | ::1 and fe80::1 eth0",
        "mac 00:1A:2b:3c:4d:5e ok | mac 00:1a:2b:3c:4d:5e ok",
        "at 03:12:08 | at 03 12 08",
        "std::vector abc::def::zz | std vector abc def zz",
        "ebys-uyg01.example.org | ebys uyg01 example org",
        "user_name=çağrı | user name cagri",
        "dead:beef | dead beef",
        "... | ''",
      })
  void cutsLinesIntoFoldedTerms(String line, String expected) {
    assertThat(String.join(" ", terms(line))).isEqualTo(expected);
  }

  @Test
  void cutsComposedAndDecomposedTextAlike() {
    String line = "İşlem BAŞARISIZ: kullanıcı ÇAĞRI";

    List<String> composed = terms(Normalizer.normalize(line, Normalizer.Form.NFC));

    assertThat(terms(Normalizer.normalize(line, Normalizer.Form.NFD))).isEqualTo(composed);
    assertThat(composed).containsExactly("islem", "basarisiz", "kullanici", "cagri");
  }

  @Test
  void cutsEndlessTermsAtTheLimit() {
    assertThat(terms("x".repeat(5000))).containsExactly("x".repeat(128));
    assertThat(terms("ş".repeat(5000))).containsExactly("s".repeat(128));
  }

  @Test
  void endsForAnyBytes() {
    Random random = new Random(11);
    TermSplitter splitter = new TermSplitter();
    for (int round = 0; round < 50_000; round++) {
      byte[] in = new byte[random.nextInt(80)];
      random.nextBytes(in);
      if (round % 2 == 0) {
        byte[] alphabet = "0123456789abcdef:.: -".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < in.length; i++) {
          in[i] = alphabet[(in[i] & 255) % alphabet.length];
        }
      }
      splitter.reset(in, 0, in.length);
      int last = 0;
      while (splitter.next()) {
        assertThat(splitter.start()).isGreaterThanOrEqualTo(last);
        assertThat(splitter.end()).isGreaterThan(splitter.start());
        assertThat(splitter.length()).isBetween(1, 128);
        last = splitter.end();
      }
    }
  }

  private static List<String> terms(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    TermSplitter splitter = new TermSplitter();
    splitter.reset(bytes, 0, bytes.length);
    List<String> out = new ArrayList<>();
    while (splitter.next()) {
      out.add(new String(splitter.term(), 0, splitter.length(), StandardCharsets.UTF_8));
    }
    return out;
  }
}
