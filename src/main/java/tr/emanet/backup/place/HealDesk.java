package tr.emanet.backup.place;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.Healing;
import tr.emanet.event.Principal;
import tr.emanet.job.Job;
import tr.emanet.job.Jobs;

/**
 * What people do to heal a job's repository from its copy at a place, and the copy from it.
 * Thread-safe; every act is audited.
 */
public final class HealDesk {

  private final PlaceDesk.Parts parts;
  private final PlaceStore places;
  private final HealStore store;
  private final Jobs jobs;

  /** What an act leads to. */
  public sealed interface Answer {

    /** It is done; the healing as it is now. */
    record Done(HealRecord heal) implements Answer {}

    /**
     * It cannot be.
     *
     * @param reason last part of a text key
     */
    record Refused(String reason) implements Answer {}

    /** There is no such job, place or healing. */
    record Unknown() implements Answer {}
  }

  /**
   * Makes it; the runner's work is registered here and started by whoever made the runner.
   *
   * @param after hears the address of a repository that was healed
   */
  public HealDesk(PlaceDesk.Parts parts, Healing healing, Consumer<String> after, Jobs jobs) {
    this.parts = parts;
    this.places = new PlaceStore(parts.database());
    this.store = new HealStore(parts.database());
    this.jobs = jobs;
    jobs.register(
        HealWork.KIND,
        new HealWork(
            new HealWork.Parts(
                parts.repositories(), healing, parts.files(), parts.audit(), after, parts.clock()),
            places,
            store));
  }

  /** The newest first; of one job with {@code plan} above 0. */
  public List<HealRecord> newest(long plan, int limit) {
    return store.newest(plan, limit);
  }

  public Optional<HealRecord> find(long id) {
    return store.find(id);
  }

  /** The places that hold a copy of a job's repository, or held one. */
  public List<Place> copiesOf(BackupJob job) {
    return places.places().stream()
        .filter(place -> places.lastGood(place.id(), job.id(), job.spec().repository()).isPresent())
        .toList();
  }

  public Optional<Place> place(long id) {
    return places.place(id);
  }

  /** The jobs that can be healed, the oldest first. */
  public List<BackupJob> plans() {
    return desk().jobs().stream().filter(job -> !copiesOf(job).isEmpty()).toList();
  }

  private BackupDesk desk() {
    return parts.desk();
  }

  /** The run of a healing that has not ended. */
  public Optional<Job> current(long heal) {
    return jobs.unfinished(HealWork.KIND).stream()
        .filter(job -> job.input().equals(Long.toString(heal)))
        .findFirst();
  }

  /** What runs, for the top bar. */
  public Optional<Job> running() {
    return jobs.running().stream().filter(j -> j.kind().equals(HealWork.KIND)).findFirst();
  }

  /** Begins a healing. */
  public Answer heal(Principal who, long plan, long placeId, HealRecord.Side side) {
    BackupJob job = desk().job(plan).orElse(null);
    Place place = places.place(placeId).orElse(null);
    if (job == null || place == null) {
      return new Answer.Unknown();
    }
    String repository = job.spec().repository();
    if (places.lastGood(placeId, plan, repository).isEmpty()) {
      return new Answer.Refused("no-copy");
    }
    boolean going =
        jobs.unfinished(HealWork.KIND).stream()
            .flatMap(j -> store.find(Long.parseLong(j.input())).stream())
            .anyMatch(heal -> heal.repository().equals(repository));
    if (going) {
      return new Answer.Refused("running");
    }
    long id =
        parts
            .database()
            .transaction(
                () -> {
                  long made =
                      store.add(place, plan, repository, side, who.id(), parts.clock().instant());
                  parts
                      .audit()
                      .record(
                          who,
                          "backup.heal-asked",
                          Map.of(
                              "job", job.spec().name(),
                              "repository", repository,
                              "place", place.spec().name(),
                              "side", side.id()));
                  Job ignored =
                      jobs.submit(HealWork.KIND, "heal:" + plan, who.id(), Long.toString(made));
                  return made;
                });
    jobs.wake(); // it could not see the row before the commit
    return new Answer.Done(store.find(id).orElseThrow());
  }

  /** Ends one; what is healed stays. */
  public Answer stop(Principal who, long id) {
    HealRecord heal = store.find(id).orElse(null);
    if (heal == null) {
      return new Answer.Unknown();
    }
    Job job = current(id).orElse(null);
    if (job == null || !jobs.stop(job.id())) {
      return new Answer.Refused("not-running");
    }
    parts
        .audit()
        .record(
            who,
            "backup.heal-stopped",
            Map.of("repository", heal.repository(), "place", Long.toString(heal.place())));
    if (heal.state() == HealRecord.State.QUEUED) {
      store.end(
          id,
          new HealStore.End(HealRecord.State.STOPPED, List.of(), List.of(), ""),
          parts.clock().instant());
    }
    return new Answer.Done(store.find(id).orElseThrow());
  }
}
