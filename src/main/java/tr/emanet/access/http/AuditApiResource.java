package tr.emanet.access.http;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.audit.ChainCheck;
import tr.emanet.event.Role;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.security.Allow;

/** The audit chain for programs. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditApiResource {

  private static final int PAGE = 100;
  private static final int MAX_TEXT = 128;

  private final AuditLog audit;

  public AuditApiResource(AuditLog audit) {
    this.audit = audit;
  }

  /** Entries newest first; {@code before} is the sequence where the page before ended. */
  @GET
  @Allow(Role.AUDITOR)
  public Map<String, Object> entries(@Context ContainerRequestContext request) {
    MultivaluedMap<String, String> query = request.getUriInfo().getQueryParameters();
    int limit;
    try {
      String wanted = query.getFirst("limit");
      limit = wanted == null ? PAGE : Integer.parseInt(wanted);
    } catch (NumberFormatException e) {
      throw new BadRequestException(e);
    }
    List<AuditEntry> found = audit.page(filter(query), before(query.getFirst("before")), limit);
    return Map.of("entries", found.stream().map(AuditApiResource::json).toList());
  }

  /** Walks the whole chain. */
  @GET
  @Path("verification")
  @Allow(Role.AUDITOR)
  public Map<String, Object> verification(@Context ContainerRequestContext request) {
    ChainCheck found = audit.verify();
    audit.record(
        RequestPerson.of(request.getSecurityContext()),
        "audit.verify",
        Map.of("result", result(found)));
    return switch (found) {
      case ChainCheck.Intact intact ->
          Map.of("intact", true, "entries", intact.entries(), "head", intact.head());
      case ChainCheck.Broken broken ->
          Map.of("intact", false, "sequence", broken.sequence(), "cause", broken.cause().name());
    };
  }

  static String result(ChainCheck found) {
    return switch (found) {
      case ChainCheck.Intact intact -> "intact at " + intact.entries();
      case ChainCheck.Broken broken -> broken.cause() + " at " + broken.sequence();
    };
  }

  static AuditFilter filter(MultivaluedMap<String, String> query) {
    return new AuditFilter(
        text(query.getFirst("actor")),
        text(query.getFirst("action")),
        time(query.getFirst("from")),
        time(query.getFirst("to")));
  }

  static long before(@Nullable String typed) {
    if (typed == null || typed.isBlank()) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(typed);
    } catch (NumberFormatException e) {
      throw new BadRequestException(e);
    }
  }

  private static @Nullable String text(@Nullable String typed) {
    return typed == null || typed.isBlank() || typed.length() > MAX_TEXT ? null : typed.strip();
  }

  private static @Nullable Instant time(@Nullable String typed) {
    try {
      return typed == null || typed.isBlank() ? null : Instant.parse(typed);
    } catch (DateTimeParseException e) {
      throw new BadRequestException(e);
    }
  }

  private static Map<String, Object> json(AuditEntry entry) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("sequence", entry.sequence());
    out.put("at", entry.at().toString());
    out.put("actor", entry.actor());
    out.put("action", entry.action());
    out.put("details", entry.details());
    out.put("previous", entry.previous());
    out.put("hash", entry.hash());
    return out;
  }
}
