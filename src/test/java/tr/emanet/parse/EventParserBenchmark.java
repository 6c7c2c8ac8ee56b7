package tr.emanet.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tr.emanet.demo.CorpusGenerator;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.SourceAddress;

/**
 * Nanoseconds a record by kind of line; {@code corpus} is the mix of the benchmark corpus. Kinds
 * that are part of a line are lines of Law 5651: leases, translations, hotspots.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventParserBenchmark {

  private static final int LINES = 4096;

  @Param({
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
    "corpus"
  })
  public String kind = "";

  private final EventParser parser = new EventParser(new ConfiguredSources(SourceConfig.DEFAULT));
  private final Event event = new Event();
  private final SourceAddress source = Lines.source("syslog_udp");
  private byte[] lines = new byte[0];
  private final int[] ends = new int[LINES];
  private int next;

  @Setup
  public void prepare() {
    lines = new byte[LINES * CorpusGenerator.MAX_LINE];
    CorpusGenerator corpus = new CorpusGenerator(1, Lines.NOON.toEpochMilli() - 60_000, 1000, 0);
    byte[] same =
        switch (kind) {
          case "header3164" ->
              bytes("<13>Oct 12 11:59:58 uyg01 app[48213]: " + "words ".repeat(16));
          case "header5424" ->
              bytes("<13>1 2026-10-12T11:59:58.123+03:00 u a 12 - - " + "words ".repeat(16));
          case "sshd" -> bytes(Samples.SSHD);
          case "nginx" -> bytes(Samples.NGINX);
          case "fortigate" -> bytes(Samples.FORTIGATE);
          case "windows" -> bytes(Samples.WINDOWS);
          case "corpus" -> new byte[0];
          default -> traffic();
        };
    int at = 0;
    for (int i = 0; i < LINES; i++) {
      if (same.length == 0) {
        at = corpus.next(lines, at);
      } else {
        System.arraycopy(same, 0, lines, at, same.length);
        at += same.length;
      }
      ends[i] = at;
    }
  }

  /** The longest line of {@code traffic.in} with these words: what such a sender writes. */
  private byte[] traffic() {
    try (InputStream in = EventParserBenchmark.class.getResourceAsStream("traffic.in")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return all.lines()
          .filter(line -> line.contains(kind))
          .max(Comparator.comparingInt(String::length))
          .map(EventParserBenchmark::bytes)
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** One record. */
  @Benchmark
  public Event parse() {
    int i = next;
    next = i + 1 & LINES - 1;
    event.reset(
        lines,
        i == 0 ? 0 : ends[i - 1],
        ends[i],
        Lines.NOON.toEpochMilli() * 1000,
        source,
        Attributes.NONE,
        0);
    parser.parse(event);
    return event;
  }
}
