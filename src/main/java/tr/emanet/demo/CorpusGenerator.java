package tr.emanet.demo;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Generates the benchmark corpus: the same lines from the same seed, about 254 bytes each without
 * line feed. 30 % FortiGate key=value, 20 % nginx access, 15 % BIND queries, 12 % Windows 4624 and
 * 4625 with structured data, 12 % sshd, 6 % netfilter, 5 % Postfix; a third in RFC 5424, the rest
 * in RFC 3164; stamps run from the base time on, in Turkey's time. Allocates nothing a line, well
 * above a million lines a second. One thread only.
 */
public final class CorpusGenerator {

  /** No line is longer. */
  public static final int MAX_LINE = 1024;

  private static final DateTimeFormatter BSD =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.US);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.US);
  private static final DateTimeFormatter ACCESS =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.US);
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(3);
  private static final byte[] OFFSET = LineBuffer.bytes("+03:00 ");
  private static final byte[] ID = LineBuffer.bytes(" id=");

  private final Dice dice;
  private final LineBuffer line = new LineBuffer();
  private final CorpusLines lines;
  private final long baseMillis;
  private final int eventsPerSecond;
  private final int idEvery;
  private long count;
  private long second = Long.MIN_VALUE;
  private final Stamps stamps = new Stamps();

  /** The current second in the forms that lines use. */
  static final class Stamps {
    byte[] bsd = new byte[0];
    byte[] iso = new byte[0];
    byte[] access = new byte[0];
    byte[] date = new byte[0];
    byte[] time = new byte[0];
    long epochSecond;
    int milli;
  }

  /**
   * Sets up a stream of lines.
   *
   * @param baseMillis stamp of the first line
   * @param eventsPerSecond by which the stamps advance, at least 1
   * @param idEvery each so many lines (the first too) one ends in {@code id=} and its number of
   *     nine digits, counting from 0; 0 means none
   */
  public CorpusGenerator(long seed, long baseMillis, int eventsPerSecond, int idEvery) {
    if (eventsPerSecond < 1) {
      throw new IllegalArgumentException("events a second " + eventsPerSecond + " is below 1");
    }
    this.dice = new Dice(seed);
    this.baseMillis = baseMillis;
    this.eventsPerSecond = eventsPerSecond;
    this.idEvery = idEvery;
    this.lines = new CorpusLines(dice, stamps);
  }

  /** How many lines there have been; the id of the next one. */
  public long count() {
    return count;
  }

  /**
   * Writes the next line, without line feed.
   *
   * @param out has room for {@link #MAX_LINE} bytes at {@code at}
   * @return index after the line
   */
  public int next(byte[] out, int at) {
    clock(baseMillis + count * 1000 / eventsPerSecond);
    line.to(out, at);
    int kind = dice.below(100);
    // Windows is always RFC 5424; a quarter of the others makes it a third in all.
    boolean rfc5424 = kind >= 65 && kind < 77 || dice.below(1000) < 242;
    if (kind < 30) {
      header(rfc5424, 189, lines.firewall());
      lines.fortigate(line);
    } else if (kind < 50) {
      header(rfc5424, 190, lines.web());
      app(rfc5424, CorpusLines.NGINX, -1);
      lines.nginx(line);
    } else if (kind < 65) {
      header(rfc5424, 30, lines.nameServer());
      app(rfc5424, CorpusLines.NAMED, 700 + dice.below(20));
      lines.named(line);
    } else if (kind < 77) {
      header(true, 133, lines.controller());
      lines.windows(line);
    } else if (kind < 89) {
      header(rfc5424, 38, lines.server());
      app(rfc5424, CorpusLines.SSHD, 1000 + dice.below(60_000));
      lines.sshd(line);
    } else if (kind < 95) {
      header(rfc5424, 4, lines.server());
      app(rfc5424, CorpusLines.KERNEL, -1);
      lines.netfilter(line);
    } else {
      header(rfc5424, 22, lines.mail());
      app(rfc5424, CorpusLines.POSTFIX, 1000 + dice.below(60_000));
      lines.postfix(line);
    }
    if (idEvery > 0 && count % idEvery == 0) {
      line.put(ID).number(count, 9);
    }
    count++;
    return line.end();
  }

  private void header(boolean rfc5424, int priority, byte[] host) {
    line.put('<').number(priority).put('>');
    if (rfc5424) {
      line.put('1').put(' ').put(stamps.iso).put('.').number(stamps.milli, 3).put(OFFSET);
    } else {
      line.put(stamps.bsd).put(' ');
    }
    line.put(host).put(' ');
    if (rfc5424 && priority == 189) {
      line.put(CorpusLines.NO_APP);
    }
  }

  private void app(boolean rfc5424, byte[] name, int pid) {
    line.put(name);
    if (rfc5424) {
      line.put(' ');
      if (pid < 0) {
        line.put('-');
      } else {
        line.number(pid);
      }
      line.put(CorpusLines.NO_ID);
    } else {
      if (pid >= 0) {
        line.put('[').number(pid).put(']');
      }
      line.put(':').put(' ');
    }
  }

  private void clock(long millis) {
    long now = Math.floorDiv(millis, 1000L);
    stamps.milli = (int) Math.floorMod(millis, 1000L);
    if (now == second) {
      return;
    }
    second = now;
    LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochSecond(now), ZONE);
    String iso = ISO.format(local);
    stamps.epochSecond = now;
    stamps.bsd = LineBuffer.bytes(BSD.format(local));
    stamps.iso = LineBuffer.bytes(iso);
    stamps.access = LineBuffer.bytes(ACCESS.format(local));
    stamps.date = LineBuffer.bytes(iso.substring(0, 10));
    stamps.time = LineBuffer.bytes(iso.substring(11));
  }
}
