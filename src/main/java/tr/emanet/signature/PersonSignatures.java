package tr.emanet.signature;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.sign.AsicContainer;
import tr.emanet.crypto.sign.PersonSignature;
import tr.emanet.crypto.sign.SignatureResult;
import tr.emanet.crypto.sign.SignatureTerms;
import tr.emanet.crypto.sign.SignedContent;
import tr.emanet.event.Principal;
import tr.emanet.store.Database;

/** Takes signatures of persons over sealed objects and gives them out again. Thread-safe. */
public final class PersonSignatures {

  /** Most bytes of a signature; a card's is 5 KB, one with its revocation lists some hundred. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int MAX_SIGNATURES = 50;

  /** What came of an upload. */
  public sealed interface Taken {
    /** It is kept. */
    record Kept(KeptSignature signature) implements Taken {}

    /**
     * It is not kept.
     *
     * @param reason in words, English
     */
    record Refused(SignatureResult.Cause cause, String reason) implements Taken {}

    /** It is there already. */
    record Again() implements Taken {}

    /** Somebody signed the same manifest meanwhile: the next one is to be signed. */
    record Late() implements Taken {}

    /** As many as an object may have are there. */
    record Full() implements Taken {}

    /** There is no such object. */
    record Unknown() implements Taken {}
  }

  private final SignatureStore store;
  private final SignableObjects objects;
  private final PersonTerms terms;
  private final AuditLog audit;
  private final InstantSource clock;

  public PersonSignatures(
      Database database,
      SignableObjects objects,
      PersonTerms terms,
      AuditLog audit,
      InstantSource clock) {
    this.store = new SignatureStore(database);
    this.objects = objects;
    this.terms = terms;
    this.audit = audit;
    this.clock = clock;
  }

  /** The object, for download. */
  public Optional<SignableObject> object(String kind, String id) throws IOException {
    return objects.find(kind, id);
  }

  /** In the order in which they came. */
  public List<KeptSignature> of(String kind, String id) {
    return store.of(kind, id);
  }

  /** The bytes of one signature as they were uploaded. */
  public Optional<byte[]> bytes(String kind, String id, long signature) {
    return store.cms(kind, id, signature);
  }

  /**
   * The manifest that the next signer signs for a container (ETSI EN 319 162-1).
   *
   * @return empty when there is no such object, or it has as many signatures as it may have
   */
  public Optional<byte[]> manifest(String kind, String id) throws IOException {
    Optional<SignableObject> object = objects.find(kind, id);
    int next = signers(kind, id) + 1;
    return object.isEmpty() || next > MAX_SIGNATURES
        ? Optional.empty()
        : Optional.of(AsicContainer.manifest(List.of(item(object.get())), next));
  }

  private int signers(String kind, String id) {
    return store.of(kind, id).stream().mapToInt(KeptSignature::signer).max().orElse(0);
  }

  private static AsicContainer.Item item(SignableObject object) {
    return new AsicContainer.Item(
        object.fileName(), "text/plain", () -> new ByteArrayInputStream(object.content()));
  }

  /**
   * Keeps a signature when it is one over exactly this object, or over a manifest that names its
   * digest.
   *
   * @param cms a detached CMS signature, DER or PEM
   */
  public Taken take(Principal who, String kind, String id, byte[] cms) throws IOException {
    SignableObject object = objects.find(kind, id).orElse(null);
    if (object == null) {
      return new Taken.Unknown();
    }
    byte[] der = Pem.der(cms);
    int signers = signers(kind, id);
    SignatureTerms now = terms.now();
    PersonSignature.Result result =
        PersonSignature.accept(SignedContent.of(object.content()), der, now);
    // Over another object: one of the manifests of this one, then? The newest is the likeliest.
    int signer = Math.min(signers + 1, MAX_SIGNATURES);
    for (; signer > 0 && isOther(result); signer--) {
      byte[] manifest = AsicContainer.manifest(List.of(item(object)), signer);
      PersonSignature.Result over = PersonSignature.accept(SignedContent.of(manifest), der, now);
      if (!isOther(over)) {
        return judged(who, object, signer, signer <= signers, over, der);
      }
    }
    return judged(who, object, 0, false, result, der);
  }

  private static boolean isOther(PersonSignature.Result result) {
    return result instanceof PersonSignature.Result.Refused refused
        && refused.cause() == SignatureResult.Cause.OTHER_OBJECT;
  }

  private Taken judged(
      Principal who,
      SignableObject object,
      int signer,
      boolean used,
      PersonSignature.Result result,
      byte[] der) {
    return switch (result) {
      case PersonSignature.Result.Refused refused -> {
        audit.record(
            who,
            "signature.refused",
            Map.of(
                "kind", object.kind(),
                "object", object.id(),
                "cause", refused.cause().name(),
                "reason", refused.reason()));
        yield new Taken.Refused(refused.cause(), refused.reason());
      }
      case PersonSignature.Result.Accepted accepted ->
          store.transaction(() -> keep(who, object, signer, used, accepted, der));
    };
  }

  private Taken keep(
      Principal who,
      SignableObject object,
      int signer,
      boolean used,
      PersonSignature.Result.Accepted accepted,
      byte[] der) {
    String digest = hex(der);
    if (store.has(object.kind(), object.id(), digest)) {
      return new Taken.Again();
    }
    if (used) {
      return new Taken.Late();
    }
    if (store.of(object.kind(), object.id()).size() >= MAX_SIGNATURES) {
      return new Taken.Full();
    }
    Instant at = clock.instant();
    KeptSignature wanted =
        new KeptSignature(
            0,
            object.kind(),
            object.id(),
            hex(object.content()),
            signer,
            accepted.name(),
            accepted.maskedId(),
            accepted.certificate().issuer(),
            accepted.certificate().sha256(),
            accepted.signed(),
            accepted.stamped(),
            accepted.qualified(),
            accepted.revocationKnown(),
            who.id(),
            at);
    long id = store.add(wanted, der, digest);
    Map<String, String> details = new LinkedHashMap<>();
    details.put("kind", object.kind());
    details.put("object", object.id());
    details.put("sha256", wanted.sha256());
    details.put("signer", wanted.name());
    details.put("person", wanted.person());
    details.put("certificate", wanted.certificate());
    details.put("qualified", Boolean.toString(wanted.qualified()));
    audit.record(who, "signature.take", details);
    return store.of(object.kind(), object.id()).stream()
        .filter(one -> one.id() == id)
        .findFirst()
        .<Taken>map(Taken.Kept::new)
        .orElseThrow();
  }

  /**
   * The object as an ASiC-E container, with the signatures over its manifests.
   *
   * @return empty when there is no such object or nobody has signed a manifest of it
   */
  public Optional<byte[]> container(String kind, String id) throws IOException {
    Optional<SignableObject> object = objects.find(kind, id);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    List<AsicContainer.Item> items = List.of(item(object.get()));
    List<AsicContainer.Signed> signed = new ArrayList<>();
    Instant last = Instant.EPOCH;
    List<KeptSignature> all = new ArrayList<>(store.of(kind, id));
    all.sort(Comparator.comparingInt(KeptSignature::signer));
    for (KeptSignature one : all) {
      Optional<byte[]> cms = store.cms(kind, id, one.id());
      if (one.signer() > 0 && cms.isPresent()) {
        byte[] manifest = AsicContainer.manifest(items, one.signer());
        signed.add(new AsicContainer.Signed(manifest, cms.get()));
        last = one.uploadedAt();
      }
    }
    if (signed.isEmpty()) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AsicContainer.write(out, items, signed, last);
    return Optional.of(out.toByteArray());
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
  }
}
