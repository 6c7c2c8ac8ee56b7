package tr.emanet.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Cookie;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityRulesTest {

  @Test
  void everyResourceMethodSaysWhoMayCallIt() {
    List<Endpoints.Endpoint> all = Endpoints.all();

    assertThat(all).hasSizeGreaterThan(20);
    assertThat(all)
        .filteredOn(e -> e.rule() == null)
        .as("methods need exactly one of @Allow and @Public")
        .isEmpty();
  }

  @Test
  void formTokensBelongToOneSessionAndLookDifferentEachTime() {
    FormTokens forms = new FormTokens(new SecureRandom());

    String first = forms.next("session-a");
    String second = forms.next("session-a");

    assertThat(first).isNotEqualTo(second);
    assertThat(forms.matches("session-a", first)).isTrue();
    assertThat(forms.matches("session-a", second)).isTrue();
    assertThat(forms.matches("session-b", first)).isFalse();
    assertThat(forms.matches("session-a", "")).isFalse();
    assertThat(forms.matches("session-a", "!".repeat(86))).isFalse();
    assertThat(forms.matches("session-a", "A".repeat(86))).isFalse();
  }

  @Test
  void cookiesCarryTheHostPrefixUnderTlsAndAPlainNameOnLoopback() {
    var secure = Cookies.opened("id", true);
    var plain = Cookies.opened("id", false);

    assertThat(secure.getName()).isEqualTo("__Host-emanet");
    assertThat(secure.isSecure()).isTrue();
    assertThat(secure.isHttpOnly()).isTrue();
    assertThat(secure.getPath()).isEqualTo("/");
    assertThat(secure.getDomain()).isNull();
    assertThat(secure.getSameSite()).hasToString("LAX");
    assertThat(plain.getName()).isEqualTo("emanet");
    assertThat(plain.isSecure()).isFalse();
    assertThat(plain.isHttpOnly()).isTrue();
    Map<String, Cookie> sent = Map.of("emanet", plain);
    assertThat(Cookies.sessionId(sent, false)).contains("id");
    assertThat(Cookies.sessionId(sent, true)).isEmpty();
  }
}
