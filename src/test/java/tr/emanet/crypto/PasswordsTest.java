package tr.emanet.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class PasswordsTest {

  private static final Passwords.Cost CHEAP = new Passwords.Cost(64, 1, 1);

  private final Passwords passwords = new Passwords(new SecureRandom(), CHEAP);

  @Test
  void matchesThePasswordThatWasHashedAndNoOther() {
    String phc = passwords.hash(Secret.of("doğru at pil zımba")).orElseThrow();

    assertThat(phc).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(passwords.check(Secret.of("doğru at pil zımba"), phc))
        .isEqualTo(Passwords.Check.MATCH);
    assertThat(passwords.check(Secret.of("doğru at pil zimba"), phc))
        .isEqualTo(Passwords.Check.MISMATCH);
    assertThat(passwords.hash(Secret.of("doğru at pil zımba"))).isNotEqualTo(Optional.of(phc));
  }

  @Test
  void derivesWithTheStandardCost() {
    Passwords standard = new Passwords(new SecureRandom(), Passwords.Cost.STANDARD);

    String phc = standard.hash(Secret.of("a long enough one")).orElseThrow();

    assertThat(phc).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(standard.check(Secret.of("a long enough one"), phc))
        .isEqualTo(Passwords.Check.MATCH);
    assertThat(standard.isWeak(phc)).isFalse();
    assertThat(standard.isWeak(passwords.hash(Secret.of("x")).orElseThrow())).isTrue();
  }

  @Test
  void refusesParametersOutOfBoundsBeforeDeriving() {
    String salt = "AAAAAAAAAAAAAAAAAAAAAA";
    String tag = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    for (String parameters :
        new String[] {
          "m=999999,t=1,p=1", "m=64,t=99,p=1", "m=64,t=1,p=9", "m=64,t=0,p=1", "m=1,t=1,p=1"
        }) {
      assertThat(PasswordHash.parse("$argon2id$v=19$" + parameters + "$" + salt + "$" + tag))
          .as(parameters)
          .isEmpty();
    }
    assertThat(PasswordHash.parse("$argon2id$v=19$m=64,t=1,p=1$" + salt + "$" + tag)).isPresent();
    assertThat(PasswordHash.parse("$argon2i$v=19$m=64,t=1,p=1$" + salt + "$" + tag)).isEmpty();
    assertThat(passwords.check(Secret.of("x"), "rubbish")).isEqualTo(Passwords.Check.MISMATCH);
  }

  @Test
  void neverMatchesForAPersonWhoDoesNotExist() {
    assertThat(passwords.checkNothing(Secret.of(""))).isEqualTo(Passwords.Check.MISMATCH);
  }

  /** The test vector of RFC 9106, section 5.3, through the same generator. */
  @Test
  void derivesTheVectorOfTheStandard() {
    byte[] password = HexFormat.of().parseHex("01".repeat(32));
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withIterations(3)
            .withMemoryAsKB(32)
            .withParallelism(4)
            .withSalt(HexFormat.of().parseHex("02".repeat(16)))
            .withSecret(HexFormat.of().parseHex("03".repeat(8)))
            .withAdditional(HexFormat.of().parseHex("04".repeat(12)))
            .build());

    byte[] tag = new byte[32];
    generator.generateBytes(password, tag);

    assertThat(HexFormat.of().formatHex(tag))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  @Test
  void neverShowsASecret() {
    Secret secret = Secret.of("kanarya");

    assertThat(secret.toString()).doesNotContain("kanarya");
    assertThat("" + secret).isEqualTo("******");
    secret.close();
    assertThat(secret.reveal().getBytes(StandardCharsets.UTF_8)).containsOnly(0);
  }

  @Test
  void makesIdsOf256BitsAndCodesThatAreForgivingToType() {
    Tokens tokens = new Tokens(new SecureRandom());

    String id = tokens.next();
    String code = tokens.nextCode();

    assertThat(id).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(tokens.next());
    assertThat(code).matches("([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}");
    assertThat(Tokens.normalizeCode(" " + code.toLowerCase(java.util.Locale.ROOT)))
        .isEqualTo(code.replace("-", ""));
    assertThat(Tokens.digest(id)).hasSize(64).doesNotContain(id);
  }
}
