package tr.emanet.signature;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Digests;
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
    record Kept(PersonSignature signature) implements Taken {}

    /**
     * It is not kept.
     *
     * @param reason in words, English
     */
    record Refused(String reason) implements Taken {}

    /** It is there already. */
    record Again() implements Taken {}

    /** As many as an object may have are there. */
    record Full() implements Taken {}

    /** There is no such object. */
    record Unknown() implements Taken {}
  }

  private final SignatureStore store;
  private final SignableObjects objects;
  private final SignatureChecker checker;
  private final AuditLog audit;
  private final InstantSource clock;

  public PersonSignatures(
      Database database,
      SignableObjects objects,
      SignatureChecker checker,
      AuditLog audit,
      InstantSource clock) {
    this.store = new SignatureStore(database);
    this.objects = objects;
    this.checker = checker;
    this.audit = audit;
    this.clock = clock;
  }

  /** The object, for download. */
  public Optional<SignableObject> object(String kind, String id) throws IOException {
    return objects.find(kind, id);
  }

  /** In the order in which they came. */
  public List<PersonSignature> of(String kind, String id) {
    return store.of(kind, id);
  }

  /** The bytes of one signature as they were uploaded. */
  public Optional<byte[]> bytes(String kind, String id, long signature) {
    return store.cms(kind, id, signature);
  }

  /**
   * Keeps a signature when it is one over exactly this object.
   *
   * @param cms a detached CMS signature, DER or PEM
   */
  public Taken take(Principal who, String kind, String id, byte[] cms) throws IOException {
    SignableObject object = objects.find(kind, id).orElse(null);
    if (object == null) {
      return new Taken.Unknown();
    }
    byte[] der = Pem.der(cms);
    String digest = hex(der);
    return switch (checker.check(object.content(), der)) {
      case SignatureChecker.Verdict.Refused refused -> {
        audit.record(
            who,
            "signature.refused",
            Map.of("kind", kind, "object", id, "reason", refused.reason()));
        yield new Taken.Refused(refused.reason());
      }
      case SignatureChecker.Verdict.Sound sound ->
          store.transaction(() -> keep(who, object, der, digest, sound));
    };
  }

  private Taken keep(
      Principal who,
      SignableObject object,
      byte[] der,
      String digest,
      SignatureChecker.Verdict.Sound sound) {
    if (store.has(object.kind(), object.id(), digest)) {
      return new Taken.Again();
    }
    if (store.of(object.kind(), object.id()).size() >= MAX_SIGNATURES) {
      return new Taken.Full();
    }
    String sha256 = hex(object.content());
    long id = store.add(object, sha256, der, digest, sound, who.id(), clock.instant());
    Map<String, String> details = new LinkedHashMap<>();
    details.put("kind", object.kind());
    details.put("object", object.id());
    details.put("sha256", sha256);
    details.put("signer", sound.signer());
    details.put("person", sound.maskedId());
    details.put("certificate", sound.certificate());
    details.put("qualified", Boolean.toString(sound.qualified()));
    audit.record(who, "signature.take", details);
    return store.of(object.kind(), object.id()).stream()
        .filter(one -> one.id() == id)
        .findFirst()
        .<Taken>map(Taken.Kept::new)
        .orElseThrow();
  }

  /**
   * The object with all its signatures as an ASiC-E container.
   *
   * @return empty when there is no such object or nobody has signed it
   */
  public Optional<byte[]> container(String kind, String id) throws IOException {
    Optional<SignableObject> object = objects.find(kind, id);
    List<byte[]> signatures = new ArrayList<>();
    for (PersonSignature one : store.of(kind, id)) {
      store.cms(kind, id, one.id()).ifPresent(signatures::add);
    }
    if (object.isEmpty() || signatures.isEmpty()) {
      return Optional.empty();
    }
    SignableObject it = object.get();
    return Optional.of(checker.container(it.fileName(), it.content(), signatures));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
  }
}
