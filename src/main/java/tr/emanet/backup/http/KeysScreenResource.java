package tr.emanet.backup.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import tr.emanet.backup.key.EmergencyKit;
import tr.emanet.backup.key.KeyStatus;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.proof.KeyActs;
import tr.emanet.backup.proof.KeyDesk;
import tr.emanet.event.Role;
import tr.emanet.web.Downloads;
import tr.emanet.web.Language;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The page of the keys of repositories. */
@Path("/backups/keys")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class KeysScreenResource {

  private static final String RAIL = "backups";
  private static final String NAME = "{name: [a-z0-9][a-z0-9._-]{0,63}}";
  private static final String CMS = "application/pkcs7-mime";

  private final KeyDesk keys;
  private final KeyActs acts;
  private final BackupDesk desk;
  private final Pages pages;
  private final Shells shells;

  public KeysScreenResource(
      KeyDesk keys, KeyActs acts, BackupDesk desk, Pages pages, Shells shells) {
    this.keys = keys;
    this.acts = acts;
    this.desk = desk;
    this.pages = pages;
    this.shells = shells;
  }

  /** Who can open which repository, and when that was proven. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @QueryParam("done") @DefaultValue("") String done,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    Shell shell = shells.of(uri, headers, security, RAIL);
    String says =
        done.matches("escrow|answer|password|era|asked|approved|rejected")
            ? shell.t("keys.done." + done)
            : "";
    return show(200, shell, "", says);
  }

  /** Adds somebody who will be able to open the repositories, and seals all passwords to them. */
  @POST
  @Path("escrow")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response escrow(
      @FormParam("name") @DefaultValue("") String name,
      @FormParam("certificate") @DefaultValue("") String certificate,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    Shell shell = shells.of(uri, headers, security, RAIL);
    var who = RequestPerson.of(security);
    String problem = desk.addEscrow(who, name.strip(), certificate);
    if (!problem.isEmpty()) {
      return show(400, shell, problem, "");
    }
    try {
      acts.wrapAll(who);
    } catch (IOException e) {
      return show(409, shell, String.valueOf(e.getMessage()), "");
    }
    return done("escrow");
  }

  /** The emergency kit without secrets. */
  @GET
  @Path(NAME + "/kit.pdf")
  @Produces(MediaType.WILDCARD)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response kit(
      @PathParam("name") String name,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    byte[] pdf = keys.kit(RequestPerson.of(security), status(name), language(headers));
    return Downloads.attachment(Response.ok(pdf), "emanet-acil-" + name + ".pdf")
        .type("application/pdf")
        .build();
  }

  /** Splits the password into three shares; the paper with them is kept nowhere. */
  @POST
  @Path(NAME + "/shares")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.WILDCARD)
  @Allow(Role.ADMINISTRATOR)
  public Response shares(
      @PathParam("name") String name,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    KeyStatus status = status(name);
    try {
      byte[] pdf = keys.shares(RequestPerson.of(security), status.repository(), language(headers));
      return Downloads.attachment(Response.ok(pdf), "emanet-paylar-" + name + ".pdf")
          .type("application/pdf")
          .build();
    } catch (IOException e) {
      return show(409, shells.of(uri, headers, security, RAIL), String.valueOf(e.getMessage()), "");
    }
  }

  /** Random bytes, sealed to a holder of the escrow. */
  @POST
  @Path(NAME + "/challenge")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.WILDCARD)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response challenge(
      @PathParam("name") String name,
      @FormParam("holder") @DefaultValue("") String holder,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    KeyStatus status = status(name);
    try {
      byte[] cms = keys.challenge(RequestPerson.of(security), status, holder);
      return Downloads.attachment(Response.ok(cms), "soru-" + holder + ".p7m").type(CMS).build();
    } catch (IOException e) {
      return show(409, shells.of(uri, headers, security, RAIL), String.valueOf(e.getMessage()), "");
    }
  }

  /** What the holder found inside; never the private key. */
  @POST
  @Path(NAME + "/answer")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response answer(
      @PathParam("name") String name,
      @FormParam("answer") @DefaultValue("") String answer,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    Shell shell = shells.of(uri, headers, security, RAIL);
    boolean proven = keys.answer(RequestPerson.of(security), status(name).repository(), answer);
    return proven ? done("answer") : show(409, shell, shell.t("keys.refused.answer"), "");
  }

  /** Another password for a repository that stays where it is. */
  @POST
  @Path(NAME + "/password")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response password(
      @PathParam("name") String name,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    KeyActs.Answer answer =
        acts.changePassword(RequestPerson.of(security), status(name).repository());
    return answer(answer, "password", shells.of(uri, headers, security, RAIL));
  }

  /** The jobs of a repository go on in a new one. */
  @POST
  @Path(NAME + "/era")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response era(
      @PathParam("name") String name,
      @FormParam("place") @DefaultValue("") String place,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    KeyActs.Answer answer =
        acts.beginEra(RequestPerson.of(security), status(name).repository(), place);
    return answer(answer, "era", shells.of(uri, headers, security, RAIL));
  }

  private Response answer(KeyActs.Answer answer, String what, Shell shell) throws IOException {
    return switch (answer) {
      case KeyActs.Answer.Done ignored -> done(what);
      case KeyActs.Answer.Refused refused ->
          show(409, shell, KeyActsResource.says(refused, shell.texts()), "");
    };
  }

  private KeyStatus status(String name) throws IOException {
    return keys.one(name).orElseThrow(NotFoundException::new);
  }

  private EmergencyKit.Language language(HttpHeaders headers) {
    return shells.texts(headers).language() == Language.TR
        ? EmergencyKit.Language.TR
        : EmergencyKit.Language.EN;
  }

  private static Response done(String what) {
    return Response.seeOther(URI.create("/backups/keys?done=" + what)).build();
  }

  private Response show(int status, Shell shell, String problem, String done) throws IOException {
    return pages.page(
        status,
        shell,
        "backup/keys.jte",
        Map.of("page", new KeysScreen(keys, acts, shell).page(problem, done)));
  }
}
