package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.alert.Alerts;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.http.HuntsResource;
import tr.emanet.indicator.hunt.HitMaker;
import tr.emanet.indicator.hunt.Hunts;
import tr.emanet.indicator.hunt.RetroHunt;
import tr.emanet.job.Job;
import tr.emanet.job.Jobs;
import tr.emanet.search.EventHunt;
import tr.emanet.search.Masking;
import tr.emanet.web.ShellFacts;
import tr.emanet.web.Shells;

/**
 * Jobs and hunts, wired: what comes into force is hunted in what was received before, and people
 * hunt for any value. Told of a revision after the live matcher, which must know an indicator
 * before it is hunted.
 */
final class Hunting implements RevisionListener, Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Hunting.class);
  private static final int KEPT_JOBS = 100;

  private final Detection.Parts parts;
  private final Jobs jobs;
  private final RetroHunt.Parts retroParts;
  private volatile @Nullable RetroHunt retro;
  private @Nullable Hunts hunts;

  Hunting(Detection.Parts parts, Alerts alerts, HitMaker maker) {
    this.parts = parts;
    this.jobs = new Jobs(parts.database(), parts.clock(), KEPT_JOBS);
    this.retroParts =
        new RetroHunt.Parts(
            parts.database(),
            jobs,
            new NeverBlock(parts.settings().indicators().neverBlock()),
            alerts,
            maker,
            parts.clock());
  }

  /** Begins, with what the last process left; once the index is open. */
  void start(EventHunt search) {
    RetroHunt hunt = new RetroHunt(retroParts, search);
    hunts = new Hunts(parts.database(), jobs, parts.audit(), search, parts.clock());
    hunt.queue();
    retro = hunt;
    jobs.start();
  }

  @Override
  public void applied(Revision revision) {
    RetroHunt hunt = retro;
    try {
      if (hunt != null) {
        hunt.queue();
      }
    } catch (RuntimeException e) {
      // Boundary: the list is in force all the same, and the next revision or start queues it.
      LOG.atError()
          .addKeyValue("revision", revision.number())
          .setCause(e)
          .log("New indicators cannot be hunted yet");
    }
  }

  @Override
  public void failed(String feed, FeedFailure failure, String detail) {
    // The list before it stays in force, and its hunts go on.
  }

  /** Hunts of people; after {@link #start}. */
  Hunts hunts() {
    Hunts made = hunts;
    if (made == null) {
      throw new IllegalStateException("hunting has not started");
    }
    return made;
  }

  void install(Environment environment, Masking masking, Shells shells) {
    environment.jersey().register(new HuntsResource(hunts(), masking, shells));
  }

  /** What runs, for the top bar. */
  Optional<ShellFacts.RunningJob> running() {
    return jobs.running().stream().findFirst().map(Hunting::shown);
  }

  private static ShellFacts.RunningJob shown(Job job) {
    int percent = job.progress().total() == 0 ? -1 : job.progress().percent();
    return new ShellFacts.RunningJob(
        job.kind().equals(Hunts.KIND) ? "web.job.hunt" : "web.job.retro",
        job.id(),
        percent,
        "/hunt");
  }

  /** Lets hunts return, to be gone on with at the next start; before the index closes. */
  @Override
  public void close() {
    jobs.close();
  }
}
