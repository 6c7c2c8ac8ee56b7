package tr.emanet.backup.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tr.emanet.backup.recover.RestoreStore;

/** The curve of the rate of a restore, and what follows from it. Immutable. */
record RestoreCurve(List<RestoreStore.Sample> samples) {

  private static final int WIDTH = 690;
  private static final int HEIGHT = 110;
  private static final Duration LATELY = Duration.ofSeconds(20);

  /** No estimate is worth anything before. */
  private static final Duration SETTLES = Duration.ofSeconds(10);

  /** Bytes a second lately; 0 when nobody knows. */
  double rate() {
    if (samples.size() < 2) {
      return 0;
    }
    RestoreStore.Sample last = samples.getLast();
    RestoreStore.Sample from = samples.getFirst();
    for (RestoreStore.Sample one : samples) {
      if (one.at().isAfter(last.at().minus(LATELY))) {
        break;
      }
      from = one;
    }
    return between(from, last);
  }

  private static double between(RestoreStore.Sample a, RestoreStore.Sample b) {
    long millis = Duration.between(a.at(), b.at()).toMillis();
    return millis <= 0 ? 0 : Math.max(0, b.bytes() - a.bytes()) * 1000.0 / millis;
  }

  /** How long the rest takes; null while nobody can say. */
  @org.jspecify.annotations.Nullable
  Duration left(long total) {
    if (samples.size() < 2
        || Duration.between(samples.getFirst().at(), samples.getLast().at()).compareTo(SETTLES)
            < 0) {
      return null;
    }
    double rate = rate();
    long rest = total - samples.getLast().bytes();
    return rate < 1 || rest < 0 ? null : Duration.ofSeconds(Math.round(rest / rate));
  }

  /** The highest rate. */
  double top() {
    double top = 0;
    for (int i = 1; i < samples.size(); i++) {
      top = Math.max(top, between(samples.get(i - 1), samples.get(i)));
    }
    return top;
  }

  /** Points of a line in the box, up to the end of the box at {@code end}. */
  String points(Instant end) {
    double top = top();
    if (samples.size() < 2 || top <= 0) {
      return "";
    }
    Instant begin = samples.getFirst().at();
    double span = Math.max(1, Duration.between(begin, end).toMillis());
    StringBuilder out = new StringBuilder();
    for (int i = 1; i < samples.size(); i++) {
      RestoreStore.Sample one = samples.get(i);
      double x = Duration.between(begin, one.at()).toMillis() / span * WIDTH;
      double y = HEIGHT - between(samples.get(i - 1), one) / top * (HEIGHT - 10);
      if (i == 1) {
        out.append("0,").append(number(y)).append(' ');
      }
      out.append(number(Math.min(WIDTH, x))).append(',').append(number(y)).append(' ');
    }
    return out.toString().strip();
  }

  /** The same, closed at the bottom. */
  static String area(String points) {
    if (points.isEmpty()) {
      return "";
    }
    String last = points.substring(points.lastIndexOf(' ') + 1);
    String x = last.substring(0, last.indexOf(','));
    return "0," + HEIGHT + " " + points + " " + x + "," + HEIGHT;
  }

  private static String number(double n) {
    return String.format(Locale.ROOT, "%.1f", n);
  }
}
