package tr.emanet.indicator.feed;

import java.time.Duration;

/** Limits of what is fetched; bytes count packed and unpacked. */
public record Bounds(long answerBytes, Duration answer, long crawlBytes, Duration crawl) {

  /** 64 MiB and 60 s an answer, 512 MiB and 30 min a crawl. */
  public static final Bounds DEFAULT =
      new Bounds(64L << 20, Duration.ofSeconds(60), 512L << 20, Duration.ofMinutes(30));
}
