package tr.emanet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Condition;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Severity;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.FeedState;
import tr.emanet.indicator.Revision;

/**
 * What is wrong with a feed at a moment: it fails, it is silent, a list of it waits for approval.
 * The longer the last good list lies back, the worse. Pure functions.
 */
final class FeedConditions {

  /** So many intervals without a new list, and without a failure either, are silence. */
  private static final int SILENT_AFTER = 3;

  private static final Duration SOON = Duration.ofHours(6);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private FeedConditions() {}

  /**
   * Everything that is wrong.
   *
   * @param newest its newest revisions
   * @param interval in which it should bring something; null for a feed that nobody fetches, of
   *     which only what waits is told
   * @param startedAt since when this process watches
   */
  static List<Condition> of(
      FeedState state,
      List<Revision> newest,
      @Nullable Duration interval,
      Instant startedAt,
      Instant now) {
    List<Condition> out = new ArrayList<>();
    newest.stream()
        .filter(revision -> revision.state() == Revision.State.WAITING)
        .findFirst()
        .ifPresent(revision -> out.add(waiting(state, revision, now)));
    if (interval == null) {
      return out;
    }
    FeedFailure failure = state.failure();
    if (failure != null && !holds(failure.id())) {
      out.add(failing(state, failure, now));
    } else if (failure == null && out.isEmpty()) {
      Instant good = lastGood(state);
      Instant since = good == null || good.isBefore(startedAt) ? startedAt : good;
      Duration quiet = Duration.between(since, now);
      if (quiet.compareTo(interval.multipliedBy(SILENT_AFTER)) >= 0) {
        Severity severity = byAge(good == null ? startedAt : good, now, Severity.MEDIUM);
        out.add(condition(state, "silent", "silent", severity, since, 1, ""));
      }
    }
    return out;
  }

  private static boolean holds(String failure) {
    return failure.equals(FeedFailure.POISONED.id())
        || failure.equals(FeedFailure.CHANGE_TOO_LARGE.id())
        || failure.equals(FeedFailure.HELD.id());
  }

  private static Condition waiting(FeedState state, Revision revision, Instant now) {
    String reason = revision.reason().split(":", 2)[0];
    String known = holds(reason) ? reason : FeedFailure.CHANGE_TOO_LARGE.id();
    Severity severity =
        known.equals(FeedFailure.POISONED.id())
            ? Severity.HIGH
            : now.isBefore(revision.startedAt().plus(DAY)) ? Severity.LOW : Severity.MEDIUM;
    return condition(state, "waiting", known, severity, revision.startedAt(), 1, revision.reason());
  }

  private static Condition failing(FeedState state, FeedFailure failure, Instant now) {
    Instant begun = state.failingSince() == null ? now : state.failingSince();
    Instant good = lastGood(state);
    Severity least = failure.passing() ? Severity.LOW : Severity.MEDIUM;
    return condition(
        state,
        failure.passing() ? "failed" : "broken",
        failure.id(),
        byAge(good == null ? begun : good, now, least),
        begun,
        Math.max(1, state.failures()),
        state.failureDetail());
  }

  private static Severity byAge(Instant good, Instant now, Severity least) {
    Duration age = Duration.between(good, now);
    Severity found =
        age.compareTo(SOON) < 0
            ? Severity.LOW
            : age.compareTo(DAY) < 0
                ? Severity.MEDIUM
                : age.compareTo(WEEK) < 0 ? Severity.HIGH : Severity.CRITICAL;
    return found.compareTo(least) < 0 ? least : found;
  }

  private static @Nullable Instant lastGood(FeedState state) {
    Instant full = state.fullAt();
    Instant delta = state.deltaAt();
    return full == null || delta != null && delta.isAfter(full) ? delta : full;
  }

  private static Condition condition(
      FeedState state,
      String kind,
      String reason,
      Severity severity,
      Instant since,
      long tries,
      String detail) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Facts.FEED, state.name());
    facts.put(Facts.CONDITION, kind);
    facts.put(Facts.REASON, reason);
    facts.put(Facts.SINCE, since.toString());
    Instant good = lastGood(state);
    if (good != null) {
      facts.put(Facts.LAST_GOOD, good.toString());
    }
    if (!detail.isEmpty()) {
      facts.put(Facts.DETAIL, detail);
    }
    return new Condition(state.name() + ":" + reason, severity, since, tries, facts);
  }
}
