package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.alert.Alerts;
import tr.emanet.archive.ArchiveDesk;
import tr.emanet.archive.ArchiveSeal;
import tr.emanet.archive.ArchiveWork;
import tr.emanet.archive.SealFacts;
import tr.emanet.archive.SealKeyFact;
import tr.emanet.archive.http.ArchivesResource;
import tr.emanet.archive.http.ArchivesScreenResource;
import tr.emanet.archive.http.Destruction;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.key.EscrowCertificates;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.event.Principal;
import tr.emanet.job.Job;
import tr.emanet.job.Jobs;
import tr.emanet.keep.DestructionRound;
import tr.emanet.keep.LegalHold;
import tr.emanet.keep.Retention;
import tr.emanet.store.Database;
import tr.emanet.web.Pages;
import tr.emanet.web.ShellFacts;
import tr.emanet.web.Shells;

/** Archives, wired: calendar, verification and export of what was sealed. */
final class Archives implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Archives.class);
  private static final int KEPT_JOBS = 100;

  /** What it is made of. */
  record Parts(
      SealSettings settings,
      StateDirectory state,
      ZoneId zone,
      Database database,
      AuditLog audit,
      Sealing sealing,
      Alerts alerts,
      InstantSource clock) {}

  private final Parts parts;
  private final Jobs jobs;
  private final ArchiveDesk desk;
  private final CertificateAlarms alarms;

  private Archives(Parts parts) {
    this.parts = parts;
    this.jobs = new Jobs(parts.database(), parts.clock(), KEPT_JOBS);
    this.desk =
        new ArchiveDesk(
            new ArchiveWork.Parts(
                parts.state().root(),
                parts.zone(),
                new MachineArchiveSeal(parts.sealing()),
                parts.database(),
                parts.audit(),
                parts.clock()),
            jobs,
            this::held);
    this.alarms =
        new CertificateAlarms(parts.alerts(), List.of(this::keys, this::escrow), parts.clock());
  }

  /** Makes everything and goes on with what the last process left. */
  static Archives open(Parts parts) {
    Archives archives = new Archives(parts);
    archives.jobs.start();
    archives.alarms.start();
    return archives;
  }

  private String held(LocalDate day) {
    return parts.sealing().holds().all().stream()
        .filter(
            hold ->
                hold.holds()
                    && (hold.from() == null || !day.isBefore(hold.from()))
                    && (hold.to() == null || !day.isAfter(hold.to())))
        .map(LegalHold::reason)
        .findFirst()
        .orElse("");
  }

  /** Signs with the machine's key and asks the sealer for checkpoints. */
  private record MachineArchiveSeal(Sealing sealing) implements ArchiveSeal {

    @Override
    public void now() throws IOException, InterruptedException {
      try {
        sealing.seals().now().get();
      } catch (ExecutionException e) {
        throw new IOException("the log cannot be sealed now: " + e.getCause(), e);
      }
    }

    @Override
    public byte[] sign(byte[] content) throws IOException {
      try {
        return sealing.key().sign(content);
      } catch (CryptoException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public X509Certificate certificate() throws IOException {
      return sealing.key().certificate();
    }
  }

  private SealFacts facts() {
    String library = parts.settings().pkcs11().library();
    return new SealFacts(
        keys(), library.isEmpty() ? "keys/seal.p12" : library, SealHistory.shown(parts.audit()));
  }

  private List<SealKeyFact> keys() {
    List<SealKeyFact> out = new ArrayList<>();
    try {
      for (X509Certificate certificate : parts.sealing().certificates()) {
        out.add(new SealKeyFact(out.isEmpty() ? "seal" : "former", certificate));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    desk.authority().forEach(one -> out.add(new SealKeyFact("stamp", one)));
    anchors(parts.settings().timestamp().trustFile(), "stamp-root", out);
    anchors(parts.settings().persons().trustFile(), "person-root", out);
    return out;
  }

  /** To whom passwords of backups are sealed. */
  private List<SealKeyFact> escrow() throws IOException {
    Path directory = parts.state().keys().resolve("backup/escrow");
    return new EscrowCertificates(directory, parts.clock())
        .all().values().stream()
            .map(certificate -> new SealKeyFact(CertificateAlarms.ESCROW, certificate))
            .toList();
  }

  private static void anchors(String file, String use, List<SealKeyFact> into) {
    if (file.isEmpty()) {
      return;
    }
    try {
      Certificates.read(Path.of(file)).forEach(one -> into.add(new SealKeyFact(use, one)));
    } catch (IOException e) {
      // The page lives without them; who needs them for a verdict says that they are missing.
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("Trust anchors cannot be read");
    }
  }

  void install(Environment environment, Pages pages, Shells shells) {
    environment.jersey().register(new ArchivesResource(desk, shells, parts.zone(), parts.clock()));
    environment
        .jersey()
        .register(
            new ArchivesScreenResource(
                desk,
                this::facts,
                new Destroying(parts.sealing().retention()),
                parts.zone(),
                pages,
                shells));
  }

  /** What runs, for the top bar. */
  Optional<ShellFacts.RunningJob> running() {
    return jobs.running().stream()
        .findFirst()
        .map(Archives::shown)
        .or(() -> round().standing().map(Archives::shown));
  }

  private DestructionRound round() {
    return parts.sealing().retention().round();
  }

  private static ShellFacts.RunningJob shown(DestructionRound.Standing standing) {
    return new ShellFacts.RunningJob(
        "web.job.destruction", 0, standing.percent(), "/archives#tasks");
  }

  /** The look of retention that runs now, for the page of archives. */
  private record Destroying(Retention retention) implements Destruction {

    @Override
    public Optional<Integer> percent() {
      return retention.round().standing().map(DestructionRound.Standing::percent);
    }

    @Override
    public boolean stop(Principal who) {
      return retention.stop(who);
    }
  }

  private static ShellFacts.RunningJob shown(Job job) {
    int percent = job.progress().total() == 0 ? -1 : job.progress().percent();
    return new ShellFacts.RunningJob(
        "web.job." + job.kind(), job.id(), percent, "/archives?task=" + job.id() + "#tasks");
  }

  /** Lets jobs return, to be gone on with at the next start; before the seal and the store. */
  @Override
  public void close() {
    alarms.close();
    jobs.close();
  }
}
