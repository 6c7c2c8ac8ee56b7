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
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Role;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;
import tr.emanet.web.security.BodyLimit;

/** Objects to be signed, the signatures of persons over them, and both as one container. */
@Path("/api/v1/signatures/{kind: [a-z]{1,32}}/{object: [0-9-]{1,32}}")
public final class SignaturesResource {

  static final String SIGNATURE = "application/pkcs7-signature";
  private static final String ANY = "application/octet-stream";
  private static final String CONTAINER = "application/vnd.etsi.asic-e+zip";

  private final PersonSignatures signatures;
  private final Shells shells;

  public SignaturesResource(PersonSignatures signatures, Shells shells) {
    this.signatures = signatures;
    this.shells = shells;
  }

  /** The object's digest and its signatures. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Allow({Role.ADMINISTRATOR, Role.AUDITOR, Role.ANALYST})
  public Map<String, Object> list(@PathParam("kind") String kind, @PathParam("object") String id)
      throws IOException {
    SignableObject object = signatures.object(kind, id).orElseThrow(NotFoundException::new);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("kind", kind);
    out.put("object", id);
    out.put("file", object.fileName());
    out.put("sha256", PersonSignatures.hex(object.content()));
    out.put("signatures", signatures.of(kind, id).stream().map(SignaturesResource::json).toList());
    return out;
  }

  /** The file to be signed, byte for byte. */
  @GET
  @Path("content")
  @Produces(ANY)
  @Allow({Role.ADMINISTRATOR, Role.AUDITOR, Role.ANALYST})
  public Response content(@PathParam("kind") String kind, @PathParam("object") String id)
      throws IOException {
    SignableObject object = signatures.object(kind, id).orElseThrow(NotFoundException::new);
    return file(object.content(), ANY, object.fileName());
  }

  /** The manifest that the next person signs when a container is wanted. */
  @GET
  @Path("manifest.xml")
  @Produces(MediaType.APPLICATION_XML)
  @Allow({Role.ADMINISTRATOR, Role.AUDITOR, Role.ANALYST})
  public Response manifest(@PathParam("kind") String kind, @PathParam("object") String id)
      throws IOException {
    byte[] bytes = signatures.manifest(kind, id).orElseThrow(NotFoundException::new);
    return file(bytes, MediaType.APPLICATION_XML, kind + "-" + id + "-manifest.xml");
  }

  /** Takes a detached signature over exactly this object, or over its manifest. */
  @POST
  @Consumes({SIGNATURE, ANY})
  @Produces(MediaType.APPLICATION_JSON)
  @BodyLimit(PersonSignatures.MAX_BYTES)
  @Allow({Role.ADMINISTRATOR, Role.ANALYST})
  public Response take(
      byte[] signature,
      @PathParam("kind") String kind,
      @PathParam("object") String id,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    Texts texts = shells.texts(headers);
    return switch (signatures.take(RequestPerson.of(security), kind, id, signature)) {
      case PersonSignatures.Taken.Kept kept ->
          Response.status(201).entity(json(kept.signature())).build();
      case PersonSignatures.Taken.Refused refused ->
          Problem.of(
                  422,
                  "signature-" + refused.cause().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                  texts.get("signature.refused." + refused.cause().name()),
                  refused.reason())
              .response();
      case PersonSignatures.Taken.Late ignored ->
          Problem.of(409, "signature-late", texts.get("signature.late"), null).response();
      case PersonSignatures.Taken.Again ignored ->
          Problem.of(409, "signature-again", texts.get("signature.again"), null).response();
      case PersonSignatures.Taken.Full ignored ->
          Problem.of(409, "signature-full", texts.get("signature.full"), null).response();
      case PersonSignatures.Taken.Unknown ignored -> throw new NotFoundException();
    };
  }

  /** One signature as it was uploaded. */
  @GET
  @Path("{id: [0-9]{1,18}}.p7s")
  @Produces(SIGNATURE)
  @Allow({Role.ADMINISTRATOR, Role.AUDITOR, Role.ANALYST})
  public Response one(
      @PathParam("kind") String kind,
      @PathParam("object") String object,
      @PathParam("id") long id) {
    byte[] bytes = signatures.bytes(kind, object, id).orElseThrow(NotFoundException::new);
    return file(bytes, SIGNATURE, kind + "-" + object + "-" + id + ".p7s");
  }

  /** Object and signatures in one ASiC-E container; 404 while nobody has signed. */
  @GET
  @Path("container.asice")
  @Produces(CONTAINER)
  @Allow({Role.ADMINISTRATOR, Role.AUDITOR, Role.ANALYST})
  public Response container(@PathParam("kind") String kind, @PathParam("object") String id)
      throws IOException {
    byte[] bytes = signatures.container(kind, id).orElseThrow(NotFoundException::new);
    return file(bytes, CONTAINER, kind + "-" + id + ".asice");
  }

  private static Response file(byte[] bytes, String type, String name) {
    // Names come from numbers and fixed words only.
    return Response.ok(bytes, type)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .build();
  }

  private static Map<String, @Nullable Object> json(KeptSignature one) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", one.id());
    out.put("sha256", one.sha256());
    out.put("over", one.signer() == 0 ? "object" : "manifest");
    out.put("name", one.name());
    out.put("person", one.person());
    out.put("issuer", one.issuer());
    out.put("certificate", one.certificate());
    out.put("claimedAt", one.claimedAt().toString());
    out.put("stampedAt", one.stampedAt() == null ? null : one.stampedAt().toString());
    out.put("qualified", one.qualified());
    out.put("revocationKnown", one.revocationKnown());
    out.put("uploadedBy", one.uploadedBy());
    out.put("uploadedAt", one.uploadedAt().toString());
    return out;
  }
}
