package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Condition;
import tr.emanet.alert.Hit;
import tr.emanet.alert.Severity;
import tr.emanet.backup.http.DrillsResource;
import tr.emanet.backup.http.DrillsScreenResource;
import tr.emanet.backup.http.VerificationsResource;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.proof.Drill;
import tr.emanet.backup.proof.ProofDesk;
import tr.emanet.backup.proof.ProofParts;
import tr.emanet.backup.proof.Rung;
import tr.emanet.backup.proof.ScratchDatabases;
import tr.emanet.backup.proof.Verification;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.seal.SealTrust;
import tr.emanet.backup.source.ScratchPostgres;
import tr.emanet.crypto.sign.MachineSeal;
import tr.emanet.job.Jobs;
import tr.emanet.web.Pages;
import tr.emanet.web.ShellFacts;
import tr.emanet.web.Shells;

/** The proof that backups come back, wired: checks, drills, their pages and their alarms. */
final class Proofs {

  /** What the alarms are about. */
  static final String ASSET = "backup-proof";

  private static final Logger LOG = LoggerFactory.getLogger(Proofs.class);

  private final Detection.Parts parts;
  private final BackupDesk desk;
  private final Alerts alerts;
  private final ProofDesk proofs;
  private volatile ShellFacts.@Nullable Proven proven;

  Proofs(
      Detection.Parts parts,
      Alerts alerts,
      Sealing sealing,
      Jobs jobs,
      BackupDesk desk,
      Repositories repositories) {
    this.parts = parts;
    this.desk = desk;
    this.alerts = alerts;
    this.proofs =
        new ProofDesk(
            new ProofParts(
                parts.database(),
                parts.audit(),
                jobs,
                desk,
                repositories,
                new Sealed(sealing, parts),
                new ScratchDatabases(parts.state().root().resolve("drill"), parts.clock()),
                parts.state().root().resolve("drill"),
                Spine.reserve(parts.state(), parts.settings()),
                MachineName.all().stream().findFirst().orElse("emanet"),
                parts.settings().zoneId(),
                parts.random(),
                parts.clock()));
    sweep(parts.state().root().resolve("drill"));
  }

  private static void sweep(Path place) {
    try {
      ScratchPostgres.sweep(place);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("A scratch server of an earlier run cannot be removed");
    }
  }

  /** The machine's seal, which is made beside the start of the service. */
  private record Sealed(Sealing sealing, Detection.Parts parts) implements ProofParts.Machine {

    @Override
    public MachineSeal seal() throws IOException {
      return sealing.key();
    }

    @Override
    public BackupSeals seals() throws IOException {
      return new BackupSeals(sealing.key(), parts.clock(), parts.settings().zoneId(), null);
    }

    @Override
    public SealTrust trust() throws IOException {
      return new SealTrust(sealing.certificates(), List.of());
    }
  }

  ProofDesk desk() {
    return proofs;
  }

  /** Begins what is due, and says what is wrong. */
  void beat() {
    proofs.tick();
    proven = look();
    List<Condition> all = new ArrayList<>();
    for (BackupJob job : desk.jobs()) {
      drill(job).ifPresent(all::add);
    }
    for (String repository : proofs.repositories()) {
      for (Rung rung : Rung.values()) {
        rung(repository, rung).ifPresent(all::add);
      }
    }
    alerts.conditions(Hit.Kind.FEED, ASSET, all);
  }

  /** The newest proof of all jobs; trouble when one of them has none that holds. */
  private ShellFacts.Proven look() {
    Instant newest = null;
    boolean trouble = false;
    for (BackupJob job : desk.jobs()) {
      ProofDesk.Proof proof = proofs.proof(job);
      Instant at = proof.at();
      trouble |= proof.trouble();
      if (at != null && (newest == null || at.isAfter(newest))) {
        newest = at;
      }
    }
    return new ShellFacts.Proven(newest, trouble || newest == null);
  }

  /** As it was seen some seconds ago; trouble is looked at anew, it may be over. */
  ShellFacts.Proven proven() {
    ShellFacts.Proven seen = proven;
    return seen == null || seen.trouble() ? look() : seen;
  }

  private Optional<Condition> drill(BackupJob job) {
    ProofDesk.Proof proof = proofs.proof(job);
    boolean failed = proof.last() == Drill.State.FAILED || proof.last() == Drill.State.BROKEN;
    if (!failed && !proof.overdue()) {
      return Optional.empty();
    }
    return Optional.of(
        ProofAlarms.condition(
            failed ? "drill-failed" : "drill-overdue",
            Long.toString(job.id()),
            job.spec().name(),
            failed ? Severity.HIGH : Severity.MEDIUM,
            proof.at() == null ? job.createdAt() : proof.at(),
            job.spec().repository()));
  }

  private Optional<Condition> rung(String repository, Rung rung) {
    Verification last = proofs.last(repository, rung, false).orElse(null);
    boolean damaged = last != null && last.state() == Verification.State.DAMAGED;
    if (last != null && damaged) {
      return Optional.of(
          ProofAlarms.condition(
              "check-damaged",
              rung.id() + ":" + repository,
              repository,
              Severity.CRITICAL,
              last.startedAt(),
              last.findings().isEmpty() ? rung.id() : last.findings().getFirst()));
    }
    return proofs.overdue(repository, rung)
        ? Optional.of(
            ProofAlarms.condition(
                "unchecked",
                rung.id() + ":" + repository,
                repository,
                Severity.MEDIUM,
                last == null ? parts.clock().instant().minus(rung.period()) : last.startedAt(),
                rung.id()))
        : Optional.empty();
  }

  void install(Environment environment, Pages pages, Shells shells) {
    environment.jersey().register(new DrillsScreenResource(desk, proofs, pages, shells));
    environment.jersey().register(new DrillsResource(desk, proofs, pages, shells));
    environment.jersey().register(new VerificationsResource(proofs, shells));
  }

  /** What runs, for the top bar. */
  Optional<ShellFacts.RunningJob> running() {
    return proofs
        .running()
        .map(
            job ->
                new ShellFacts.RunningJob(
                    "web.job." + job.kind(),
                    job.id(),
                    job.progress().total() == 0 ? -1 : job.progress().percent(),
                    "/backups/drills"));
  }
}
