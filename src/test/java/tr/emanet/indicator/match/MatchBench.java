package tr.emanet.indicator.match;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import tr.emanet.demo.CorpusGenerator;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.SourceAddress;
import tr.emanet.indicator.value.IndicatorKind;
import tr.emanet.parse.ConfiguredSources;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceConfig;

/**
 * Prints what matching costs on the benchmark corpus with sets of growing size: nanoseconds and
 * bytes an event, heap and time of the set. Run its main; the arguments are sizes.
 */
public final class MatchBench {

  private static final int EVENTS = 1024;
  private static final int ROUNDS = 300;

  private MatchBench() {}

  public static void main(String[] args) {
    int[] sizes = {1, 10_000, 100_000, 500_000, 2_000_000};
    if (args.length > 0) {
      sizes = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    }
    Event[] events = events();
    double first = 0;
    for (int size : sizes) {
      long before = used();
      long start = System.nanoTime();
      IndicatorSet set = set(size);
      long built = System.nanoTime() - start;
      long heap = used() - before;
      EventMatcher matcher = new EventMatcher(() -> set);
      ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long best = Long.MAX_VALUE;
      long[] hits = new long[1];
      long memory = 0;
      HitSink sink = (id, field, bytes, from, to, weak) -> hits[0]++;
      for (int round = 0; round < ROUNDS; round++) {
        memory = thread.getCurrentThreadAllocatedBytes();
        long begin = System.nanoTime();
        for (Event event : events) {
          matcher.match(event, sink);
        }
        best = Math.min(best, System.nanoTime() - begin);
        memory = thread.getCurrentThreadAllocatedBytes() - memory;
      }
      double nanos = best / (double) EVENTS;
      first = size >= 10_000 && first == 0 ? nanos : first;
      System.out.printf(
          Locale.ROOT,
          "%,10d indicators: %6.0f ns an event (x%.2f), %5.2f bytes allocated, heap %6.1f MB, built"
              + " in %5d ms, %d hits%n",
          size,
          nanos,
          first == 0 ? 1 : nanos / first,
          memory / (double) EVENTS,
          heap / 1e6,
          built / 1_000_000,
          hits[0] / ROUNDS);
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** The mix of the feed: 93 % domains, 3 % addresses, 1.5 % URLs, the rest networks and hashes. */
  private static IndicatorSet set(int size) {
    Random dice = new Random(7);
    IndicatorSet.Builder builder = new IndicatorSet.Builder(dice.nextLong());
    IntFunction<String> name =
        i ->
            "giris-"
                + Integer.toHexString(i * 0x9E3779B1)
                + (i % 4 == 0 ? ".duckdns" : "")
                + ".example";
    for (int i = 0; i < size; i++) {
      int kind = i % 200;
      IndicatorKind type;
      String text;
      if (kind < 186) {
        type = IndicatorKind.DOMAIN;
        text = name.apply(i);
      } else if (kind < 192) {
        type = IndicatorKind.ADDRESS;
        text = "100." + (64 + (i >> 16 & 63)) + "." + (i >> 8 & 255) + "." + (i & 255);
      } else if (kind < 195) {
        type = IndicatorKind.URL;
        text = name.apply(i) + "/wp-content/" + i;
      } else if (kind < 196) {
        type = IndicatorKind.NETWORK;
        int prefix = 20 + i / 200 % 12;
        int network = (0x64400000 + i * 4096) >>> 32 - prefix << 32 - prefix;
        text =
            (network >>> 24)
                + "."
                + (network >> 16 & 255)
                + "."
                + (network >> 8 & 255)
                + "."
                + (network & 255)
                + "/"
                + prefix;
      } else {
        type = IndicatorKind.FILE_HASH;
        text = String.format(Locale.ROOT, "%064x", i * 0x9E3779B97F4A7C15L & Long.MAX_VALUE);
      }
      builder.add(i, type, text, 0, Long.MAX_VALUE);
    }
    return builder.build();
  }

  private static Event[] events() {
    CorpusGenerator corpus = new CorpusGenerator(1, 1_780_000_000_000L, 1000, 0);
    EventParser parser = new EventParser(new ConfiguredSources(SourceConfig.DEFAULT));
    SourceAddress source = SourceAddress.of("udp", InetAddress.getLoopbackAddress(), 514);
    byte[] lines = new byte[EVENTS * CorpusGenerator.MAX_LINE];
    Event[] out = new Event[EVENTS];
    int at = 0;
    for (int i = 0; i < EVENTS; i++) {
      int end = corpus.next(lines, at);
      out[i] = new Event();
      out[i].reset(lines, at, end, 1_780_000_000_000_000L, source, Attributes.NONE, 0);
      parser.parse(out[i]);
      at = end;
    }
    return out;
  }
}
