package tr.emanet.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Sets the headers that keep hostile text from running, on every answer. A servlet filter, so that
 * answers made outside Jersey carry them too.
 */
public final class SecurityHeaders implements Filter {

  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; "
          + "base-uri 'none'; report-uri /csp-report";

  /** What every answer carries, by name. */
  static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          POLICY,
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "X-Frame-Options",
          "DENY");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (response instanceof HttpServletResponse http) {
      ALWAYS.forEach(http::setHeader);
      if (request instanceof HttpServletRequest asked
          && !asked.getRequestURI().startsWith("/static/")) {
        http.setHeader("Cache-Control", "no-store");
      }
    }
    chain.doFilter(request, response);
  }
}
