package tr.emanet.web;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every exception that leaves a resource into an answer: a problem document below {@code
 * /api/}, else a page that names the cause and the next step. A bug is logged once, with a number
 * that the page shows; its message and stack never leave the house.
 */
public final class ErrorMapper implements ExceptionMapper<Throwable>, ContainerResponseFilter {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);

  private final Pages pages;
  private final Shells shells;
  private final AtomicLong numbers = new AtomicLong();

  @Context private @Nullable UriInfo uri;
  @Context private @Nullable HttpHeaders headers;
  @Context private @Nullable SecurityContext security;

  public ErrorMapper(Pages pages, Shells shells) {
    this.pages = pages;
    this.shells = shells;
  }

  @Override
  public Response toResponse(Throwable failure) {
    if (failure instanceof WebApplicationException web) {
      Response given = web.getResponse();
      if (given.hasEntity() || given.getStatus() < 400) {
        return given;
      }
      return copyHeaders(given, answer(given.getStatus(), ""));
    }
    String number = "EMN-" + (1000 + numbers.incrementAndGet());
    LOG.atError()
        .addKeyValue("number", number)
        .addKeyValue("path", uri == null ? "" : Visible.plain(uri.getPath()))
        .setCause(failure)
        .log("Request failed");
    return answer(500, number);
  }

  /** A resource that gives a bare status of an error has said nothing to its reader yet. */
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() >= 400 && !response.hasEntity()) {
      Response said = answer(response.getStatus(), "");
      if (said.hasEntity()) {
        response.setEntity(said.getEntity(), new Annotation[0], said.getMediaType());
      }
    }
  }

  private Response answer(int status, String number) {
    UriInfo where = uri;
    HttpHeaders asked = headers;
    if (where == null || asked == null) {
      return Response.status(status).build();
    }
    Shell shell = shells.of(where, asked, security, "");
    String key = key(shell, status);
    String title = shell.t(key + ".title");
    String detail = shell.t(key + ".detail");
    if (where.getPath().startsWith("api/")) {
      Map<String, Object> more = number.isEmpty() ? Map.of() : Map.of("number", number);
      return new Problem(status, code(status), title, detail, more).response();
    }
    return pages.page(
        status,
        shell,
        "web/error.jte",
        Map.of(
            "title",
            title,
            "detail",
            detail,
            "number",
            number.isEmpty() ? "HTTP " + status : number));
  }

  private static Response copyHeaders(Response from, Response to) {
    Response.ResponseBuilder builder = Response.fromResponse(to);
    for (String name : new String[] {"WWW-Authenticate", "Allow", "Retry-After", "Location"}) {
      String value = from.getHeaderString(name);
      if (value != null) {
        builder.header(name, value);
      }
    }
    return builder.build();
  }

  static String key(Shell shell, int status) {
    String exact = "web.error." + status;
    if (shell.texts().has(exact + ".title")) {
      return exact;
    }
    return status < 500 ? "web.error.4xx" : "web.error.500";
  }

  static String code(int status) {
    return switch (status) {
      case 401 -> "not-signed-in";
      case 403 -> "forbidden";
      case 404 -> "not-found";
      case 405 -> "method-not-allowed";
      case 429 -> "too-many-requests";
      case 503 -> "unavailable";
      default -> status < 500 ? "bad-request" : "internal";
    };
  }
}
