package tr.emanet.web.security;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The session cookie: {@code __Host-emanet} with Secure under TLS, plain {@code emanet} on loopback
 * http, where browsers refuse the prefix. Never readable by scripts, not sent along by other sites'
 * forms, gone with the browser.
 */
public final class Cookies {

  static final String SECURE_NAME = "__Host-emanet";
  static final String PLAIN_NAME = "emanet";
  private static final int MAX_ID = 64;

  private Cookies() {}

  /** The cookie that carries a new session. */
  public static NewCookie opened(String sessionId, boolean secure) {
    return builder(secure).value(sessionId).build();
  }

  /** The cookie that makes the browser forget its session. */
  public static NewCookie closed(boolean secure) {
    return builder(secure).value("").maxAge(0).build();
  }

  /** The session id that a request carries. */
  public static Optional<String> sessionId(Map<String, Cookie> cookies, boolean secure) {
    @Nullable Cookie cookie = cookies.get(secure ? SECURE_NAME : PLAIN_NAME);
    return cookie == null || cookie.getValue().isEmpty() || cookie.getValue().length() > MAX_ID
        ? Optional.empty()
        : Optional.of(cookie.getValue());
  }

  private static NewCookie.Builder builder(boolean secure) {
    return new NewCookie.Builder(secure ? SECURE_NAME : PLAIN_NAME)
        .path("/")
        .httpOnly(true)
        .secure(secure)
        .sameSite(NewCookie.SameSite.LAX);
  }
}
