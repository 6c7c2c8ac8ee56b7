package tr.emanet.access.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.audit.ChainCheck;
import tr.emanet.event.Role;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Urls;
import tr.emanet.web.security.Allow;

/** The audit chain, for auditors. */
@Path("/audit")
public final class AuditResource {

  private static final String RAIL = "audit";
  private static final int PAGE = 100;

  private final AuditLog audit;
  private final Pages pages;
  private final Shells shells;

  public AuditResource(AuditLog audit, Pages pages, Shells shells) {
    this.audit = audit;
    this.pages = pages;
    this.shells = shells;
  }

  /** One page of the chain, newest first. */
  @GET
  @Allow(Role.AUDITOR)
  public Response show(@Context ContainerRequestContext request) {
    return page(request, Optional.empty());
  }

  /** Walks the chain and shows what was found; the walk itself is an act and recorded. */
  @POST
  @Path("verify")
  @Allow(Role.AUDITOR)
  public Response verify(@Context ContainerRequestContext request) {
    ChainCheck found = audit.verify();
    audit.record(
        RequestPerson.of(request.getSecurityContext()),
        "audit.verify",
        Map.of("result", AuditApiResource.result(found)));
    return page(request, Optional.of(found));
  }

  private Response page(ContainerRequestContext request, Optional<ChainCheck> check) {
    MultivaluedMap<String, String> query = request.getUriInfo().getQueryParameters();
    AuditFilter filter = AuditApiResource.filter(query);
    String before = query.getFirst("before");
    List<AuditEntry> entries = audit.page(filter, AuditApiResource.before(before), PAGE);
    String older =
        entries.size() < PAGE
            ? ""
            : Urls.path("/audit")
                .with("actor", text(filter.actor()))
                .with("action", text(filter.action()))
                .with("before", Long.toString(entries.getLast().sequence()))
                .toString();
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("entries", entries);
    parameters.put("actor", text(filter.actor()));
    parameters.put("action", text(filter.action()));
    parameters.put("older", older);
    parameters.put("isNewest", before == null);
    parameters.put("check", check);
    return pages.page(shells.of(request, RAIL), "access/audit.jte", parameters);
  }

  private static String text(@org.jspecify.annotations.Nullable String value) {
    return value == null ? "" : value;
  }
}
