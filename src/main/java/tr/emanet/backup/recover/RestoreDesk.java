package tr.emanet.backup.recover;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.plan.KeptSnapshot;
import tr.emanet.backup.plan.LockWait;
import tr.emanet.backup.restore.SnapshotPath;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Job;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;

/**
 * Requests to restore and the rules about them: see the package. Every act is audited in the same
 * transaction. Any thread.
 */
public final class RestoreDesk {

  /** An answer comes within this time, or never; a pause is not longer either. */
  public static final Duration ANSWER = Duration.ofHours(24);

  private static final int MAX_REASON = 500;
  private static final int MAX_SELECTED = 1000;
  private static final int LISTED = 200;

  private final RestoreStore store;
  private final Jobs jobs;
  private final AuditLog audit;
  private final RestoreRoots roots;
  private final InstantSource clock;

  /**
   * What it is made of.
   *
   * @param folder for journals and reports, only ours
   */
  public record Parts(
      Path folder,
      Database database,
      AuditLog audit,
      RestoreWork.Opener repositories,
      RestoreRoots roots,
      RestoreRecord records,
      InstantSource clock) {}

  /**
   * Where to, and how.
   *
   * @param original to where it came from; {@code target} is not looked at then
   */
  public record Aim(
      boolean original, String target, RestoreOrder.Overwrite overwrite, boolean special) {}

  /** Makes it; its works are registered here and started by whoever made the runner. */
  public RestoreDesk(Parts parts, Jobs jobs) {
    this.store = new RestoreStore(parts.database());
    this.jobs = jobs;
    this.audit = parts.audit();
    this.roots = parts.roots();
    this.clock = parts.clock();
    RestoreLook look = new RestoreLook(roots, clock);
    jobs.register(
        RestoreWork.KIND,
        new RestoreWork(
            new RestoreWork.Parts(
                parts.folder(), audit, parts.repositories(), look, parts.records(), clock),
            store));
    jobs.register(PreviewWork.KIND, new PreviewWork(store, parts.repositories(), look, clock));
  }

  /** Requests, the newest first. */
  public List<RestoreOrder> newest() {
    return store.newest(LISTED);
  }

  public Optional<RestoreOrder> find(long id) {
    return store.find(id);
  }

  /** What the preview lists. */
  public RestoreStore.Lists lists(long id) {
    return store.lists(id);
  }

  /** Points of the curve, the oldest first. */
  public List<RestoreStore.Sample> samples(long id) {
    return store.samples(id);
  }

  /** Where may be restored to. */
  public RestoreRoots roots() {
    return roots;
  }

  /** For whose lock of the repository it waits; empty when it does not. */
  public Optional<LockWait> waiting(RestoreOrder order) {
    return order.state().underWay()
        ? jobs.find(order.course().job()).flatMap(job -> LockWait.of(job.progress()))
        : Optional.empty();
  }

  /** Restores that write, will as soon as they can, or rest. */
  public List<RestoreOrder> underWay() {
    return store.unfinished().stream().filter(o -> o.state().underWay()).toList();
  }

  /**
   * Makes a draft: what of which snapshot.
   *
   * @param knows the person said to know that another tool made the snapshot
   */
  public RestoreAnswer draft(
      Principal who, KeptSnapshot kept, List<SnapshotPath> selection, boolean knows) {
    if (!acts(who)) {
      return new RestoreAnswer.Refused("role");
    }
    if (selection.isEmpty() || selection.size() > MAX_SELECTED) {
      return new RestoreAnswer.Refused("selection");
    }
    if (kept.foreign() && !knows) {
      return new RestoreAnswer.Refused("foreign");
    }
    RestoreOrder.Plan plan =
        new RestoreOrder.Plan(
            kept.number(),
            kept.job(),
            kept.run().snapshot(),
            kept.run().repository(),
            selection.stream().map(SnapshotPath::toString).toList(),
            false,
            "",
            RestoreOrder.Overwrite.NEVER,
            false);
    return store
        .database()
        .transaction(
            () -> {
              long id = store.add(plan, who.id(), clock.instant());
              RestoreOrder made = store.find(id).orElseThrow();
              record(who, made, "backup.restore-drafted");
              return new RestoreAnswer.Done(made);
            });
  }

  /** Chooses the target and begins the preview; what was asked or approved before is gone. */
  public RestoreAnswer aim(Principal who, long id, Aim aim) {
    return act(
        who,
        id,
        order -> {
          if (!acts(who)) {
            return "role";
          }
          if (!order.state().open()) {
            return "state";
          }
          String target = aim.original() ? "" : aim.target().strip();
          String wrong =
              aim.original() ? roots.wrongSelection(order.plan().selection()) : roots.wrong(target);
          if (!wrong.isEmpty()) {
            return wrong;
          }
          Job job = jobs.submit(PreviewWork.KIND, subject(id), who.id(), Long.toString(id));
          store.aim(
              id,
              order.plan().aimed(aim.original(), target, aim.overwrite(), aim.special()),
              job.id(),
              clock.instant());
          return "";
        },
        "backup.restore-previewed");
  }

  /**
   * Asks for it to be done. What one person may do begins; the rest waits for an administrator.
   *
   * @param digest of the preview that the person saw
   */
  public RestoreAnswer ask(Principal who, long id, String why, String digest) {
    return act(
        who,
        id,
        order -> {
          RestoreOrder.Forecast seen = order.forecast();
          String reason = why.strip();
          if (!acts(who)) {
            return "role";
          }
          if (order.state() != RestoreState.PREVIEWED || seen == null) {
            return "state";
          }
          if (!seen.digest().equals(digest)) {
            return "changed";
          }
          if (seen.tooLarge()) {
            return "space";
          }
          if (reason.length() > MAX_REASON || reason.isEmpty() && !order.needs().isEmpty()) {
            return "reason";
          }
          store.asked(id, who.id(), reason, clock.instant());
          if (order.needs().isEmpty()) {
            queue(id, who.id());
          }
          return "";
        },
        "backup.restore-asked");
  }

  private void queue(long id, String owner) {
    Job job = jobs.submit(RestoreWork.KIND, subject(id), owner, Long.toString(id));
    store.queued(id, job.id(), clock.instant());
  }

  private static String subject(long id) {
    return "restore:" + id;
  }

  /**
   * Approves one thing of it; with the last approval it begins.
   *
   * @param digest of the preview that the person saw
   */
  public RestoreAnswer approve(Principal who, long id, RestoreOrder.Kind kind, String digest) {
    RestoreAnswer answer =
        act(
            who,
            id,
            order -> {
              String wrong = wrongApproval(who, order);
              RestoreOrder.Forecast seen = order.forecast();
              if (!wrong.isEmpty() || seen == null) {
                return wrong.isEmpty() ? "state" : wrong;
              }
              if (!seen.digest().equals(digest)) {
                return "changed";
              }
              if (!order.waits().contains(kind)) {
                return "state";
              }
              store.approved(
                  id, new RestoreOrder.Approval(kind, who.id(), clock.instant(), digest));
              if (store.find(id).orElseThrow().waits().isEmpty()) {
                queue(id, who.id());
              }
              return "";
            },
            "backup.restore-approved-" + kind.id());
    return answer;
  }

  private String wrongApproval(Principal who, RestoreOrder order) {
    RestoreOrder.Asked asked = order.asked();
    if (!who.has(Role.ADMINISTRATOR)) {
      return "role";
    }
    if (order.state() != RestoreState.ASKED || asked == null) {
      return order.state() == RestoreState.EXPIRED ? "expired" : "state";
    }
    if (asked.by().equals(who.id())) {
      return "same-person";
    }
    return late(asked.at()) ? "expired" : "";
  }

  private boolean late(Instant since) {
    return RestoreExpiry.late(since, clock.instant());
  }

  /** Says no. */
  public RestoreAnswer refuse(Principal who, long id, String why) {
    return act(
        who,
        id,
        order -> {
          String reason = why.strip();
          if (!who.has(Role.ADMINISTRATOR)) {
            return "role";
          }
          if (order.state() != RestoreState.ASKED) {
            return "state";
          }
          if (reason.isEmpty() || reason.length() > MAX_REASON) {
            return "reason";
          }
          store.ended(id, RestoreState.REFUSED, null, reason, clock.instant());
          return "";
        },
        "backup.restore-refused");
  }

  /** Lets it rest; what is written stays. */
  public RestoreAnswer pause(Principal who, long id) {
    return act(
        who,
        id,
        order -> {
          if (!acts(who)) {
            return "role";
          }
          if (order.state() != RestoreState.RUNNING) {
            return "state";
          }
          store.paused(id, "", clock.instant());
          boolean ignored = jobs.stop(order.course().job());
          return "";
        },
        "backup.restore-paused");
  }

  /** Goes on where it was. */
  public RestoreAnswer resume(Principal who, long id) {
    return act(
        who,
        id,
        order -> {
          Instant since = order.course().pausedAt();
          if (!acts(who)) {
            return "role";
          }
          if (order.state() != RestoreState.PAUSED || since == null) {
            return "state";
          }
          if (late(since)) {
            return "expired";
          }
          queue(id, who.id());
          return "";
        },
        "backup.restore-resumed");
  }

  /** Ends it for good; nothing that is written is taken away. */
  public RestoreAnswer stop(Principal who, long id) {
    return act(
        who,
        id,
        order -> {
          if (!acts(who)) {
            return "role";
          }
          if (order.state().ended()) {
            return "state";
          }
          store.ended(id, RestoreState.STOPPED, null, "", clock.instant());
          boolean ignored = jobs.stop(order.course().job());
          return "";
        },
        "backup.restore-stopped");
  }

  /** Ends what nobody answered in time. Called every few seconds. */
  public void tick() {
    RestoreExpiry.tick(store, audit, clock.instant());
  }

  private static boolean acts(Principal who) {
    return who.has(Role.BACKUP_OPERATOR) || who.has(Role.ADMINISTRATOR);
  }

  /** Does something; the function gives why not, or nothing. */
  private RestoreAnswer act(
      Principal who, long id, Function<RestoreOrder, String> act, String action) {
    RestoreAnswer answer =
        store
            .database()
            .transaction(
                () -> {
                  RestoreOrder order = store.find(id).orElse(null);
                  if (order == null) {
                    return new RestoreAnswer.Unknown();
                  }
                  String wrong = act.apply(order);
                  if (!wrong.isEmpty()) {
                    return new RestoreAnswer.Refused(wrong);
                  }
                  RestoreOrder now = store.find(id).orElseThrow();
                  record(who, now, action);
                  return new RestoreAnswer.Done(now);
                });
    jobs.wake(); // what was queued could not be seen before the commit
    return answer;
  }

  private void record(Principal who, RestoreOrder order, String action) {
    audit.record(who, action, RestoreDetails.of(order, Map.of()));
  }
}
