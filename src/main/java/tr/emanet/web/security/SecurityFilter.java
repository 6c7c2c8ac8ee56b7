package tr.emanet.web.security;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Principal;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Urls;

/**
 * Stands before every resource method: finds out who asks, refuses forged forms, and lets through
 * only whom the method's {@link Allow} names. A method without annotation is reached by nobody.
 *
 * <p>A request with an {@code Authorization} header is judged by that alone. One with a cookie that
 * changes something must come from our own pages: by {@code Sec-Fetch-Site} or {@code Origin}, and
 * with a token bound to the session in the field {@code csrf} or the header {@code X-CSRF-Token}.
 */
@Priority(Priorities.AUTHENTICATION)
public final class SecurityFilter implements ContainerRequestFilter {

  /** Header and form field that carry {@link RequestPerson#formToken}. */
  public static final String FORM_HEADER = "X-CSRF-Token";

  public static final String FORM_FIELD = "csrf";

  /** A request with this header is polling: it does not prolong the session. */
  public static final String BACKGROUND_HEADER = "X-Emanet-Background";

  /**
   * Request property: a {@link BooleanSupplier} that long answers (live tail) ask now and then;
   * false once the session or token has ended.
   */
  public static final String STILL_SIGNED_IN = "tr.emanet.still-signed-in";

  /** Request property: the peer's address as text. */
  public static final String PEER_ADDRESS = "tr.emanet.peer-address";

  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";
  private static final int MAX_TOKEN = 256;

  private final Authenticator authenticator;
  private final FormTokens forms;

  @Context private @Nullable ResourceInfo resource;
  @Context private @Nullable HttpServletRequest servlet;

  public SecurityFilter(Authenticator authenticator, SecureRandom random) {
    this.authenticator = authenticator;
    this.forms = new FormTokens(random);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = resource == null ? null : resource.getResourceMethod();
    Public everybody = method == null ? null : method.getAnnotation(Public.class);
    boolean open = everybody != null;
    Allow allow = method == null ? null : method.getAnnotation(Allow.class);
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    boolean secure = request.getSecurityContext().isSecure();
    request.setProperty(PEER_ADDRESS, servlet == null ? "" : servlet.getRemoteAddr());

    if (authorization != null
        && everybody != null
        && everybody.basic()
        && !changes(request)
        && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return;
    }
    if (authorization != null) {
      RequestPerson caller = byToken(request, authorization);
      identify(request, caller, secure);
      if (changes(request)) {
        RequestBody.bound(request, most(method));
      }
      admit(open, allow, Optional.of(caller), request);
      return;
    }
    Optional<String> session = Cookies.sessionId(request.getCookies(), secure);
    Optional<RequestPerson> caller = session.flatMap(id -> bySession(request, id));
    caller.ifPresent(c -> identify(request, c, secure));
    if (changes(request)) {
      checkForm(
          request,
          open ? Optional.empty() : session.filter(s -> caller.isPresent()),
          caller.isPresent() ? most(method) : RequestBody.MAX_BYTES);
    }
    admit(open, allow, caller, request);
  }

  /** A method may take a file, but only from somebody who is known. */
  private static int most(@Nullable Method method) {
    BodyLimit limit = method == null ? null : method.getAnnotation(BodyLimit.class);
    return limit == null ? RequestBody.MAX_BYTES : limit.value();
  }

  private static boolean changes(ContainerRequestContext request) {
    return switch (request.getMethod()) {
      case "GET", "HEAD", "OPTIONS" -> false;
      default -> true;
    };
  }

  private RequestPerson byToken(ContainerRequestContext request, String authorization) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        || authorization.length() > MAX_TOKEN) {
      throw new NotAuthorizedException("Bearer");
    }
    String token = authorization.substring(BEARER.length()).strip();
    boolean loopback = isLoopback();
    Principal principal =
        authenticator
            .bearer(token, loopback)
            .orElseThrow(() -> new NotAuthorizedException("Bearer error=\"invalid_token\""));
    BooleanSupplier still = () -> authenticator.bearer(token, loopback).isPresent();
    request.setProperty(STILL_SIGNED_IN, still);
    return new RequestPerson(principal, "");
  }

  private Optional<RequestPerson> bySession(ContainerRequestContext request, String id) {
    String accept = request.getHeaderString(HttpHeaders.ACCEPT);
    boolean active =
        request.getHeaderString(BACKGROUND_HEADER) == null
            && (accept == null || !accept.startsWith(MediaType.SERVER_SENT_EVENTS));
    BooleanSupplier still = () -> authenticator.session(id, false).isPresent();
    return authenticator
        .session(id, active)
        .map(
            principal -> {
              request.setProperty(STILL_SIGNED_IN, still);
              return new RequestPerson(principal, forms.next(id));
            });
  }

  private boolean isLoopback() {
    return servlet != null && InetAddress.ofLiteral(servlet.getRemoteAddr()).isLoopbackAddress();
  }

  private static void identify(
      ContainerRequestContext request, RequestPerson caller, boolean secure) {
    request.setSecurityContext(new Known(caller, secure));
  }

  /**
   * Refuses what another site sent.
   *
   * @param session the session whose token the form must carry; empty when no session is used
   * @param most bytes of the body
   */
  private void checkForm(ContainerRequestContext request, Optional<String> session, int most) {
    if (!isSameOrigin(request)) {
      throw new ForbiddenException();
    }
    byte[] body = RequestBody.bound(request, most);
    if (session.isEmpty()) {
      return;
    }
    String token = request.getHeaderString(FORM_HEADER);
    if (token == null) {
      token = RequestBody.field(request, body, FORM_FIELD);
    }
    if (!forms.matches(session.get(), token)) {
      throw new ForbiddenException();
    }
  }

  /**
   * Browsers say in {@code Sec-Fetch-Site} where a request was made, and older ones at least in
   * {@code Origin}; our referrer policy makes some send {@code Origin: null}, so the former goes
   * first. A program without either has no business with cookies.
   */
  private static boolean isSameOrigin(ContainerRequestContext request) {
    String site = request.getHeaderString("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    String origin = request.getHeaderString("Origin");
    if (origin == null) {
      return false;
    }
    var own = request.getUriInfo().getRequestUri();
    return origin.equals(own.getScheme() + "://" + own.getRawAuthority());
  }

  private static void admit(
      boolean open,
      @Nullable Allow allow,
      Optional<RequestPerson> caller,
      ContainerRequestContext request) {
    if (open) {
      return;
    }
    if (caller.isEmpty()) {
      askToSignIn(request);
      return;
    }
    Principal person = caller.get().person();
    boolean allowed =
        allow != null
            && (allow.value().length == 0 || Arrays.stream(allow.value()).anyMatch(person::has));
    if (!allowed) {
      throw new ForbiddenException();
    }
  }

  private static void askToSignIn(ContainerRequestContext request) {
    String accept = request.getHeaderString(HttpHeaders.ACCEPT);
    boolean page =
        request.getMethod().equals("GET")
            && accept != null
            && accept.contains(MediaType.TEXT_HTML)
            && !request.getUriInfo().getPath().startsWith("api/");
    if (!page) {
      throw new NotAuthorizedException("Bearer");
    }
    var asked = request.getUriInfo().getRequestUri();
    String query = asked.getRawQuery();
    String back = asked.getRawPath() + (query == null ? "" : "?" + query);
    request.abortWith(
        Response.status(Response.Status.SEE_OTHER)
            .header(
                HttpHeaders.LOCATION,
                Urls.path("/login").with("next", back.equals("/") ? "" : back).toString())
            .build());
  }

  /** The security context that resources see. */
  private record Known(RequestPerson caller, boolean secure) implements SecurityContext {

    @Override
    public java.security.Principal getUserPrincipal() {
      return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
      return caller.person().roles().stream().anyMatch(r -> r.id().equals(role));
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getAuthenticationScheme() {
      return caller.formToken().isEmpty() ? "Bearer" : "session";
    }
  }
}
