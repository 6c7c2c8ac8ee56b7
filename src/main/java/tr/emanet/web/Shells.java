package tr.emanet.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link Shell} of a request: language by cookie, else {@code Accept-Language}, else
 * Turkish; theme by cookie. Immutable.
 */
public final class Shells {

  static final String LANGUAGE_COOKIE = "language";
  static final String THEME_COOKIE = "theme";

  private final TextCatalog texts;
  private final StaticFiles files;
  private final ShellFacts facts;
  private final List<RailItem> rail;

  public Shells(TextCatalog texts, StaticFiles files, ShellFacts facts, List<RailItem> rail) {
    this.texts = texts;
    this.files = files;
    this.facts = facts;
    this.rail = List.copyOf(rail);
  }

  /** The shell of a page. */
  public Shell of(
      UriInfo uri, HttpHeaders headers, @Nullable SecurityContext security, String active) {
    return new Shell(
        texts.in(language(headers)),
        theme(headers),
        active,
        location(uri),
        rail,
        facts,
        files,
        security == null ? Optional.empty() : RequestPerson.optional(security));
  }

  /** The shell of a page that a filter answers. */
  public Shell of(ContainerRequestContext request, String active) {
    return new Shell(
        texts.in(
            language(
                request.getCookies().get(LANGUAGE_COOKIE),
                request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE))),
        theme(request.getCookies().get(THEME_COOKIE)),
        active,
        location(request.getUriInfo()),
        rail,
        facts,
        files,
        RequestPerson.optional(request.getSecurityContext()));
  }

  /** The shell of an answer that the server gives before a resource is reached. */
  Shell outside(@Nullable String accepted, @Nullable String language, @Nullable String theme) {
    Optional<Language> chosen = language == null ? Optional.empty() : Language.tagged(language);
    return new Shell(
        texts.in(chosen.orElse(accepted == null ? Language.TR : Language.accepted(accepted))),
        theme == null ? Theme.SYSTEM : Theme.tagged(theme).orElse(Theme.SYSTEM),
        "",
        "/",
        rail,
        facts,
        files,
        Optional.empty());
  }

  /** The texts in the language of a request. */
  public Texts texts(HttpHeaders headers) {
    return texts.in(language(headers));
  }

  public ShellFacts facts() {
    return facts;
  }

  private static Language language(HttpHeaders headers) {
    return language(
        headers.getCookies().get(LANGUAGE_COOKIE),
        headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
  }

  private static Language language(@Nullable Cookie cookie, @Nullable String accepted) {
    if (cookie != null) {
      Optional<Language> chosen = Language.tagged(cookie.getValue());
      if (chosen.isPresent()) {
        return chosen.get();
      }
    }
    return accepted == null ? Language.TR : Language.accepted(accepted);
  }

  private static Theme theme(HttpHeaders headers) {
    return theme(headers.getCookies().get(THEME_COOKIE));
  }

  private static Theme theme(@Nullable Cookie cookie) {
    return cookie == null ? Theme.SYSTEM : Theme.tagged(cookie.getValue()).orElse(Theme.SYSTEM);
  }

  private static String location(UriInfo uri) {
    String query = uri.getRequestUri().getRawQuery();
    String path = uri.getRequestUri().getRawPath();
    return query == null ? path : path + "?" + query;
  }
}
