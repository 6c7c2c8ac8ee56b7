package tr.emanet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.sign.SealImports;
import tr.emanet.crypto.sign.SealKey;
import tr.emanet.store.Database;

class SealHistoryTest {

  @TempDir Path directory;
  private final InstantSource clock = InstantSource.system();

  private SealKey key(String name) throws Exception {
    return SealKey.openOrCreate(directory.resolve(name), name, new SecureRandom(), clock);
  }

  @Test
  void tellsEachKeyOnceAndWhoTookItOver() throws Exception {
    Path keys = directory.resolve("keys");
    try (Database database = Database.open(directory, List.of("audit"))) {
      AuditLog audit = new AuditLog(database, clock);
      try (SealKey own = key("keys");
          SealKey other = key("other")) {
        SealHistory.tell(own, "keys/seal.p12", keys, audit);
        SealHistory.tell(own, "keys/seal.p12", keys, audit);
        assertThat(SealHistory.newest(audit)).hasSize(1);

        byte[] file = Files.readAllBytes(directory.resolve("other/seal.p12"));
        SealKey.importPkcs12(keys, file, Secret.of("emanet"), clock).close();
        SealHistory.tell(other, "keys/seal.p12", keys, audit);
        SealHistory.tell(other, "keys/seal.p12", keys, audit);

        List<AuditEntry> told = SealHistory.newest(audit);
        assertThat(told)
            .extracting(AuditEntry::action)
            .containsExactly(SealHistory.KEY, SealHistory.IMPORT, SealHistory.KEY);
        assertThat(told.get(1).actor()).matches("local:[0-9]+");
        assertThat(told.get(1).details()).contains(other.keyId(), "at");
        assertThat(told.get(0).details()).contains(other.keyId(), "until");
        assertThat(SealImports.noted(keys)).isEmpty();
      }
    }
  }
}
