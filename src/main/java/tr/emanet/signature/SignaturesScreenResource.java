package tr.emanet.signature;

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
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;
import tr.emanet.web.security.BodyLimit;

/** The page on which a sealed object is signed: download, sign elsewhere, upload. */
@Path("/signatures/{kind: [a-z]{1,32}}/{object: [0-9-]{1,32}}")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class SignaturesScreenResource {

  private static final String RAIL = "archives";

  private final PersonSignatures signatures;
  private final Pages pages;
  private final Shells shells;

  public SignaturesScreenResource(PersonSignatures signatures, Pages pages, Shells shells) {
    this.signatures = signatures;
    this.pages = pages;
    this.shells = shells;
  }

  /** The page. */
  @GET
  @Allow({Role.ADMINISTRATOR, Role.AUDITOR, Role.ANALYST})
  public Response page(
      @PathParam("kind") String kind,
      @PathParam("object") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    Shell shell = shells.of(uri, headers, security, RAIL);
    return show(200, kind, id, shell, security, SignatureViews.Told.NOTHING);
  }

  /** Takes the bytes of a signature and answers with the page. */
  @POST
  @Consumes({SignaturesResource.SIGNATURE, MediaType.APPLICATION_OCTET_STREAM})
  @BodyLimit(PersonSignatures.MAX_BYTES)
  @Allow({Role.ADMINISTRATOR, Role.ANALYST})
  public Response take(
      byte[] signature,
      @PathParam("kind") String kind,
      @PathParam("object") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    Shell shell = shells.of(uri, headers, security, RAIL);
    SignatureViews.Told told =
        switch (signatures.take(RequestPerson.of(security), kind, id, signature)) {
          case PersonSignatures.Taken.Kept kept ->
              new SignatureViews.Told(
                  shell.t("signature.kept", kept.signature().name()), "", false);
          case PersonSignatures.Taken.Refused refused ->
              new SignatureViews.Told(
                  shell.t("signature.refused." + refused.cause().name()), refused.reason(), true);
          case PersonSignatures.Taken.Again ignored -> bad(shell, "signature.again");
          case PersonSignatures.Taken.Late ignored -> bad(shell, "signature.late");
          case PersonSignatures.Taken.Full ignored -> bad(shell, "signature.full");
          case PersonSignatures.Taken.Unknown ignored -> throw new NotFoundException();
        };
    // Not 422: the page that says why is the answer, and a browser would log an error.
    return show(200, kind, id, shell, security, told);
  }

  private static SignatureViews.Told bad(Shell shell, String key) {
    return new SignatureViews.Told(shell.t(key), "", true);
  }

  private Response show(
      int status,
      String kind,
      String id,
      Shell shell,
      SecurityContext security,
      SignatureViews.Told told)
      throws IOException {
    SignableObject object = signatures.object(kind, id).orElseThrow(NotFoundException::new);
    List<KeptSignature> all = signatures.of(kind, id);
    String base = "/api/v1/signatures/" + kind + "/" + id;
    Principal who = RequestPerson.of(security);
    return pages.page(
        status,
        shell,
        "signature/page.jte",
        Map.of(
            "subject",
            new SignatureViews.Subject(
                shell.t("signature.kind." + kind, id),
                object.fileName(),
                PersonSignatures.hex(object.content()),
                base,
                "/signatures/" + kind + "/" + id),
            "rows",
            all.stream().map(one -> row(one, base, shell)).toList(),
            "container",
            all.stream().anyMatch(one -> one.signer() > 0),
            "acts",
            who.has(Role.ADMINISTRATOR) || who.has(Role.ANALYST),
            "told",
            told));
  }

  private static SignatureViews.Row row(KeptSignature one, String base, Shell shell) {
    String stamp =
        one.stampedAt() == null
            ? shell.t("signature.stamp.none")
            : shell.t("signature.stamp", shell.formats().dateTime(one.stampedAt()));
    return new SignatureViews.Row(
        one.name(),
        one.person(),
        one.issuer(),
        shell.t(one.qualified() ? "signature.qualified" : "signature.other"),
        one.qualified() && one.revocationKnown() ? "ok" : "medium",
        shell.t(one.signer() > 0 ? "signature.over.manifest" : "signature.over.object")
            + (one.revocationKnown() ? "" : " · " + shell.t("signature.revocation.unknown")),
        shell.formats().dateTime(one.claimedAt()),
        stamp,
        one.uploadedBy(),
        base + "/" + one.id() + ".p7s");
  }
}
