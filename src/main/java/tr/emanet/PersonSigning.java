package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.certificate.Revocation;
import tr.emanet.crypto.sign.SignatureTerms;
import tr.emanet.signature.PersonSignatures;
import tr.emanet.signature.SealedFiles;
import tr.emanet.signature.SignaturesResource;
import tr.emanet.signature.SignaturesScreenResource;
import tr.emanet.store.Database;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;

/** Signatures of persons, wired: over what is sealed, by authorities that are configured. */
final class PersonSigning {

  private final PersonSignatures signatures;

  PersonSigning(
      SealSettings settings, Path seals, Database database, AuditLog audit, InstantSource clock) {
    this.signatures =
        new PersonSignatures(
            database, new SealedFiles(seals), () -> terms(settings, clock), audit, clock);
  }

  /** Whose signatures count, with the revocation lists as they lie on disk now. */
  static SignatureTerms terms(SealSettings settings, InstantSource clock) throws IOException {
    SealSettings.Persons persons = settings.persons();
    return SignatureTerms.person(
        certificates(persons.trustFile()),
        certificates(settings.timestamp().trustFile()),
        persons.revocationDirectory().isEmpty()
            ? Revocation.NONE
            : Revocation.read(Path.of(persons.revocationDirectory())),
        clock.instant());
  }

  private static List<X509Certificate> certificates(String file) throws IOException {
    return file.isEmpty() ? List.of() : Certificates.read(Path.of(file));
  }

  /** Offers page and API. */
  void install(Environment environment, Pages pages, Shells shells) {
    environment.jersey().register(new SignaturesResource(signatures, shells));
    environment.jersey().register(new SignaturesScreenResource(signatures, pages, shells));
  }
}
