package tr.emanet.backup.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.envelope.SecretSharing;

class ShareTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  private static List<Share> shares(Secret password, String set) throws KeysException {
    List<Share> out = new ArrayList<>();
    for (byte[] one : SecretSharing.split(RepositoryPassword.bytes(password), 2, 3, RANDOM)) {
      out.add(Share.of(out.size() + 1, set, one));
    }
    return out;
  }

  private static Share.Read read(String text) {
    return Share.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Share share) {
    return new String(share.print(), StandardCharsets.US_ASCII);
  }

  private static Share good(String text) {
    assertThat(read(text)).isInstanceOf(Share.Read.Good.class);
    return ((Share.Read.Good) read(text)).share();
  }

  private static int wrongGroup(String text) {
    assertThat(read(text)).as(text).isInstanceOf(Share.Read.Wrong.class);
    return ((Share.Read.Wrong) read(text)).group();
  }

  @Test
  void comesBackFromPaperHoweverItIsTyped() throws Exception {
    try (Secret password = RepositoryPassword.random(RANDOM)) {
      List<Share> shares = shares(password, "a1b2");
      String first = text(shares.get(0));
      String third = text(shares.get(2));

      SharesJoined joined =
          SharesJoined.of(
              List.of(
                  good(third.toUpperCase(Locale.ROOT).replace(" ", "-")),
                  good("\ufeff" + first.replace("\n", "\r\n\r\n").replace('i', 'ı'))));

      assertThat(first).matches("(([a-z2-7]{5} ){3}[a-z2-7]{5}\n){4}");
      assertThat(joined)
          .isInstanceOfSatisfying(
              SharesJoined.Password.class,
              p -> assertThat(p.password().matches(password)).isTrue());
    }
  }

  @Test
  void namesTheGroupThatWasMistyped() throws Exception {
    try (Secret password = RepositoryPassword.random(RANDOM)) {
      String text = text(shares(password, "0102").get(1)).replace("\n", " ");
      for (int i = 0; i < text.length(); i++) {
        char is = text.charAt(i);
        if (is == ' ') {
          continue;
        }
        char other = is == 'q' ? 'r' : 'q';
        String typed = text.substring(0, i) + other + text.substring(i + 1);
        assertThat(wrongGroup(typed)).isEqualTo(i / 6 + 1);
        if (i % 6 < 4 && text.charAt(i + 1) != is) {
          String turned = text.substring(0, i) + text.charAt(i + 1) + is + text.substring(i + 2);
          assertThat(wrongGroup(turned)).isEqualTo(i / 6 + 1);
        }
      }
      String[] groups = text.split(" ", -1);
      String swapped =
          String.join(" ", groups[1], groups[0])
              + text.substring(groups[0].length() + groups[1].length() + 1);
      assertThat(wrongGroup(swapped)).isEqualTo(1);
      assertThat(wrongGroup(text.substring(6))).isEqualTo(1);
      assertThat(wrongGroup(text.substring(0, 90))).isZero();
      assertThat(wrongGroup(text + "aaaaa")).isZero();
      assertThat(wrongGroup("!" + text)).isEqualTo(1);
      assertThat(wrongGroup("x".repeat(5000))).isZero();
    }
  }

  @Test
  void refusesSharesThatDoNotFitTogether() throws Exception {
    try (Secret password = RepositoryPassword.random(RANDOM)) {
      List<Share> one = shares(password, "0001");
      List<Share> two = shares(password, "0002");
      List<Share> same = shares(password, "0001");

      assertThat(SharesJoined.of(List.of(one.get(0), two.get(1))).toString())
          .contains("different sets");
      assertThat(SharesJoined.of(List.of(one.get(0), one.get(0))).toString()).contains("twice");
      assertThat(SharesJoined.of(List.of(one.get(0))).toString()).contains("two shares");
      assertThat(SharesJoined.of(List.of(one.get(0), one.get(1), same.get(2))).toString())
          .contains("do not agree");
      assertThat(SharesJoined.of(one)).isInstanceOf(SharesJoined.Password.class);
    }
  }

  @Test
  void showsNothingOfItself() throws Exception {
    try (Secret password = RepositoryPassword.random(RANDOM)) {
      Share share = shares(password, "beef").getFirst();

      assertThat(share.toString()).isEqualTo("Share[1 of beef]");
      share.close();
      assertThat(share.body()).containsOnly(0);
    }
  }
}
