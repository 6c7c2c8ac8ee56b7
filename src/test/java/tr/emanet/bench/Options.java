package tr.emanet.bench;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param events lines of the big run
 * @param warm lines before it that do not count
 * @param rounds of each rate; the median is printed
 * @param only names of groups
 * @param seconds length of paced runs
 * @param openSearch whether to fetch and measure OpenSearch
 */
record Options(
    long events,
    long warm,
    int rounds,
    Set<String> only,
    int seconds,
    boolean openSearch,
    Path directory) {

  static final String USAGE =
      """
      packaging/bench [--events N] [--warm N] [--rounds R] [--seconds S] [--only NAME,...]
                      [--with-opensearch] [--dir DIR]
        names: start rsyslog syslog-ng tcp durable seal udp steady query hunt (default: all)
      """;
  private static final Set<String> ALL =
      Set.of(
          "start",
          "rsyslog",
          "syslog-ng",
          "tcp",
          "durable",
          "seal",
          "udp",
          "steady",
          "query",
          "hunt");

  static @Nullable Options of(String[] args, Path directory) {
    long events = 10_000_000;
    long warm = 1_000_000;
    int rounds = 3;
    int seconds = 60;
    boolean openSearch = false;
    Set<String> only = ALL;
    Path root = directory;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--with-opensearch")) {
        openSearch = true;
        continue;
      }
      if (i + 1 == args.length) {
        return null;
      }
      String value = args[++i];
      switch (args[i - 1]) {
        case "--events" -> events = Long.parseLong(value.replace("_", ""));
        case "--warm" -> warm = Long.parseLong(value.replace("_", ""));
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--seconds" -> seconds = Integer.parseInt(value);
        case "--only" -> only = Set.of(value.split(","));
        case "--dir" -> root = Path.of(value);
        default -> {
          return null;
        }
      }
    }
    return ALL.containsAll(only) && rounds > 0 && events > 0
        ? new Options(events, warm, rounds, only, seconds, openSearch, root)
        : null;
  }

  boolean wants(String name) {
    return only.contains(name);
  }
}
