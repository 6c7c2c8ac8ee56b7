package tr.emanet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorpusGeneratorTest {

  private static final long BASE = Instant.parse("2026-10-01T20:59:58Z").toEpochMilli();

  @Test
  void makesTheSameLinesFromTheSameSeed() {
    List<String> first = lines(new CorpusGenerator(1, BASE, 1000, 1), 5000);
    List<String> second = lines(new CorpusGenerator(1, BASE, 1000, 1), 5000);
    List<String> other = lines(new CorpusGenerator(2, BASE, 1000, 1), 5000);

    assertThat(first).isEqualTo(second).isNotEqualTo(other);
  }

  @Test
  void keepsToTheSharesAndTheLengthOfTheCorpus() {
    int count = 50_000;
    List<String> lines = lines(new CorpusGenerator(7, BASE, 1000, 0), count);

    double bytes = lines.stream().mapToInt(String::length).average().orElse(0);
    assertThat(bytes).isCloseTo(254, within(8.0));
    assertThat(share(lines, " devname=")).isCloseTo(0.30, within(0.01));
    assertThat(share(lines, "nginx")).isCloseTo(0.20, within(0.01));
    assertThat(share(lines, ": query: ")).isCloseTo(0.15, within(0.01));
    assertThat(share(lines, "EventID=\"462")).isCloseTo(0.12, within(0.01));
    assertThat(share(lines, " sshd")).isCloseTo(0.12, within(0.01));
    assertThat(share(lines, "[UFW BLOCK]")).isCloseTo(0.06, within(0.01));
    assertThat(share(lines, "postfix/smtp")).isCloseTo(0.05, within(0.01));
    assertThat(lines.stream().filter(l -> l.matches("<\\d+>1 .*")).count() / (double) count)
        .isCloseTo(1 / 3.0, within(0.01));
    assertThat(lines).allMatch(l -> l.length() < CorpusGenerator.MAX_LINE - 16);
  }

  @Test
  void stampsLinesFromTheBaseTimeOnInTurkishTime() {
    List<String> lines = lines(new CorpusGenerator(7, BASE, 10, 1), 40);

    assertThat(lines.get(0)).contains("23:59:58").endsWith(" id=000000000");
    assertThat(lines.get(39)).contains("00:00:01").endsWith(" id=000000039");
    assertThat(lines.subList(30, 40)).anyMatch(l -> l.contains(">Oct  2 00:00:0"));
  }

  private static double share(List<String> lines, String part) {
    return lines.stream().filter(l -> l.contains(part)).count() / (double) lines.size();
  }

  private static List<String> lines(CorpusGenerator generator, int count) {
    byte[] out = new byte[CorpusGenerator.MAX_LINE + 3];
    List<String> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int end = generator.next(out, 3);
      lines.add(new String(out, 3, end - 3, StandardCharsets.US_ASCII));
    }
    return lines;
  }
}
