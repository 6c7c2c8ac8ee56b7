package tr.emanet.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.event.SourceAddress;

/**
 * Throws random and mutated bytes at the parser. {@code -Demanet.fuzz.rounds} sets the number of
 * inputs, 300,000 by default; run millions before a release.
 */
class EventParserFuzzTest {

  private static final int ROUNDS = Integer.getInteger("emanet.fuzz.rounds", 300_000);

  private final EventParser parser = new EventParser(new ConfiguredSources(SourceConfig.DEFAULT));
  private final Event event = new Event();
  private final SourceAddress udp = Lines.source("syslog_udp");
  private final Attributes mqtt =
      Attributes.builder().put(Attributes.Key.MQTT_TOPIC, "su/depo-3/seviye").build();

  @Test
  void livesThroughMutationsOfEveryKindOfLine() {
    Random random = new Random(20261012);
    List<byte[]> seeds =
        Samples.LINES.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();

    for (int round = 0; round < ROUNDS; round++) {
      byte[] line = mutate(seeds.get(random.nextInt(seeds.size())), seeds, random);
      check(line, random.nextInt(10) == 0 ? mqtt : Attributes.NONE);
    }

    assertThat(event.receivedMicros()).isPositive();
  }

  @Test
  void livesThroughRandomBytes() {
    Random random = new Random(7);
    byte[] alphabet =
        "<>[]{}\"'\\=:,;| \t-.%0123456789TZabMN\n\0\u00e7".getBytes(StandardCharsets.UTF_8);

    for (int round = 0; round < ROUNDS; round++) {
      byte[] line = new byte[random.nextInt(200)];
      random.nextBytes(line);
      if (round % 2 == 0) {
        for (int i = 0; i < line.length; i++) {
          line[i] = alphabet[Math.floorMod(line[i], alphabet.length)];
        }
      }
      check(line, round % 7 == 0 ? mqtt : Attributes.NONE);
    }

    assertThat(event.receivedMicros()).isPositive();
  }

  /** Quadratic work on each of these would take minutes; the limit is far above what they need. */
  @Test
  @Timeout(120)
  void comesToAnEndOnEveryLongRepetition() {
    for (String unit :
        List.of(
            "[",
            "{\"a\":",
            "[[",
            "a=",
            "a=\"",
            "\\",
            "\"",
            "[a b=\"c\"]",
            "k=v,",
            " from ",
            " port 1",
            "{\"a\":[",
            "%",
            "1: ",
            "=",
            "a=b,c",
            "://",
            "(",
            "<1>",
            "a:",
            "é")) {
      String body = unit.repeat(64 * 1024 / unit.length());
      for (String start :
          List.of(
              "",
              "<13>",
              "<13>1 - h a - - ",
              "<13>Oct 12 11:59:00 h sshd[1]: Failed ",
              "CEF:0|a|b|c|d|e|f|",
              "{",
              "<6>h kernel: IN=",
              "<13>h sudo: a : ",
              "<13>Oct 12 11:59:00 h postfix/smtpd[1]: ",
              "<13>h named[1]: client 1.2.3.4#1 ")) {
        check((start + body).getBytes(StandardCharsets.UTF_8), Attributes.NONE);
      }
    }

    assertThat(event.receivedMicros()).isPositive();
  }

  private static byte[] mutate(byte[] seed, List<byte[]> seeds, Random random) {
    byte[] line = seed.clone();
    int changes = random.nextInt(6);
    for (int k = 0; k < changes && line.length > 0; k++) {
      int at = random.nextInt(line.length);
      switch (random.nextInt(6)) {
        case 0 -> line[at] = (byte) random.nextInt(256);
        case 1 -> line = Arrays.copyOf(line, at);
        case 2 -> line = Arrays.copyOfRange(line, at, line.length);
        case 3 -> {
          byte[] other = seeds.get(random.nextInt(seeds.size()));
          int from = random.nextInt(other.length);
          byte[] joined = Arrays.copyOf(line, at + other.length - from);
          System.arraycopy(other, from, joined, at, other.length - from);
          line = joined;
        }
        case 4 -> {
          byte[] shorter = new byte[line.length - 1];
          System.arraycopy(line, 0, shorter, 0, at);
          System.arraycopy(line, at + 1, shorter, at, shorter.length - at);
          line = shorter;
        }
        default -> line[at] = (byte) "\"\\]=:<> {}\0".charAt(random.nextInt(10));
      }
    }
    return line;
  }

  private void check(byte[] line, Attributes attributes) {
    // No byte around the record: reading past either end would throw.
    event.reset(line, 0, line.length, 1_791_795_600_000_000L, udp, attributes, 0);
    parser.parse(event);
    assertThat(event.has(Field.EVENT_KIND)).isTrue();
    for (Field field : Field.all()) {
      if (event.has(field)
          && (field.type() == FieldType.KEYWORD || field.type() == FieldType.TEXT)) {
        inside(event.valueBytes(field), event.valueFrom(field), event.valueTo(field));
      }
    }
    for (int i = 0; i < event.extras(); i++) {
      inside(event.extraValueBytes(i), event.extraFrom(i), event.extraTo(i));
      if (event.extraKey(i).isEmpty()) {
        throw new AssertionError("empty key");
      }
    }
    inside(event.text(), event.textFrom(), event.textTo());
    inside(event.text(), event.termsFrom(), event.textTo());
  }

  private static void inside(byte[] array, int from, int to) {
    if (from < 0 || to < from || to > array.length) {
      throw new AssertionError("range " + from + ".." + to + " of " + array.length);
    }
  }
}
