package tr.emanet.parse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.SourceAddress;

/** Prints nanoseconds and allocated bytes a message for each kind of line; run its main. */
public final class ParserBench {

  private ParserBench() {}

  public static void main(String[] args) {
    Map<String, String> kinds = new TreeMap<>();
    kinds.put("fortigate", Samples.FORTIGATE);
    kinds.put("sshd", Samples.SSHD);
    kinds.put("nginx", Samples.NGINX);
    kinds.put("windows", Samples.WINDOWS);
    kinds.put("header3164", "<13>Oct 12 11:59:58 ebys-uyg01 hizmet[48213]: " + "çok güzel ".repeat(8));
    kinds.put("header3164ascii", "<13>Oct 12 11:59:58 ebys-uyg01 hizmet[48213]: " + "some words ".repeat(8));
    kinds.put("header5424", "<13>1 2026-10-12T11:59:58.123+03:00 uyg01 hizmet 12 - - " + "words ".repeat(12));
    for (int round = 0; round < 3; round++) {
      for (Map.Entry<String, String> kind : kinds.entrySet()) {
        measure(kind.getKey(), List.of(kind.getValue()));
      }
      measure("all", Samples.LINES);
    }
  }

  private static void measure(String name, List<String> lines) {
    EventParser parser = new EventParser(new ConfiguredSources(SourceConfig.DEFAULT));
    Event event = new Event();
    SourceAddress source = Lines.source("syslog_udp");
    List<byte[]> bytes = lines.stream().map(l -> l.getBytes(StandardCharsets.UTF_8)).toList();
    byte[][] array = bytes.toArray(byte[][]::new);
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long received = Lines.NOON.toEpochMilli() * 1000;
    long best = Long.MAX_VALUE;
    long allocated = 0;
    int count = 400_000;
    for (int round = 0; round < 5; round++) {
      long memory = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        byte[] line = array[i % array.length];
        event.reset(line, 0, line.length, received, source, Attributes.NONE, 0);
        parser.parse(event);
      }
      best = Math.min(best, System.nanoTime() - start);
      allocated = threads.getCurrentThreadAllocatedBytes() - memory;
    }
    System.out.printf(
        java.util.Locale.ROOT,
        "%-18s %6d ns  %5.2f B allocated%n",
        name,
        best / count,
        allocated / (double) count);
  }
}
