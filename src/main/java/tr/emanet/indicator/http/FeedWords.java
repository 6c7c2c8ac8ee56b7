package tr.emanet.indicator.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.FeedState;
import tr.emanet.indicator.Revision;
import tr.emanet.web.Health;
import tr.emanet.web.Texts;

/** Feeds in the words of one language. Pure. */
public final class FeedWords {

  /** A list that nobody could renew for this long is named old. */
  private static final Duration OLD = Duration.ofHours(26);

  /** What is said of a feed in one sentence, and how bad that is. */
  public record Said(Health health, String sentence, String detail) {}

  private FeedWords() {}

  /** USOM/SGB for the feed that everybody calls so; other feeds have the name from their file. */
  public static String name(String feed, Texts texts) {
    String key = "indicators.feed." + feed;
    return texts.has(key) ? texts.get(key) : feed;
  }

  /**
   * How a feed stands.
   *
   * @param off whether it is not configured
   * @param planned whether it is fetched by itself; else files are imported
   * @param current the revision in force; empty before the first
   */
  public static Said said(
      FeedState state,
      boolean off,
      boolean planned,
      Optional<Revision> current,
      Texts texts,
      Instant now) {
    Instant last = state.deltaAt();
    FeedFailure failure = state.failure();
    if (failure != null) {
      return failed(state, failure, current.isPresent(), texts, now);
    }
    if (last == null) {
      return off
          ? new Said(Health.UNKNOWN, texts.get("indicator.feed.off"), "")
          : new Said(Health.UNKNOWN, texts.get("feeds.says.never"), "");
    }
    String at = moment(last, texts, now);
    if (current.map(r -> r.kind() == Revision.Kind.ROLLBACK).orElse(false)) {
      return new Said(
          Health.ATTENTION,
          texts.get("feeds.says.rolled", current.map(Revision::target).orElse(0L)),
          texts.get("indicator.failure.held"));
    }
    if (off || !planned) {
      return new Said(Health.OK, texts.get("feeds.says.imported", at), "");
    }
    if (Duration.between(last, now).compareTo(OLD) > 0) {
      return new Said(
          Health.ATTENTION,
          texts.get("feeds.says.old", texts.formats().span(Duration.between(last, now))),
          "");
    }
    String note = current.map(Revision::reason).orElse("");
    boolean whole =
        note.isEmpty() || current.map(r -> r.state() != Revision.State.APPLIED).orElse(true);
    return whole
        ? new Said(Health.OK, texts.get("feeds.says.ok", at), "")
        : new Said(Health.ATTENTION, texts.get("feeds.says.partial", at), note);
  }

  private static Said failed(
      FeedState state, FeedFailure failure, boolean has, Texts texts, Instant now) {
    boolean waits =
        failure == FeedFailure.POISONED
            || failure == FeedFailure.CHANGE_TOO_LARGE
            || failure == FeedFailure.HELD;
    Instant since = state.failingSince();
    String detail =
        since == null
            ? ""
            : texts.count("feeds.says.failing", state.failures(), moment(since, texts, now));
    String sentence = texts.get(failure.key());
    return new Said(
        waits || has ? Health.ATTENTION : Health.BROKEN,
        waits ? sentence : texts.get("feeds.says.failed", sentence),
        detail);
  }

  /** The time of today, or day and time. */
  static String moment(@Nullable Instant at, Texts texts, Instant now) {
    if (at == null) {
      return "–";
    }
    boolean today = texts.formats().date(at).equals(texts.formats().date(now));
    return today ? texts.formats().minute(at) : texts.formats().shortMoment(at);
  }
}
