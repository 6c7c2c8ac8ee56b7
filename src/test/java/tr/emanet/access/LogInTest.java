package tr.emanet.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.ChainCheck;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.Tokens;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.store.StoreException;

class LogInTest {

  private static final LogIn.Outcome WRONG =
      new LogIn.Outcome.Refused(AccessProblem.WRONG_PASSWORD);

  @TempDir private Path state = Path.of(".");
  private AccessFixture it;

  @BeforeEach
  void open() throws StoreException {
    it = new AccessFixture(state);
  }

  @AfterEach
  void close() {
    it.close();
  }

  private boolean works(String cookie) {
    return it.access.sessions().find(cookie, true).isPresent();
  }

  @Test
  void signsInByAnySpellingOfTheNameAndInEitherNormalForm() {
    it.person("ışıl", Role.ANALYST);

    assertThat(it.tryPassword("IŞIL", AccessFixture.PASSWORD, "10.0.0.1"))
        .isInstanceOf(LogIn.Outcome.Opened.class);
    assertThat(
            it.tryPassword(
                "isil",
                java.text.Normalizer.normalize(
                    AccessFixture.PASSWORD, java.text.Normalizer.Form.NFD),
                "10.0.0.1"))
        .isInstanceOf(LogIn.Outcome.Opened.class);
  }

  @Test
  void refusesWrongNameWrongPasswordAndDisabledAccountAlike() {
    UserName mehmet = it.person("mehmet", Role.ANALYST);
    it.access.users().setDisabled(AccessFixture.LOCAL, mehmet, true);

    assertThat(it.tryPassword("mehmet", AccessFixture.PASSWORD, "10.0.0.1")).isEqualTo(WRONG);
    assertThat(it.tryPassword("mehmet", "wrong", "10.0.0.2")).isEqualTo(WRONG);
    assertThat(it.tryPassword("nobody", "wrong", "10.0.0.3")).isEqualTo(WRONG);
    assertThat(it.tryPassword("no\0body", "wrong", "10.0.0.4")).isEqualTo(WRONG);
  }

  @Test
  void makesTheNextTryWaitAfterFailures() {
    it.person("ayse", Role.ANALYST);
    for (int i = 0; i < 4; i++) {
      assertThat(it.tryPassword("ayse", "wrong", "10.0.0.1")).isEqualTo(WRONG);
    }

    assertThat(it.tryPassword("ayse", AccessFixture.PASSWORD, "10.0.0.1"))
        .isEqualTo(new LogIn.Outcome.Wait(Duration.ofSeconds(1)));
    it.pass(Duration.ofSeconds(1));
    assertThat(it.tryPassword("ayse", AccessFixture.PASSWORD, "10.0.0.1"))
        .isInstanceOf(LogIn.Outcome.Opened.class);
  }

  @Test
  void makesTheNextTryWaitAlsoAfterARestart() throws StoreException {
    it.person("ayse", Role.ANALYST);
    for (int i = 0; i < 4; i++) {
      assertThat(it.tryPassword("ayse", "yanlış parola", "10.0.0.1")).isEqualTo(WRONG);
    }

    it.close();
    it = new AccessFixture(state);

    assertThat(it.tryPassword("ayse", AccessFixture.PASSWORD, "10.0.0.1"))
        .isInstanceOf(LogIn.Outcome.Wait.class);
    assertThat(it.tryPassword("ayse", AccessFixture.PASSWORD, "10.0.0.7"))
        .isInstanceOf(LogIn.Outcome.Opened.class);
  }

  @Test
  void endsASessionAfterHalfAnHourOfSilence() {
    it.person("ayse", Role.ANALYST);
    String cookie = it.signIn("ayse");

    it.pass(Duration.ofMinutes(29));
    assertThat(works(cookie)).isTrue();
    it.pass(Duration.ofMinutes(29));
    assertThat(works(cookie)).isTrue();
    it.pass(Duration.ofMinutes(29));
    assertThat(it.access.sessions().find(cookie, false)).isPresent();
    it.pass(Duration.ofMinutes(1));
    assertThat(works(cookie)).isFalse();
  }

  @Test
  void endsASessionAfterTwelveHoursInAnyCase() {
    it.person("ayse", Role.ANALYST);
    String cookie = it.signIn("ayse");

    for (int i = 0; i < 12 * 4 - 1; i++) {
      it.pass(Duration.ofMinutes(15));
      assertThat(works(cookie)).isTrue();
    }
    it.pass(Duration.ofMinutes(15));
    assertThat(works(cookie)).isFalse();
  }

  @Test
  void endsOldSessionsAtLogOutNewPasswordOtherRolesResetAndDisabling() {
    UserName ayse = it.person("ayse", Role.ANALYST);
    String first = it.signIn("ayse");
    it.access.logIn().close(it.access.sessions().find(first, true).orElseThrow());
    assertThat(works(first)).isFalse();

    String second = it.signIn("ayse");
    LogIn.Outcome changed =
        it.access
            .logIn()
            .changePassword(
                ayse,
                Secret.of(AccessFixture.PASSWORD),
                Secret.of("başka bir uzun söz"),
                AccessFixture.DESK);
    assertThat(works(second)).isFalse();
    assertThat(changed)
        .isInstanceOfSatisfying(
            LogIn.Outcome.Opened.class, opened -> assertThat(works(opened.sessionId())).isTrue());

    String third = ((LogIn.Outcome.Opened) changed).sessionId();
    it.access.users().setRoles(AccessFixture.LOCAL, ayse, Set.of(Role.AUDITOR));
    assertThat(works(third)).isFalse();

    LogIn.Outcome again = it.tryPassword("ayse", "başka bir uzun söz", "10.0.0.7");
    it.access.users().setDisabled(AccessFixture.LOCAL, ayse, true);
    assertThat(works(((LogIn.Outcome.Opened) again).sessionId())).isFalse();
  }

  @Test
  void setsAPasswordByAOneTimeCodeOnlyOnceAndInTime() {
    UserName ayse = it.person("ayse", Role.ANALYST);
    UserChange.DoneWithCode reset =
        (UserChange.DoneWithCode) it.access.users().reset(AccessFixture.LOCAL, ayse);
    Secret fresh = Secret.of("yepyeni uzun bir söz");
    LogIn.Outcome wrongCode = new LogIn.Outcome.Refused(AccessProblem.WRONG_CODE);

    assertThat(it.tryPassword("ayse", AccessFixture.PASSWORD, "10.0.0.1")).isEqualTo(WRONG);
    assertThat(it.access.logIn().redeem("ayse", "AAAAA-AAAAA", fresh, AccessFixture.DESK))
        .isEqualTo(wrongCode);
    assertThat(it.access.logIn().redeem("ayse", reset.code(), fresh, AccessFixture.DESK))
        .isInstanceOf(LogIn.Outcome.Opened.class);
    assertThat(it.access.logIn().redeem("ayse", reset.code(), fresh, AccessFixture.DESK))
        .isEqualTo(wrongCode);

    UserChange.DoneWithCode late =
        (UserChange.DoneWithCode) it.access.users().reset(AccessFixture.LOCAL, ayse);
    it.pass(Duration.ofHours(24));
    assertThat(it.access.logIn().redeem("ayse", late.code(), fresh, AccessFixture.DESK))
        .isEqualTo(wrongCode);
  }

  @Test
  void makesTheFirstAdministratorByTheCodeOfThisStartOnly() {
    Tokens tokens = new Tokens(new SecureRandom());
    FirstAdministrator first = it.access.first();
    String old = first.offer(tokens).orElseThrow();
    String code = first.offer(tokens).orElseThrow();
    Secret password = Secret.of(AccessFixture.PASSWORD);

    assertThat(first.redeem(old, "ayse", "Ayşe", password, AccessFixture.DESK))
        .isEqualTo(new LogIn.Outcome.Refused(AccessProblem.WRONG_CODE));
    assertThat(first.redeem(code, "ayse", "Ayşe", Secret.of("short"), AccessFixture.DESK))
        .isEqualTo(new LogIn.Outcome.Refused(AccessProblem.PASSWORD_TOO_SHORT));
    assertThat(first.redeem(code, "ayse", "Ayşe", password, AccessFixture.DESK))
        .isInstanceOfSatisfying(
            LogIn.Outcome.Opened.class,
            opened -> assertThat(opened.person().roles()).contains(Role.ADMINISTRATOR));
    assertThat(first.redeem(code, "b", "B", password, AccessFixture.DESK))
        .isEqualTo(new LogIn.Outcome.Refused(AccessProblem.ALREADY_SET_UP));
    assertThat(first.offer(tokens)).isEmpty();
    assertThat(first.isWaiting()).isFalse();
  }

  @Test
  void forgetsTheSetUpCodeAfterAnHourAndSlowsGuessing() {
    FirstAdministrator first = it.access.first();
    String code = first.offer(new Tokens(new SecureRandom())).orElseThrow();
    Secret password = Secret.of(AccessFixture.PASSWORD);
    for (int i = 0; i < 4; i++) {
      assertThat(first.redeem("x", "ayse", "Ayşe", password, AccessFixture.DESK))
          .isInstanceOf(LogIn.Outcome.Refused.class);
    }

    assertThat(first.redeem(code, "ayse", "Ayşe", password, AccessFixture.DESK))
        .isInstanceOf(LogIn.Outcome.Wait.class);
    it.pass(Duration.ofHours(1));
    assertThat(first.redeem(code, "ayse", "Ayşe", password, AccessFixture.DESK))
        .isEqualTo(new LogIn.Outcome.Refused(AccessProblem.WRONG_CODE));
  }

  @Test
  void judgesNewPasswords() {
    PasswordRules rules = new PasswordRules();
    UserName ayse = new UserName("ayse.yilmaz");

    assertThat(rules.judge(Secret.of("on bir harf"), ayse))
        .contains(AccessProblem.PASSWORD_TOO_SHORT);
    assertThat(rules.judge(Secret.of("x".repeat(129)), ayse))
        .contains(AccessProblem.PASSWORD_TOO_LONG);
    for (String common :
        new String[] {
          "Galatasaray1905",
          "Parola123456",
          "ABABABABABAB",
          "123456789012",
          "aaaaaaaaaaaa",
          "abcdefghijklm",
          "BELEDİYE2026",
          "qwertyuiop123"
        }) {
      assertThat(rules.judge(Secret.of(common), ayse))
          .as(common)
          .contains(AccessProblem.PASSWORD_COMMON);
    }
    assertThat(rules.judge(Secret.of("Ayşe.Yılmaz1"), ayse))
        .contains(AccessProblem.PASSWORD_LIKE_NAME);
    assertThat(rules.judge(Secret.of("çay bardağı mavi"), ayse)).isEmpty();
  }

  @Test
  void keepsTheLastAdministrator() {
    UserName ayse = it.person("ayse", Role.ADMINISTRATOR);
    UserChange refused = new UserChange.Refused(AccessProblem.LAST_ADMINISTRATOR);
    Users users = it.access.users();

    assertThat(users.setDisabled(AccessFixture.LOCAL, ayse, true)).isEqualTo(refused);
    assertThat(users.setRoles(AccessFixture.LOCAL, ayse, Set.of(Role.ANALYST))).isEqualTo(refused);
    it.person("mehmet", Role.ADMINISTRATOR);
    assertThat(users.setDisabled(AccessFixture.LOCAL, ayse, true))
        .isInstanceOf(UserChange.Done.class);
  }

  @Test
  void refusesASecondPersonWhoseNameLooksTheSame() {
    it.person("ışık", Role.ANALYST);

    assertThat(it.access.users().create(AccessFixture.LOCAL, "isik", "x", Set.of(Role.ANALYST)))
        .isEqualTo(new UserChange.Refused(AccessProblem.NAME_TAKEN));
    assertThat(it.access.users().create(AccessFixture.LOCAL, "x", "a\u202eb", Set.of(Role.ANALYST)))
        .isEqualTo(new UserChange.Refused(AccessProblem.BAD_DISPLAY_NAME));
  }

  @Test
  void auditsEveryActAndNeverASecret() throws Exception {
    UserName ayse = it.person("ayse", Role.ADMINISTRATOR);
    String cookie = it.signIn("ayse");
    it.tryPassword("ayse", "canary-wrong-password", "10.0.0.1");
    Principal who = it.access.users().find(ayse).orElseThrow().principal();
    ApiTokens.Creation.Created token =
        (ApiTokens.Creation.Created)
            it.access.tokens().create(who, "bench", who.roles(), Duration.ofDays(1));
    UserChange.DoneWithCode reset =
        (UserChange.DoneWithCode) it.access.users().reset(AccessFixture.LOCAL, ayse);

    assertThat(it.actions())
        .contains("user.create", "session.open", "session.refused", "token.create", "user.reset");
    assertThat(it.audit.verify()).isInstanceOf(ChainCheck.Intact.class);
    it.close();
    String stored = Files.readString(it.database.file(), StandardCharsets.ISO_8859_1);
    assertThat(stored)
        .contains("ayse")
        .doesNotContain(cookie, token.clear(), reset.code(), "canary-wrong-password")
        .doesNotContain(Tokens.normalizeCode(reset.code()));
    assertThat(token.toString() + reset).doesNotContain(token.clear(), reset.code());
  }
}
