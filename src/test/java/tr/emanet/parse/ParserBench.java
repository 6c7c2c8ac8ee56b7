package tr.emanet.parse;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * Prints nanoseconds and allocated bytes a record for each kind of line within seconds, best of
 * many short rounds, so that a busy machine disturbs little; run its main. {@link
 * EventParserBenchmark} is the thorough form.
 */
public final class ParserBench {

  private static final int ROUNDS = 150;
  private static final int RECORDS = 10_000;

  private ParserBench() {}

  public static void main(String[] args) {
    List<String> all =
        List.of(
            "header3164",
            "header5424",
            "sshd",
            "nginx",
            "fortigate",
            "windows",
            "dhcpd[",
            "dnsmasq-dhcp[",
            "kea-dhcp4[",
            "DhcpSrvLog:",
            "conntrack:",
            "trandisp=\"snat\"",
            "logportalauth[",
            "hotspot,info",
            "corpus");
    List<String> kinds = args.length == 0 ? all : List.of(args);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (String kind : kinds) {
      EventParserBenchmark benchmark = new EventParserBenchmark();
      benchmark.kind = kind;
      benchmark.prepare();
      long best = Long.MAX_VALUE;
      long allocated = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        long memory = thread.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        for (int i = 0; i < RECORDS; i++) {
          benchmark.parse();
        }
        best = Math.min(best, System.nanoTime() - start);
        allocated = Math.min(allocated, thread.getCurrentThreadAllocatedBytes() - memory);
      }
      System.out.printf(
          Locale.ROOT,
          "%-15s %6.1f ns %6.2f bytes allocated%n",
          kind,
          best / (double) RECORDS,
          allocated / (double) RECORDS);
    }
  }
}
