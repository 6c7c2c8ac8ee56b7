package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.http.Protection;
import tr.emanet.backup.http.RepositoryResource;
import tr.emanet.backup.http.RepositoryScreenResource;
import tr.emanet.backup.http.UnusedResource;
import tr.emanet.backup.http.UnusedScreenResource;
import tr.emanet.backup.key.KeyRecordFile;
import tr.emanet.backup.key.KeyRecordStore;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.Healing;
import tr.emanet.backup.plan.OldEras;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.plan.RepositoryDesk;
import tr.emanet.backup.plan.Retirement;
import tr.emanet.backup.plan.SealedChains;
import tr.emanet.backup.plan.SealedPlaces;
import tr.emanet.backup.plan.SignedRuns;
import tr.emanet.backup.plan.Upkeep;
import tr.emanet.backup.proof.OpenEras;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.job.Jobs;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;

/** Seals of backup repositories and the daily look at them, wired. */
final class RepositoryUpkeep {

  private static final Logger LOG = LoggerFactory.getLogger(RepositoryUpkeep.class);

  private final Detection.Parts parts;
  private final SealedPlaces places;
  private final SealedPlaces.Sealer sealer;
  private final Upkeep upkeep;
  private final RepositoryDesk desk;
  private final Healing healing;
  private final SealedChains chains;

  RepositoryUpkeep(Detection.Parts parts, Sealing sealing, Repositories repositories, Jobs jobs) {
    this.parts = parts;
    this.sealer = new Signing(sealing, parts.clock(), parts.settings().zoneId());
    this.places =
        new SealedPlaces(
            sealer, parts.state().root().resolve("upkeep"), parts.database(), parts.clock());
    Upkeep.Parts made =
        new Upkeep.Parts(parts.database(), parts.audit(), repositories, places, parts.clock());
    this.upkeep =
        new Upkeep(
            made, jobs, new OldEras(new OpenEras(parts.database()), parts.settings().zoneId()));
    this.desk = new RepositoryDesk(upkeep, made);
    this.healing = new Healing(upkeep, made);
    this.chains = new SealedChains(upkeep, made);
  }

  /** The machine's key and its authority, as sealer of repositories. */
  private record Signing(Sealing sealing, InstantSource clock, ZoneId zone)
      implements SealedPlaces.Sealer {

    @Override
    public BackupSeals get() throws IOException {
      return new BackupSeals(sealing.key(), clock, zone, sealing.authority());
    }

    @Override
    public List<X509Certificate> certificates() throws IOException {
      return sealing.certificates();
    }
  }

  /** Seals the runs of jobs. */
  SignedRuns runs() {
    return new SignedRuns(places, parts.database(), parts.clock());
  }

  /** Seals what people do with key files. */
  SealedPlaces.Sealer sealer() {
    return sealer;
  }

  SealedChains chains() {
    return chains;
  }

  Healing healing() {
    return healing;
  }

  RepositoryDesk desk() {
    return desk;
  }

  /** Offers the API and the acts of the page of jobs. */
  void install(
      Environment environment, BackupDesk jobs, Protection protection, Pages pages, Shells shells) {
    environment.jersey().register(new RepositoryResource(desk, shells));
    environment
        .jersey()
        .register(new RepositoryScreenResource(jobs, protection, desk, pages, shells));
    Retirement retirement = desk.retirement();
    environment.jersey().register(new UnusedResource(retirement, shells));
    environment
        .jersey()
        .register(new UnusedScreenResource(jobs, protection, retirement, pages, shells));
  }

  Upkeep upkeep() {
    return upkeep;
  }

  /** What the last process and the command line left; beside the start of the service. */
  void begin() {
    try {
      upkeep.begin();
      Path keys = parts.state().keys().resolve("backup");
      new KeyRecordFile(keys, parts.clock())
          .drainTo(new KeyRecordStore(parts.database(), parts.audit()));
    } catch (IOException | RuntimeException e) {
      // Boundary: what cannot be taken over now is there at the next start.
      LOG.atError().setCause(e).log("What was left of backups cannot be taken over");
    }
  }
}
