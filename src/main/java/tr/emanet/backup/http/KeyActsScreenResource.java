package tr.emanet.backup.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
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
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import tr.emanet.backup.proof.KeyActs;
import tr.emanet.backup.proof.KeyDesk;
import tr.emanet.backup.proof.KeyRequest;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** What takes away from who can open, on the page of keys: asked for and answered. */
@Path("/backups/keys/requests")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class KeyActsScreenResource {

  private final KeyDesk keys;
  private final KeyActs acts;
  private final Pages pages;
  private final Shells shells;

  public KeyActsScreenResource(KeyDesk keys, KeyActs acts, Pages pages, Shells shells) {
    this.keys = keys;
    this.acts = acts;
    this.pages = pages;
    this.shells = shells;
  }

  /** Asks, approves or refuses. */
  @POST
  @Path("{act: ask|approve|reject}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response act(
      @PathParam("act") String act,
      @FormParam("kind") @DefaultValue("") String named,
      @FormParam("subject") @DefaultValue("") String subject,
      @FormParam("why") @DefaultValue("") String why,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    KeyRequest.Kind kind = KeyRequest.Kind.of(named).orElseThrow(NotFoundException::new);
    Principal who = RequestPerson.of(security);
    Shell shell = shells.of(uri, headers, security, "backups");
    KeyActs.Answer answer =
        switch (act) {
          case "ask" -> acts.ask(who, kind, subject, why);
          case "approve" -> acts.approve(who, kind, subject);
          default -> acts.reject(who, kind, subject);
        };
    return switch (answer) {
      case KeyActs.Answer.Done ignored ->
          Response.seeOther(URI.create("/backups/keys?done=" + done(act))).build();
      case KeyActs.Answer.Refused refused ->
          pages.page(
              409,
              shell,
              "backup/keys.jte",
              Map.of(
                  "page",
                  new KeysScreen(keys, acts, shell)
                      .page(KeyActsResource.says(refused, shell.texts()), "")));
    };
  }

  private static String done(String act) {
    return switch (act) {
      case "ask" -> "asked";
      case "approve" -> "approved";
      default -> "rejected";
    };
  }
}
