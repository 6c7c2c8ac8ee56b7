package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Alerts;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.sign.MachineSeal;
import tr.emanet.crypto.sign.SealKey;
import tr.emanet.crypto.sign.SignaturePolicy;
import tr.emanet.crypto.stamp.BuiltInTsa;
import tr.emanet.crypto.stamp.TimeStampClient;
import tr.emanet.crypto.stamp.TimeStampConfig;
import tr.emanet.crypto.stamp.TimeStamper;
import tr.emanet.journal.FileJournal;
import tr.emanet.journal.seal.Checkpoint;
import tr.emanet.journal.seal.Destructions;
import tr.emanet.journal.seal.SealPaths;
import tr.emanet.journal.seal.SealRecords;
import tr.emanet.journal.seal.SealReport;
import tr.emanet.journal.seal.Seals;
import tr.emanet.journal.seal.Signer;
import tr.emanet.journal.seal.Stamper;
import tr.emanet.journal.seal.Witness;
import tr.emanet.keep.BootClock;
import tr.emanet.keep.DayDropped;
import tr.emanet.keep.DestroyedLines;
import tr.emanet.keep.DestructionFiles;
import tr.emanet.keep.Holds;
import tr.emanet.keep.Retention;
import tr.emanet.keep.RetentionResource;
import tr.emanet.keep.SealedSegments;
import tr.emanet.overview.SealResource;
import tr.emanet.store.Database;
import tr.emanet.web.Shells;

/** The seal, wired: machine key, time stamps, witnesses, and the journal they are about. */
final class Sealing implements Closeable {

  /** What it is made of. */
  record Parts(
      Settings settings,
      StateDirectory state,
      Database database,
      AuditLog audit,
      Alerts alerts,
      FileJournal journal,
      DayDropped dropped,
      InstantSource clock,
      SecureRandom random) {}

  private final Keys keys;
  private final Seals seals;
  private final Retention retention;
  private final DestructionFiles records;
  private final SealAlarms alarms;
  private final AuditLog audit;

  /** What signs, and who says when; null when nobody does. */
  private record Keys(Beside<SealKey> seal, @Nullable TimeStamper authority) {}

  private Sealing(
      Keys keys,
      Seals seals,
      Retention retention,
      DestructionFiles records,
      SealAlarms alarms,
      AuditLog audit) {
    this.keys = keys;
    this.seals = seals;
    this.retention = retention;
    this.records = records;
    this.alarms = alarms;
    this.audit = audit;
  }

  /** Begins to seal; key and first checkpoint are made beside the start of the service. */
  static Sealing start(Parts parts) throws CryptoException {
    Settings settings = parts.settings();
    String machine = MachineName.all().stream().findFirst().orElse("emanet");
    Beside<SealKey> key =
        Beside.start(
            "seal-key",
            () ->
                SealKeys.open(
                    settings.seal(),
                    parts.state().keys(),
                    machine,
                    parts.random(),
                    parts.clock(),
                    parts.audit()));
    KeySigner signer = new KeySigner(key, settings.seal().rootPolicy());
    TimeStamper authority = authority(parts);
    DestructionFiles records = new DestructionFiles(parts.state().seals(), settings.zoneId());
    Retention retention = retention(parts, records, signer);
    Seals seals =
        new Seals(
            new Seals.Parts(
                new SealPaths(parts.state().seals(), settings.zoneId()),
                parts.journal(),
                parts.database(),
                parts.audit()::head,
                signer,
                () -> ends(key),
                stamper(parts, authority),
                witnesses(settings, machine),
                new Destroyed(retention),
                parts.clock(),
                System::nanoTime));
    seals.start();
    retention.start();
    SealAlarms alarms =
        new SealAlarms(parts.alerts(), seals::report, settings.zoneId(), parts.clock());
    alarms.start();
    return new Sealing(new Keys(key, authority), seals, retention, records, alarms, parts.audit());
  }

  private static Retention retention(Parts parts, DestructionFiles records, Signer signer) {
    SealRecords sealed = new SealRecords(parts.database());
    return new Retention(
        new Retention.Parts(
            parts.database(),
            parts.audit(),
            parts.journal(),
            records,
            parts.settings().retentionRules(),
            path ->
                sealed
                    .closed(path)
                    .map(
                        s ->
                            new SealedSegments.Entry(
                                s.firstSequence(), s.lastSequence(), s.digest())),
            signer::sign,
            parts.dropped(),
            parts.clock(),
            BootClock.system()));
  }

  /** What retention has destroyed, as checkpoints say it. */
  private record Destroyed(DestroyedLines lines) implements Destructions {

    @Override
    public List<Checkpoint.Destroyed> untold() {
      return lines.pending().stream()
          .map(l -> new Checkpoint.Destroyed(l.path(), l.sha256(), l.record(), l.recordSha256()))
          .toList();
    }

    @Override
    public void told(List<Checkpoint.Destroyed> gone, long checkpoint) {
      if (!gone.isEmpty()) {
        lines.sealed(
            gone.stream()
                .map(
                    d ->
                        new DestroyedLines.Line(d.path(), d.digest(), d.record(), d.recordDigest()))
                .toList(),
            checkpoint);
      }
    }

    @Override
    public void between(Roots work) throws IOException {
      lines.between(work::make);
    }
  }

  private static List<Witness> witnesses(Settings settings, String machine) throws CryptoException {
    try {
      return SealWitnesses.of(settings, machine);
    } catch (IOException e) {
      // The configuration was checked when it was read: a file of the mail server has changed.
      throw new CryptoException("seal.witness: " + e.getMessage(), e);
    }
  }

  private static @Nullable Stamper stamper(Parts parts, @Nullable TimeStamper by) {
    TimeStampConfig config = parts.settings().seal().authority();
    return by == null
        ? null
        : new RootStamper(by, config == null ? BuiltInTsa.LABEL : config.url().toString());
  }

  private static @Nullable TimeStamper authority(Parts parts) throws CryptoException {
    SealSettings seal = parts.settings().seal();
    if (seal.builtIn()) {
      return BuiltInTsa.openOrCreate(parts.state().keys(), parts.random(), parts.clock());
    }
    TimeStampConfig config = seal.authority();
    return config == null ? null : new TimeStampClient(config, parts.random(), parts.clock());
  }

  private static SealKey get(Beside<SealKey> key) throws IOException {
    try {
      return key.get();
    } catch (Exception e) {
      // Boundary: it was made on another thread. The message names file and remedy.
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Instant ends(Beside<SealKey> key) {
    try {
      return get(key).certificate().getNotAfter().toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  /** Signs with the key once it is there. */
  private record KeySigner(Beside<SealKey> seal, SignaturePolicy policy) implements Signer {

    @Override
    public String key() throws IOException {
      return get(seal).keyId();
    }

    @Override
    public byte[] sign(byte[] statement) throws IOException {
      return signed(get(seal), statement);
    }

    @Override
    public byte[] signRoot(byte[] root) throws IOException {
      return signed(get(seal).under(policy), root);
    }

    private static byte[] signed(MachineSeal by, byte[] statement) throws IOException {
      try {
        return by.sign(statement);
      } catch (CryptoException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  /** The machine's seal, for whoever signs exports; waits while it is made. */
  MachineSeal key() throws IOException {
    return get(keys.seal());
  }

  /** Who stamps with the time; null when nobody is configured. */
  @Nullable TimeStamper authority() {
    return keys.authority();
  }

  /** Leaves, checkpoints and roots. */
  Seals seals() {
    return seals;
  }

  /** Backups of the appliance itself: what it keeps, and what it was set up with. */
  SelfCopy selfCopy(StateDirectory state, Database database) {
    return new SelfCopy(
        state,
        seals,
        database,
        List.of(Path.of("/etc/emanet"), Home.of("routes"), Home.of("rules")));
  }

  /** Legal holds, for whoever shows them. */
  Holds holds() {
    return retention.holds();
  }

  /** How everything stands. */
  SealReport report() {
    return seals.report();
  }

  /** Offers the API. */
  void install(Environment environment, Shells shells) {
    environment.jersey().register(new SealResource(seals, audit));
    environment.jersey().register(new RetentionResource(retention, records, shells));
  }

  /** Certificates that ever signed here, newest first. */
  List<java.security.cert.X509Certificate> certificates() throws IOException {
    return get(keys.seal()).certificates();
  }

  /** How retention stands, and its holds. */
  Retention retention() {
    return retention;
  }

  /** Destroys nothing more and raises no alarm; before the journal closes. */
  void stopDestroying() {
    retention.close();
    alarms.close();
  }

  /** Makes the last checkpoint; after the journal and before the store. */
  @Override
  public void close() {
    seals.close();
  }
}
