package tr.emanet.search.lucene;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.event.SourceAddress;
import tr.emanet.index.EventIndex;
import tr.emanet.index.IndexAppender;
import tr.emanet.index.IndexConfig;
import tr.emanet.search.Masking;
import tr.emanet.search.Query;
import tr.emanet.search.QueryParser;
import tr.emanet.search.QueryResult;
import tr.emanet.search.RecordLoader;
import tr.emanet.search.SearchLimits;
import tr.emanet.search.SearchRequest;
import tr.emanet.search.TimeRange;

/**
 * Measures searches on synthetic events, made again from their number when they are read. Run its
 * {@code main} with a directory and a number of events.
 */
final class SearchBenchmark implements RecordLoader {

  private static final long START = 1_795_000_000_000L;
  private static final long STEP_MICROS = 17_000;
  private static final int ROUNDS = 60;
  private static final Principal ANALYST = new Principal("bench", "bench", Set.of(Role.ANALYST));

  private final Random random = new Random();
  private final Event event = new Event();

  private SearchBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    int events = Integer.parseInt(arguments[1]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    SearchBenchmark corpus = new SearchBenchmark();
    IndexConfig config =
        new IndexConfig(directory, ZoneId.of("Europe/Istanbul"), 128L << 20, 400, 0, 1);
    try (EventIndex index = EventIndex.open(config)) {
      long began = System.nanoTime();
      if (index.replayFrom("guvenlik") < events) {
        corpus.fill(index, events);
      }
      out.printf(Locale.ROOT, "indexed %d in %.1f s%n", events, (System.nanoTime() - began) / 1e9);
      LuceneSearch search =
          new LuceneSearch(
              index,
              corpus,
              new Masking(Masking.OWN_NETWORKS, new byte[16]),
              SearchLimits.DEFAULT,
              ZoneId.of("Europe/Istanbul"),
              System::nanoTime);
      corpus.measure(search, out);
    }
  }

  private void fill(EventIndex index, int events) throws IOException {
    IndexAppender appender = index.appender();
    for (int i = 1; i <= events; i++) {
      make(i);
      boolean added = appender.add(event, "guvenlik", i);
      if (added && i % 50_000 == 0) {
        index.refresh(i);
      }
    }
    index.refresh(events);
    index.commit(Map.of("guvenlik", (long) events), START * 1000);
  }

  private interface Call {
    Object run(SearchRequest request) throws Exception;
  }

  private void measure(LuceneSearch search, PrintStream out) throws Exception {
    ZoneId zone = ZoneId.of("Europe/Istanbul");
    for (String query :
        List.of(
            "*",
            "failed",
            "failed sshd",
            "user.name:user7",
            "\"Failed password\"",
            "host.name:host-3",
            "event.outcome:failure",
            "destination.port:443",
            "user77*",
            "source.ip:10.3.0.0/22",
            "x4711")) {
      time(out, "newest 50 " + query, query, r -> search.page(r, 50, null));
    }
    for (String query :
        List.of(
            "failed",
            "failed sshd",
            "user.name:user7",
            "source.ip:10.3.0.0/22",
            "*spam*",
            "destination.port:443",
            "host.name:host-3")) {
      time(out, "count " + query, query, search::count);
    }
    for (String query : List.of("*", "failed", "user.name:user7")) {
      time(out, "histogram 60 " + query, query, r -> search.histogram(r, 60, zone));
      time(out, "histogram 1000 " + query, query, r -> search.histogram(r, 1000, zone));
    }
    for (String field :
        List.of("host.name", "user.name", "source.ip", "event.action", "destination.port")) {
      time(out, "top 10 " + field, "*", r -> search.top(r, field, 10));
      time(out, "top 10 failed " + field, "failed", r -> search.top(r, field, 10));
    }
    time(out, "fields", "*", search::fields);
    time(out, "fields failed", "failed", search::fields);
    time(out, "since", "*", r -> search.since(r, search.searchableUpTo() - 100, 100));
  }

  private static void time(PrintStream out, String name, String text, Call call) throws Exception {
    Query query =
        switch (new QueryParser(ZoneId.of("UTC")).parse(text)) {
          case QueryResult.Parsed parsed -> parsed.query();
          case QueryResult.Refused refused -> throw new IllegalArgumentException(text);
        };
    SearchRequest request = new SearchRequest(query, TimeRange.ALL, ANALYST);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[] millis = new double[ROUNDS];
    double[] cpu = new double[ROUNDS];
    double first = 0;
    for (int i = -5; i < ROUNDS; i++) {
      long busy = threads.getCurrentThreadCpuTime();
      long began = System.nanoTime();
      Object answer = call.run(request);
      double took = (System.nanoTime() - began) / 1e6;
      if (answer == null) {
        throw new IllegalStateException(name);
      }
      if (i == -5) {
        first = took;
      }
      if (i >= 0) {
        millis[i] = took;
        cpu[i] = (threads.getCurrentThreadCpuTime() - busy) / 1e6;
      }
    }
    Arrays.sort(millis);
    Arrays.sort(cpu);
    out.printf(
        Locale.ROOT,
        "%-34s wall p50 %7.2f p95 %7.2f  cpu p50 %7.2f p95 %7.2f  first %6.0f ms%n",
        name,
        millis[ROUNDS / 2],
        millis[ROUNDS * 95 / 100],
        cpu[ROUNDS / 2],
        cpu[ROUNDS * 95 / 100],
        first);
  }

  /** Fills {@link #event} with the event of a number. */
  private void make(long number) {
    random.setSeed(number * 0x9E3779B97F4A7C15L);
    long micros = START * 1000 + number * STEP_MICROS;
    String host = "host-" + skewed(50);
    String user = "user" + skewed(2000);
    String ip = "10." + random.nextInt(16) + "." + random.nextInt(256) + "." + random.nextInt(256);
    long port = List.of(443L, 80L, 53L, 22L, 8443L, 3389L).get(skewed(6));
    boolean failed = random.nextInt(20) == 0;
    String text =
        failed
            ? "Failed password for " + user + " from " + ip + " port " + port + " ssh2"
            : "session "
                + (random.nextInt(200) == 0 ? "antispam " : "")
                + "user="
                + user
                + " src="
                + ip
                + " dport="
                + port
                + " id="
                + Long.toHexString(random.nextLong())
                + " x"
                + random.nextInt(100_000)
                + " bytes="
                + random.nextInt(90_000);
    String line = "<38>1 " + host + " sshd[" + random.nextInt(30_000) + "]: " + text;
    byte[] raw = line.getBytes(StandardCharsets.UTF_8);
    event.reset(
        raw,
        0,
        raw.length,
        micros,
        new SourceAddress("syslog_udp", new byte[16], 1),
        Attributes.NONE,
        0);
    event.setParsed(true);
    set(Field.HOST_NAME, line, host, raw);
    set(Field.USER_NAME, line, user, raw);
    byte[] address = ip.getBytes(StandardCharsets.US_ASCII);
    event.setIp(Field.SOURCE_IP, address, 0, address.length);
    event.set(Field.DESTINATION_PORT, port);
    event.set(Field.SYSLOG_SEVERITY, failed ? 4 : 6);
    event.set(
        Field.EVENT_OUTCOME, (failed ? "failure" : "success").getBytes(StandardCharsets.US_ASCII));
    event.set(
        Field.EVENT_ACTION, (failed ? "logon" : "session").getBytes(StandardCharsets.US_ASCII));
    event.set(Field.EMANET_STREAM, "guvenlik".getBytes(StandardCharsets.US_ASCII));
  }

  private void set(Field field, String line, String value, byte[] raw) {
    int at = line.indexOf(value);
    event.set(field, raw, at, at + value.length());
  }

  private int skewed(int bound) {
    double x = random.nextDouble();
    return (int) (x * x * bound);
  }

  @Override
  public synchronized EventRecord load(Position position) {
    make(position.sequence());
    return EventRecord.of(position, event);
  }

  @Override
  public synchronized byte[] raw(Position position) {
    make(position.sequence());
    return event.raw();
  }
}
