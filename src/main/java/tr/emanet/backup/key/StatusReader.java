package tr.emanet.backup.key;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.crypto.certificate.CertificateFacts;
import tr.emanet.crypto.envelope.Envelopes;
import tr.emanet.crypto.envelope.RecipientName;

/** Gathers what is shown of a repository's keys; opens nothing. */
record StatusReader(
    KeyFolder folder, OperationsKey operations, EscrowCertificates escrow, KeyRecords records) {

  Optional<KeyStatus> read(String repository) throws IOException {
    List<EraRecord> eras = folder.eras(repository);
    if (eras.isEmpty()) {
      return Optional.empty();
    }
    EraRecord now = eras.getLast();
    List<KeyStatus.Closed> closed = new ArrayList<>();
    for (int i = 0; i < eras.size() - 1; i++) {
      EraRecord era = eras.get(i);
      Instant closing = era.closed();
      Instant end = closing == null ? eras.get(i + 1).made() : closing;
      closed.add(new KeyStatus.Closed(era.number(), era.place(), era.made(), end, isOurs(era)));
    }
    Optional<byte[]> cms = folder.readEnvelope(now);
    return Optional.of(
        new KeyStatus(
            repository,
            now.number(),
            now.place(),
            now.made(),
            cms.isEmpty() ? List.of() : recipients(cms.get()),
            now.splitSet(),
            records.drills(repository).stream().filter(d -> d.era() == now.number()).findFirst(),
            closed));
  }

  private boolean isOurs(EraRecord era) throws IOException {
    Optional<byte[]> cms = folder.readEnvelope(era);
    if (cms.isEmpty() || !operations.exists()) {
      return false;
    }
    X509Certificate own = operations.certificate();
    return Envelopes.recipients(cms.get()).stream().anyMatch(n -> n.names(own));
  }

  private List<KeyStatus.Recipient> recipients(byte[] cms) throws IOException {
    Map<String, X509Certificate> known = escrow.all();
    X509Certificate own = operations.exists() ? operations.certificate() : null;
    List<KeyStatus.Recipient> out = new ArrayList<>();
    for (RecipientName name : Envelopes.recipients(cms)) {
      Optional<Map.Entry<String, X509Certificate>> holder =
          known.entrySet().stream().filter(e -> name.names(e.getValue())).findFirst();
      if (own != null && name.names(own)) {
        CertificateFacts facts = CertificateFacts.of(own);
        out.add(recipient(KeyStatus.Role.OPERATIONS, facts.displayName(), facts));
      } else if (holder.isPresent()) {
        CertificateFacts facts = CertificateFacts.of(holder.get().getValue());
        out.add(recipient(KeyStatus.Role.ESCROW, holder.get().getKey(), facts));
      } else {
        String shown =
            name.keyIdentifier().isEmpty()
                ? name.issuer() + ", " + name.serial().toString(16)
                : name.keyIdentifier();
        out.add(new KeyStatus.Recipient(KeyStatus.Role.UNKNOWN, shown, "", null));
      }
    }
    return out;
  }

  private static KeyStatus.Recipient recipient(
      KeyStatus.Role role, String name, CertificateFacts facts) {
    return new KeyStatus.Recipient(role, name, facts.sha256(), facts.notAfter());
  }
}
