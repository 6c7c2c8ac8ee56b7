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
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.key.KeyStatus;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.LeftStore;
import tr.emanet.backup.proof.Era;
import tr.emanet.backup.proof.KeyActs;
import tr.emanet.backup.proof.KeyDesk;
import tr.emanet.crypto.certificate.CertificateFacts;
import tr.emanet.event.Role;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** Keys of repositories for programs; nothing secret goes through here. */
@Path("/api/v1/backups/keys")
@Produces(MediaType.APPLICATION_JSON)
public final class KeysResource {

  private static final String NAME = "{name: [a-z0-9][a-z0-9._-]{0,63}}";

  private final KeyDesk keys;
  private final KeyActs acts;
  private final BackupDesk desk;
  private final Shells shells;

  public KeysResource(KeyDesk keys, KeyActs acts, BackupDesk desk, Shells shells) {
    this.keys = keys;
    this.acts = acts;
    this.desk = desk;
    this.shells = shells;
  }

  /** Who can open which repository, and when the escrow was last proven. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> all() throws IOException {
    List<Object> all = new ArrayList<>();
    for (KeyStatus status : keys.all()) {
      all.add(of(status));
    }
    return Map.of("repositories", all, "eras", acts.eras().stream().map(this::of).toList());
  }

  private Map<String, @Nullable Object> of(Era era) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("place", era.address());
    out.put("followedBy", era.followedBy());
    out.put("by", era.by());
    out.put("at", era.at().toString());
    out.put("closedAt", era.closedAt() == null ? null : era.closedAt().toString());
    LeftStore.Left left = acts.left(era.address());
    out.put("snapshots", left.snapshots());
    out.put("oldest", left.oldest() == null ? null : left.oldest().toString());
    return out;
  }

  private Map<String, @Nullable Object> of(KeyStatus status) throws IOException {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("name", status.repository());
    out.put("place", status.place());
    out.put("era", status.era());
    out.put("made", status.made().toString());
    List<Object> recipients = new ArrayList<>();
    for (KeyStatus.Recipient one : status.recipients()) {
      Map<String, @Nullable Object> who = new LinkedHashMap<>();
      who.put("role", one.role().name().toLowerCase(Locale.ROOT));
      who.put("name", one.name());
      who.put("sha256", one.fingerprint());
      who.put("until", one.until() == null ? null : one.until().toString());
      recipients.add(who);
    }
    out.put("recipients", recipients);
    out.put("shares", status.shares());
    out.put("escrowProvenAt", status.lastDrill().map(d -> d.at().toString()).orElse(null));
    out.put(
        "formerPasswordSince",
        acts.former(status.repository()).map(f -> f.since().toString()).orElse(null));
    return out;
  }

  /** The certificates of the escrow. */
  @GET
  @Path("escrow")
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> holders() throws IOException {
    List<Object> all = new ArrayList<>();
    acts.escrow().forEach((name, one) -> all.add(holder(name, one, false)));
    acts.extra().forEach((name, one) -> all.add(holder(name, one, true)));
    return Map.of("escrow", all);
  }

  private static Map<String, Object> holder(
      String name, X509Certificate certificate, boolean extra) {
    CertificateFacts facts = CertificateFacts.of(certificate);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("name", name);
    out.put("subject", facts.displayName());
    out.put("sha256", facts.sha256());
    out.put("until", facts.notAfter().toString());
    out.put("extraCopy", extra);
    return out;
  }

  /** Another password for a repository that stays where it is; the one before opens it still. */
  @POST
  @Path(NAME + "/password")
  @Allow(Role.ADMINISTRATOR)
  public Response password(
      @PathParam("name") String name,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return KeyActsResource.answer(
        acts.changePassword(RequestPerson.of(security), name), shells.texts(headers));
  }

  /** Where the jobs go on. */
  public record Wanted(@Nullable String place) {}

  /** A new era: the jobs of a repository go on in a new one with a master key of its own. */
  @POST
  @Path(NAME + "/era")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(Role.ADMINISTRATOR)
  public Response era(
      @PathParam("name") String name,
      @Nullable Wanted wanted,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    String place = wanted == null || wanted.place() == null ? "" : wanted.place();
    return KeyActsResource.answer(
        acts.beginEra(RequestPerson.of(security), name, place), shells.texts(headers));
  }

  /**
   * Somebody who can open the repositories when this machine is gone.
   *
   * @param certificate PEM; never a private key
   */
  public record Escrow(@Nullable String name, @Nullable String certificate) {}

  /** Adds an escrow certificate; without one no job may run. */
  @POST
  @Path("escrow")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(Role.ADMINISTRATOR)
  public Response escrow(
      @Nullable Escrow wanted, @Context HttpHeaders headers, @Context SecurityContext security) {
    String name = wanted == null || wanted.name() == null ? "" : wanted.name();
    String pem = wanted == null || wanted.certificate() == null ? "" : wanted.certificate();
    String problem = desk.addEscrow(RequestPerson.of(security), name, pem);
    return problem.isEmpty()
        ? Response.noContent().build()
        : Problem.of(
                400, "backup-escrow", shells.texts(headers).get("backup.refused.escrow"), problem)
            .response();
  }
}
