package tr.emanet.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserNamePropertiesTest {

  private static final String LETTERS =
      "abcçdefgğhıijklmnoöprsştuüvyzABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ0189._-";
  private static final Locale TURKISH = Locale.forLanguageTag("tr-TR");

  @Test
  void isTheSameInEveryCaseAndNormalForm() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder typed = new StringBuilder("a");
      for (int n = random.nextInt(20); n > 0; n--) {
        typed.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      String name = typed.toString();
      Optional<UserName> parsed = UserName.parse(name);

      assertThat(parsed).as(name).isPresent();
      for (String other :
          new String[] {
            name.toUpperCase(Locale.ROOT),
            name.toUpperCase(TURKISH),
            name.toLowerCase(TURKISH),
            Normalizer.normalize(name, Normalizer.Form.NFD),
            parsed.get().value()
          }) {
        assertThat(UserName.parse(other)).as(name + " typed as " + other).isEqualTo(parsed);
      }
    }
  }

  @Test
  void acceptsOnlyLettersOfTheListWhateverIsTyped() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder typed = new StringBuilder();
      for (int n = random.nextInt(6); n >= 0; n--) {
        typed.appendCodePoint(random.nextInt(0x2500));
      }

      UserName.parse(typed.toString())
          .ifPresent(n -> assertThat(n.value()).matches("[a-z0-9][a-z0-9._-]{0,63}"));
    }
  }

  @Test
  void keepsDottedAndDotlessIAsOneName() {
    assertThat(UserName.parse("IŞIK")).isEqualTo(UserName.parse("ışık"));
    assertThat(UserName.parse("İREM")).contains(new UserName("irem"));
    assertThat(UserName.parse("İrem")).contains(new UserName("irem"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ayse\0",
        "ayse\n",
        "-ayse",
        ".ayse",
        "local:0",
        "token:7",
        "ayşe yılmaz",
        "аyse",
        "ayse\u200b",
        "ayse\u202e",
        "a/b",
        "<b>",
        "ﬁ",
        "ß",
        "\ud800",
        "a\u0301\u0301"
      })
  void refusesWhatIsNoName(String typed) {
    assertThat(UserName.parse(typed)).isEmpty();
  }

  @Test
  void refusesALongName() {
    assertThat(UserName.parse("a".repeat(64))).isPresent();
    assertThat(UserName.parse("a".repeat(65))).isEmpty();
    assertThat(UserName.parse("a".repeat(1_000_000))).isEmpty();
  }
}
