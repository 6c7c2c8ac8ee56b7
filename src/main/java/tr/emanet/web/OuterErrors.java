package tr.emanet.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the server refuses before any resource sees it: addresses that could be read in two
 * ways, requests that are too long, messages that are no HTTP. The framework's own page repeats the
 * address and carries none of our headers. Safe for many threads.
 */
final class OuterErrors extends ErrorHandler {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Pages pages;
  private final Shells shells;

  OuterErrors(Pages pages, Shells shells) {
    this.pages = pages;
    this.shells = shells;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback)
      throws IOException {
    Shell shell =
        shells.outside(
            request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE),
            cookie(request, Shells.LANGUAGE_COOKIE),
            cookie(request, Shells.THEME_COOKIE));
    boolean api =
        Objects.requireNonNullElse(request.getHttpURI().getPath(), "").startsWith("/api/");
    HttpFields.Mutable headers = response.getHeaders();
    SecurityHeaders.ALWAYS.forEach(headers::put);
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put(HttpHeader.CONTENT_TYPE, api ? Problem.MEDIA_TYPE : Pages.HTML);
    byte[] body =
        (api ? problem(shell, status) : page(shell, status)).getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private static @Nullable String cookie(Request request, String name) {
    for (HttpCookie cookie : Request.getCookies(request)) {
      if (cookie.getName().equals(name)) {
        return cookie.getValue();
      }
    }
    return null;
  }

  private static String problem(Shell shell, int status) throws IOException {
    String key = ErrorMapper.key(shell, status);
    return JSON.writeValueAsString(
        Problem.of(
                status, ErrorMapper.code(status), shell.t(key + ".title"), shell.t(key + ".detail"))
            .document());
  }

  private String page(Shell shell, int status) {
    String key = ErrorMapper.key(shell, status);
    return pages.render(
        "web/error.jte",
        Map.of(
            "shell",
            shell,
            "title",
            shell.t(key + ".title"),
            "detail",
            shell.t(key + ".detail"),
            "number",
            "HTTP " + status));
  }
}
