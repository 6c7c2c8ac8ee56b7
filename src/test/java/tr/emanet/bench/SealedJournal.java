package tr.emanet.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import tr.emanet.audit.AuditHead;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.sign.SealKey;
import tr.emanet.journal.FileJournal;
import tr.emanet.journal.seal.Destructions;
import tr.emanet.journal.seal.SealPaths;
import tr.emanet.journal.seal.Seals;
import tr.emanet.journal.seal.Signer;
import tr.emanet.store.Database;
import tr.emanet.store.StoreException;

/**
 * The seal as the service wires it, beside a journal that is measured: machine key, a checkpoint at
 * the start, at every closed segment and every five minutes, all on disk. Nothing is stamped.
 */
final class SealedJournal implements Closeable {

  private final Database database;
  private final SealKey key;
  private final Seals seals;

  private SealedJournal(Database database, SealKey key, Seals seals) {
    this.database = database;
    this.key = key;
    this.seals = seals;
  }

  /** Signs with the machine key. */
  private record KeySigner(SealKey held) implements Signer {

    @Override
    public String key() {
      return held.keyId();
    }

    @Override
    public byte[] sign(byte[] statement) throws IOException {
      try {
        return held.sign(statement);
      } catch (CryptoException e) {
        throw new IOException(e);
      }
    }
  }

  static SealedJournal start(Path state, FileJournal journal, ZoneId zone)
      throws IOException, StoreException, CryptoException {
    InstantSource clock = InstantSource.system();
    Database database = Database.open(state, List.of("journal/seal"));
    SealKey key = SealKey.openOrCreate(state.resolve("keys"), "bench", new SecureRandom(), clock);
    Seals seals =
        new Seals(
            new Seals.Parts(
                new SealPaths(state.resolve("seals"), zone),
                journal,
                database,
                () -> new AuditHead(0, "0".repeat(64)),
                new KeySigner(key),
                () -> Instant.MAX,
                null,
                List.of(),
                Destructions.NONE,
                clock,
                System::nanoTime));
    seals.start();
    return new SealedJournal(database, key, seals);
  }

  /** After the journal: the last checkpoint is about what was closed. */
  @Override
  public void close() throws IOException {
    seals.close();
    key.close();
    database.close();
  }
}
