package tr.emanet.backup.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.Retirement;
import tr.emanet.backup.plan.UnusedRepository;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** Repositories that no job uses. */
@Path("/api/v1/backups/repositories")
@Produces(MediaType.APPLICATION_JSON)
public final class UnusedResource {

  private final Retirement retirement;
  private final Shells shells;

  public UnusedResource(Retirement retirement, Shells shells) {
    this.retirement = retirement;
    this.shells = shells;
  }

  /** All of them, by address. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, List<Map<String, @Nullable Object>>> unused() {
    return Map.of("unused", retirement.unused().stream().map(UnusedResource::json).toList());
  }

  /** Which one, and why it is given up. */
  public record Which(@Nullable String address, @Nullable String why) {}

  /** Gives one up, or has it looked after again. */
  @POST
  @Path("{act: retire|watch}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(Role.ADMINISTRATOR)
  public Response act(
      @PathParam("act") String act,
      @Nullable Which which,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    String address = which == null || which.address() == null ? "" : which.address();
    String why = which == null || which.why() == null ? "" : which.why();
    return RepositoryResource.answer(
        act.equals("retire")
            ? retirement.retire(who, address, why)
            : retirement.watch(who, address),
        shells.texts(headers));
  }

  private static Map<String, @Nullable Object> json(UnusedRepository unused) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("repository", RepositoryResource.json(unused.state()));
    out.put("snapshots", unused.left().snapshots());
    UnusedRepository.Retired retired = unused.retired();
    out.put(
        "retired",
        retired == null
            ? null
            : Map.of("by", retired.by(), "at", retired.at().toString(), "why", retired.why()));
    return out;
  }
}
