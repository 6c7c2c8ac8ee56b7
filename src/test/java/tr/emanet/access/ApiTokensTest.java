package tr.emanet.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.Tokens;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.store.StoreException;

class ApiTokensTest {

  private static final Duration DAY = Duration.ofDays(1);

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

  private Principal person(String name, Role... roles) {
    return it.access.users().find(it.person(name, roles)).orElseThrow().principal();
  }

  private ApiTokens.Creation.Created create(Principal by, Role... roles) {
    return (ApiTokens.Creation.Created) it.access.tokens().create(by, "bench", Set.of(roles), DAY);
  }

  @Test
  void actsWithItsScopesUntilItExpires() {
    ApiTokens.Creation.Created made = create(AccessFixture.LOCAL, Role.AUDITOR);

    assertThat(made.clear()).matches("emt_[A-Za-z0-9_-]{43}");
    assertThat(it.access.tokens().principal(made.clear()))
        .contains(new Principal("token:1", "bench", Set.of(Role.AUDITOR)));
    assertThat(it.access.tokens().principal(made.clear() + "x")).isEmpty();
    assertThat(it.access.tokens().principal("emt_" + "A".repeat(43))).isEmpty();
    it.pass(DAY);
    assertThat(it.access.tokens().principal(made.clear())).isEmpty();
  }

  @Test
  void aTokenForListsHasNoRoleAndEndsWithItsMakersRight() {
    Principal ayse = person("ayse", Role.ADMINISTRATOR);
    Principal can = person("can", Role.ANALYST);
    List<String> scope = List.of(ApiTokens.LISTS);
    var made =
        (ApiTokens.Creation.Created) it.access.tokens().createScoped(ayse, "fgt", scope, DAY);
    KeyDoor door = it.access.keys();
    boolean before = door.token("fgt", made.clear(), "10.0.0.9") instanceof KeyDoor.Outcome.Open;
    person("ikinci", Role.ADMINISTRATOR);
    it.access.users().setDisabled(AccessFixture.LOCAL, new UserName("ayse"), true);

    assertThat(before).isTrue();
    assertThat(it.access.tokens().principal(made.clear())).isEmpty();
    assertThat(door.token("fgt", made.clear(), "10.0.0.9"))
        .isNotInstanceOf(KeyDoor.Outcome.Open.class);
    assertThat(it.access.tokens().createScoped(can, "fgt", scope, DAY))
        .isEqualTo(new ApiTokens.Creation.Refused(AccessProblem.ROLE_NOT_HELD));
    assertThat(
            it.access
                .tokens()
                .createScoped(AccessFixture.LOCAL, "x", List.of("lists", "analyst"), DAY))
        .isEqualTo(new ApiTokens.Creation.Refused(AccessProblem.NO_ROLE));
    assertThat(door.token("fgt", create(AccessFixture.LOCAL, Role.ANALYST).clear(), "10.0.0.9"))
        .isNotInstanceOf(KeyDoor.Outcome.Open.class);
  }

  @Test
  void givesNoMoreThanItsOwnerHasAtThatMoment() {
    Principal ayse = person("ayse", Role.ANALYST, Role.AUDITOR);
    ApiTokens.Creation.Created made = create(ayse, Role.ANALYST, Role.AUDITOR);
    UserName name = new UserName("ayse");

    assertThat(it.access.tokens().create(ayse, "more", Set.of(Role.ADMINISTRATOR), DAY))
        .isEqualTo(new ApiTokens.Creation.Refused(AccessProblem.ROLE_NOT_HELD));
    it.access.users().setRoles(AccessFixture.LOCAL, name, Set.of(Role.AUDITOR));
    assertThat(it.access.tokens().principal(made.clear()).orElseThrow().roles())
        .containsExactly(Role.AUDITOR);
    it.access.users().setDisabled(AccessFixture.LOCAL, name, true);
    assertThat(it.access.tokens().principal(made.clear())).isEmpty();
  }

  @Test
  void canBeRevokedByItsOwnerAndAnAdministratorOnly() {
    Principal ayse = person("ayse", Role.ANALYST);
    Principal mehmet = person("mehmet", Role.ANALYST);
    ApiTokens.Creation.Created made = create(ayse, Role.ANALYST);

    assertThat(it.access.tokens().visibleTo(mehmet)).isEmpty();
    assertThat(it.access.tokens().revoke(mehmet, made.token().id()))
        .contains(AccessProblem.UNKNOWN_TOKEN);
    assertThat(it.access.tokens().principal(made.clear())).isPresent();
    assertThat(it.access.tokens().revoke(ayse, made.token().id())).isEmpty();
    assertThat(it.access.tokens().principal(made.clear())).isEmpty();
    assertThat(it.access.tokens().revoke(AccessFixture.LOCAL, made.token().id()))
        .contains(AccessProblem.UNKNOWN_TOKEN);
  }

  @Test
  void refusesLabelsAndLivesOutOfBounds() {
    ApiTokens tokens = it.access.tokens();
    Set<Role> analyst = Set.of(Role.ANALYST);

    assertThat(tokens.create(AccessFixture.LOCAL, " ", analyst, DAY))
        .isEqualTo(new ApiTokens.Creation.Refused(AccessProblem.BAD_LABEL));
    assertThat(tokens.create(AccessFixture.LOCAL, "x", Set.of(), DAY))
        .isEqualTo(new ApiTokens.Creation.Refused(AccessProblem.NO_ROLE));
    assertThat(tokens.create(AccessFixture.LOCAL, "x", analyst, Duration.ofDays(731)))
        .isEqualTo(new ApiTokens.Creation.Refused(AccessProblem.BAD_VALIDITY));
  }

  @Test
  void writesANewLocalTokenThatOnlyTheOwnerReads() throws Exception {
    Tokens ids = new Tokens(new SecureRandom());
    LocalToken first = LocalToken.create(state.resolve("run"), ids);
    Path file = state.resolve("run/local.token");
    String clear = Files.readString(file).strip();
    LocalToken second = LocalToken.create(state.resolve("run"), ids);

    assertThat(first.matches(clear)).isTrue();
    assertThat(second.matches(clear)).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(first.principal().id()).matches("local:[0-9]+");
    assertThat(first.principal().roles())
        .containsExactlyInAnyOrder(Role.ANALYST, Role.ADMINISTRATOR, Role.BACKUP_OPERATOR);
    assertThat(first.toString()).doesNotContain(clear);
  }
}
