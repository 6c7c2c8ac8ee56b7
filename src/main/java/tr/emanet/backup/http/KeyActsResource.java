package tr.emanet.backup.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
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
import tr.emanet.backup.proof.KeyActs;
import tr.emanet.backup.proof.KeyRequest;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;

/** What takes away from who can open, for programs: asked for by one, answered by another. */
@Path("/api/v1/backups/keys/requests")
@Produces(MediaType.APPLICATION_JSON)
public final class KeyActsResource {

  private final KeyActs acts;
  private final Shells shells;

  public KeyActsResource(KeyActs acts, Shells shells) {
    this.acts = acts;
    this.shells = shells;
  }

  /** What waits for a second administrator. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> waiting() {
    return Map.of("requests", acts.waiting().stream().map(KeyActsResource::of).toList());
  }

  private static Map<String, Object> of(KeyRequest request) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("kind", request.kind().id());
    out.put("subject", request.subject());
    out.put("by", request.by());
    out.put("at", request.at().toString());
    out.put("why", request.why());
    return out;
  }

  /**
   * What is asked for or answered.
   *
   * @param subject name of the repository's keys, or of the escrow's holder
   * @param why only to ask
   */
  public record Wanted(@Nullable String kind, @Nullable String subject, @Nullable String why) {}

  /** Asks, approves or refuses. */
  @POST
  @Path("{act: ask|approve|reject}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(Role.ADMINISTRATOR)
  public Response act(
      @PathParam("act") String act,
      @Nullable Wanted wanted,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    String named = wanted == null || wanted.kind() == null ? "" : wanted.kind();
    String subject = wanted == null || wanted.subject() == null ? "" : wanted.subject();
    String why = wanted == null || wanted.why() == null ? "" : wanted.why();
    KeyRequest.Kind kind = KeyRequest.Kind.of(named).orElseThrow(NotFoundException::new);
    Principal who = RequestPerson.of(security);
    return answer(
        switch (act) {
          case "ask" -> acts.ask(who, kind, subject, why);
          case "approve" -> acts.approve(who, kind, subject);
          default -> acts.reject(who, kind, subject);
        },
        shells.texts(headers));
  }

  static Response answer(KeyActs.Answer answer, Texts texts) {
    return switch (answer) {
      case KeyActs.Answer.Done ignored -> Response.noContent().build();
      case KeyActs.Answer.Refused refused -> {
        if (refused.reason().equals("unknown")) {
          throw new NotFoundException();
        }
        boolean wrong = List.of("why", "era-place").contains(refused.reason());
        String type = "backup-key-" + refused.reason();
        String title = texts.get("keys.refused." + refused.reason());
        yield Problem.of(wrong ? 400 : 409, type, title, refused.detail()).response();
      }
    };
  }

  /** A refusal as a sentence. */
  static String says(KeyActs.Answer.Refused refused, Texts texts) {
    String says = texts.get("keys.refused." + refused.reason());
    return refused.detail().isEmpty() ? says : says + " (" + refused.detail() + ")";
  }
}
