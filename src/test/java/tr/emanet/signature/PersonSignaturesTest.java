package tr.emanet.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Openssl;
import tr.emanet.crypto.TestAuthority;
import tr.emanet.crypto.certificate.CertificateFacts;
import tr.emanet.crypto.certificate.Revocation;
import tr.emanet.crypto.sign.SignatureResult;
import tr.emanet.crypto.sign.SignatureTerms;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.store.Database;

/** Download, sign with stock openssl, upload: taken over exactly this object and no other. */
class PersonSignaturesTest {

  private static final Principal AYSE = new Principal("ayse", "Ayşe", Set.of(Role.ANALYST));
  private static final String ROOT = "root";
  private static final String DAY = "2026-11-21";

  @TempDir Path state;
  private final InstantSource clock = InstantSource.system();
  private List<X509Certificate> anchors = new ArrayList<>();
  private TestAuthority authority;
  private TestAuthority.Identity person;
  private Database database;
  private AuditLog audit;
  private PersonSignatures signatures;

  @BeforeEach
  void opens() throws Exception {
    authority = new TestAuthority("Test ESHS", Instant.now());
    person =
        authority.issue(
            w -> w.statements(CertificateFacts.ETSI_QUALIFIED, CertificateFacts.BTK_QUALIFIED));
    anchors.add(authority.certificate());
    Path day = Files.createDirectories(state.resolve("seals/2026/11/21"));
    Files.writeString(day.resolve("root.sha256"), "00  day.txt\n");
    Files.writeString(day.resolve("000000000007.checkpoint"), "emanet-checkpoint 1\n");
    database = Database.open(state, List.of("audit", "signature"));
    audit = new AuditLog(database, clock);
    signatures =
        new PersonSignatures(
            database,
            new SealedFiles(state.resolve("seals")),
            () -> SignatureTerms.person(anchors, List.of(), Revocation.NONE, clock.instant()),
            audit,
            clock);
  }

  @AfterEach
  void closes() {
    database.close();
  }

  private byte[] signed(byte[] content, TestAuthority.Identity by, String form) throws Exception {
    Path file = Files.write(state.resolve("to-be-signed"), content);
    pem("signer.pem", "CERTIFICATE", by.certificate().getEncoded());
    pem("signer.key", "PRIVATE KEY", by.pair().getPrivate().getEncoded());
    Openssl.Run run =
        Openssl.run(
            state,
            "cms",
            "-sign",
            "-binary",
            "-cades",
            "-md",
            "sha256",
            "-in",
            file.toString(),
            "-signer",
            "signer.pem",
            "-inkey",
            "signer.key",
            "-outform",
            form,
            "-out",
            "signed.p7s");
    assertThat(run.code()).as(run.text()).isZero();
    return Files.readAllBytes(state.resolve("signed.p7s"));
  }

  private void pem(String name, String label, byte[] der) throws IOException {
    Files.writeString(
        state.resolve(name),
        "-----BEGIN "
            + label
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END "
            + label
            + "-----\n");
  }

  private byte[] root() throws IOException {
    return signatures.object(ROOT, DAY).orElseThrow().content();
  }

  @Test
  void takesWhatStockOpensslSignedAndShowsWhoMasked() throws Exception {
    PersonSignatures.Taken taken = signatures.take(AYSE, ROOT, DAY, signed(root(), person, "DER"));

    KeptSignature kept = ((PersonSignatures.Taken.Kept) taken).signature();
    assertThat(kept.name()).isEqualTo("Ayşe Yılmaz");
    assertThat(kept.person()).contains("*").doesNotContain("12345678901");
    assertThat(kept.qualified()).isTrue();
    assertThat(kept.stampedAt()).isNull();
    assertThat(signatures.of(ROOT, DAY)).containsExactly(kept);
    assertThat(audit.page(AuditFilter.ALL, Long.MAX_VALUE, 5).getFirst().details())
        .contains(kept.person())
        .doesNotContain("12345678901");
  }

  @Test
  void takesPemAsWellAndNothingTwice() throws Exception {
    byte[] pem = signed(root(), person, "PEM");

    assertThat(signatures.take(AYSE, ROOT, DAY, pem))
        .isInstanceOf(PersonSignatures.Taken.Kept.class);
    assertThat(signatures.take(AYSE, ROOT, DAY, pem))
        .isInstanceOf(PersonSignatures.Taken.Again.class);
  }

  @Test
  void refusesASignatureOverAnotherFile() throws Exception {
    byte[] other = signed("another file".getBytes(StandardCharsets.UTF_8), person, "DER");

    PersonSignatures.Taken taken = signatures.take(AYSE, ROOT, DAY, other);

    assertThat(((PersonSignatures.Taken.Refused) taken).cause())
        .isEqualTo(SignatureResult.Cause.OTHER_OBJECT);
    assertThat(signatures.of(ROOT, DAY)).isEmpty();
    assertThat(audit.page(AuditFilter.ALL, Long.MAX_VALUE, 5).getFirst().action())
        .isEqualTo("signature.refused");
  }

  @Test
  void refusesAnUnknownAuthorityAndGarbage() throws Exception {
    byte[] good = signed(root(), person, "DER");
    anchors = List.of(new TestAuthority("Another", Instant.now()).certificate());

    PersonSignatures.Taken strange = signatures.take(AYSE, ROOT, DAY, good);
    PersonSignatures.Taken garbage = signatures.take(AYSE, ROOT, DAY, new byte[] {0x30, 3, 1});
    PersonSignatures.Taken empty = signatures.take(AYSE, ROOT, DAY, new byte[0]);

    assertThat(((PersonSignatures.Taken.Refused) strange).cause())
        .isEqualTo(SignatureResult.Cause.UNTRUSTED);
    assertThat(((PersonSignatures.Taken.Refused) garbage).cause())
        .isEqualTo(SignatureResult.Cause.MALFORMED);
    assertThat(empty).isInstanceOf(PersonSignatures.Taken.Refused.class);
  }

  @Test
  void makesAContainerThatOpensslCanCheck() throws Exception {
    byte[] manifest = signatures.manifest(ROOT, DAY).orElseThrow();
    byte[] signature = signed(manifest, person, "DER");
    assertThat(signatures.container(ROOT, DAY)).isEmpty();

    PersonSignatures.Taken taken = signatures.take(AYSE, ROOT, DAY, signature);
    PersonSignatures.Taken late = signatures.take(AYSE, ROOT, DAY, signed(manifest, person, "DER"));

    assertThat(((PersonSignatures.Taken.Kept) taken).signature().signer()).isEqualTo(1);
    assertThat(late).isInstanceOf(PersonSignatures.Taken.Late.class);
    Map<String, byte[]> entries = unzipped(signatures.container(ROOT, DAY).orElseThrow());
    assertThat(entries.get("root-2026-11-21.sha256")).isEqualTo(root());
    Files.write(state.resolve("m.xml"), entries.get("META-INF/ASiCManifest001.xml"));
    Files.write(state.resolve("s.p7s"), entries.get("META-INF/signature001.p7s"));
    pem("root.pem", "CERTIFICATE", authority.certificate().getEncoded());
    Openssl.Run run =
        Openssl.run(
            state,
            "cms",
            "-verify",
            "-cades",
            "-binary",
            "-inform",
            "DER",
            "-in",
            "s.p7s",
            "-content",
            "m.xml",
            "-CAfile",
            "root.pem",
            "-purpose",
            "any",
            "-out",
            "/dev/null");
    assertThat(run.code()).as(run.text()).isZero();
    assertThat(signatures.manifest(ROOT, DAY).orElseThrow()).isNotEqualTo(manifest);
  }

  private static Map<String, byte[]> unzipped(byte[] container) throws IOException {
    Map<String, byte[]> out = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(container))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        out.put(e.getName(), in.readAllBytes());
      }
    }
    return out;
  }

  @Test
  void whatIsNotThereCannotBeSigned() throws Exception {
    assertThat(signatures.object("root", "2026-11-20")).isEmpty();
    assertThat(signatures.object("checkpoint", "2026-11-21-7")).isPresent();
    assertThat(signatures.object("../../keys", "2026-11-21")).isEmpty();
    assertThat(signatures.object("root", "2026-11-21/../..")).isEmpty();
    assertThat(signatures.take(AYSE, "destruction", "2026-11-21-1", new byte[] {1}))
        .isInstanceOf(PersonSignatures.Taken.Unknown.class);
  }

  @Test
  void whatWasTakenCannotBeChanged() throws Exception {
    signatures.take(AYSE, ROOT, DAY, signed(root(), person, "DER"));

    assertThatThrownBy(
            () ->
                database.write(
                    h -> h.createUpdate("UPDATE person_signature SET name = 'x'").execute()))
        .hasMessageContaining("append-only");
  }
}
