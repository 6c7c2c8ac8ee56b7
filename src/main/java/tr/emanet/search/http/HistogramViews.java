package tr.emanet.search.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tr.emanet.search.Results;
import tr.emanet.search.TimeRange;
import tr.emanet.search.http.SearchViews.BarView;
import tr.emanet.search.http.SearchViews.HistogramView;
import tr.emanet.search.http.SearchViews.TickView;
import tr.emanet.web.Formats;
import tr.emanet.web.Texts;

/** Lays out the chart: percentages across, pixels down, so that it needs no style and no script. */
final class HistogramViews {

  private static final double PLOT = 88;
  private static final int MAX_TICKS = 9;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] STEPS = {
    1000,
    5000,
    15_000,
    30_000,
    MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
    90 * DAY
  };

  private final Texts texts;
  private final Formats formats;

  HistogramViews(Texts texts) {
    this.texts = texts;
    this.formats = texts.formats();
  }

  HistogramView view(Results.Histogram h, TimeRange range) {
    long max = 0;
    long failures = 0;
    for (int i = 0; i < h.counts().length; i++) {
      max = Math.max(max, h.counts()[i]);
      failures += h.failures()[i];
    }
    long top = roundUp(max);
    return new HistogramView(
        h.total(),
        failures,
        formats.span(Duration.ofMillis(h.bucketMillis())),
        h.startMillis(),
        h.bucketMillis(),
        bars(h, range, top),
        ticks(h),
        formats.compact(top),
        top % 2 == 0 ? formats.compact(top / 2) : "",
        summary(h, failures, max),
        Partial.of(texts, h.coverage()));
  }

  private List<BarView> bars(Results.Histogram h, TimeRange range, long top) {
    int n = h.counts().length;
    double step = 100.0 / Math.max(1, n);
    double gap = n > 200 ? 0 : step * 0.12;
    List<BarView> out = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      long start = h.startMillis() + i * h.bucketMillis();
      long end = start + h.bucketMillis();
      long failed = h.failures()[i];
      double others = height(h.counts()[i] - failed, top);
      double bad = height(failed, top);
      double lift = others > 0 && bad > 0 ? 1 : 0;
      out.add(
          new BarView(
              number(i * step + gap / 2) + "%",
              number(step - gap) + "%",
              number(PLOT - others),
              number(others),
              number(Math.max(0, PLOT - others - bad - lift)),
              number(bad),
              start < range.fromMillis() || end > range.toMillis(),
              start,
              end,
              h.counts()[i],
              label(start, end, h.counts()[i], failed)));
    }
    return out;
  }

  private static double height(long count, long top) {
    return count == 0 ? 0 : Math.max(1, PLOT * count / Math.max(1, top));
  }

  private String label(long start, long end, long count, long failed) {
    Instant from = Instant.ofEpochMilli(start);
    String span = formats.shortMoment(from) + " – " + formats.minute(Instant.ofEpochMilli(end));
    String counted = texts.count("search.events", count);
    return failed == 0
        ? span + " · " + counted
        : span + " · " + counted + ", " + texts.count("search.failures", failed);
  }

  private String summary(Results.Histogram h, long failures, long max) {
    return texts.get("search.histogram.summary", h.total(), failures, max);
  }

  private List<TickView> ticks(Results.Histogram h) {
    int n = h.counts().length;
    long span = n * h.bucketMillis();
    if (span <= 0) {
      return List.of();
    }
    long step = STEPS[STEPS.length - 1];
    for (long candidate : STEPS) {
      if (candidate >= h.bucketMillis() && span / candidate <= MAX_TICKS) {
        step = candidate;
        break;
      }
    }
    List<TickView> out = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      long at = h.startMillis() + i * h.bucketMillis();
      ZonedDateTime local = Instant.ofEpochMilli(at).atZone(formats.zone());
      long wall = at + local.getOffset().getTotalSeconds() * 1000L;
      if (Math.floorMod(wall, step) < h.bucketMillis()
          && Math.floorMod(wall, h.bucketMillis()) == 0) {
        double x = 100.0 * i / n;
        if (x < 97) {
          out.add(new TickView(number(x) + "%", tick(local, step), x < 2 ? "start" : "middle"));
        }
      }
    }
    return out;
  }

  private String tick(ZonedDateTime local, long step) {
    Instant at = local.toInstant();
    if (step >= DAY) {
      return formats.dayMonth(at);
    }
    if (local.getHour() == 0 && local.getMinute() == 0) {
      return formats.dayMonth(at) + " 00:00";
    }
    return step < MINUTE ? formats.time(at) : formats.minute(at);
  }

  /** The next of 1, 2, 3, 4, 6, 8 times a power of ten. */
  static long roundUp(long max) {
    if (max <= 2) {
      return 2;
    }
    long power = 1;
    while (power * 10 <= max) {
      power *= 10;
    }
    for (long factor : new long[] {1, 2, 3, 4, 6, 8}) {
      if (power * factor >= max) {
        return power * factor;
      }
    }
    return power * 10;
  }

  private static String number(double n) {
    return String.format(Locale.ROOT, "%.3f", n);
  }
}
