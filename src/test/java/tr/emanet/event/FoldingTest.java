package tr.emanet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldingTest {

  @ParameterizedTest
  @ValueSource(strings = {"BAŞARISIZ", "başarısız", "basarisiz", "Başarisız", "BASARISIZ"})
  void foldsEverySpellingOfOneWordToTheSameTerm(String word) {
    assertThat(Folding.fold(word)).isEqualTo("basarisiz");
    assertThat(Folding.fold(Normalizer.normalize(word, Normalizer.Form.NFD)))
        .isEqualTo("basarisiz");
  }

  @Test
  void foldsTheFourLettersIToOne() {
    assertThat(Folding.fold("İIıi")).isEqualTo("iiii");
    assertThat(Folding.fold(Normalizer.normalize("İIıi", Normalizer.Form.NFD))).isEqualTo("iiii");
  }

  @Test
  void spellsOutLettersWithoutDecomposition() {
    assertThat(Folding.fold("Straße Ørsted Łódź ÆON Đorđe"))
        .isEqualTo("strasse orsted lodz aeon dorde");
  }

  @Test
  void foldsComposedAndDecomposedAlikeForEveryLetterOfTheBasicPlane() {
    for (int c = 1; c < 0x10000; c++) {
      if (!Character.isDefined(c) || Character.isSurrogate((char) c)) {
        continue;
      }
      String composed = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFC);
      String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
      assertThat(Folding.fold(composed)).as("U+%04X", c).isEqualTo(Folding.fold(decomposed));
    }
  }

  @Test
  void isIdempotentAndIgnoresCaseForEveryLetterOfTheBasicPlane() {
    for (int c = 1; c < 0x10000; c++) {
      if (!Character.isLetter(c)) {
        continue;
      }
      String folded = Folding.fold(Character.toString(c));
      assertThat(Folding.fold(folded)).as("U+%04X", c).isEqualTo(folded);
    }
    for (char c = 'A'; c <= 'Z'; c++) {
      assertThat(Folding.fold(Character.toString(c)))
          .isEqualTo(Character.toString(c).toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void neverGrowsBeyondThreeTimesTheInputAndNeverThrows() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] in = new byte[random.nextInt(64)];
      random.nextBytes(in);
      byte[] out = new byte[in.length * 3];
      int end = Folding.fold(in, 0, in.length, out, 0);
      assertThat(end).isLessThanOrEqualTo(out.length);
      assertThat(new String(out, 0, end, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
          .hasSize(end);
    }
  }
}
