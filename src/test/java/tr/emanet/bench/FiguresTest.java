package tr.emanet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void takesTheMiddleAndTheTail() {
    assertThat(Figures.median(3, 1, 2)).isEqualTo(2);
    assertThat(Figures.median(4, 1, 2, 3)).isEqualTo(2.5);
    assertThat(Figures.quantile(0.95, 1, 2, 3, 4)).isEqualTo(4);
    assertThat(Figures.quantile(0.5, 1, 2, 3, 4)).isEqualTo(2);
  }

  @Test
  void printsARatioWithItsTarget() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Figures figures = new Figures(new PrintStream(out, true, StandardCharsets.UTF_8));

    figures.print("ours", 60_000, "events/s");
    figures.print("theirs", 100_000, "events/s");
    figures.ratio("ours_over_theirs", "ours", "theirs", 0.5, true);
    figures.ratio("ours_over_nobody", "ours", "nobody", 0.5, true);

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .last()
        .isEqualTo(
            "{\"figure\":\"ours_over_theirs\",\"value\":0.6,\"unit\":\"x\",\"at_least\":0.5,\"met\":true}");
  }

  @Test
  void refusesWhatItCannotMeasure() {
    Path directory = Path.of("/tmp");

    assertThat(Options.of(new String[] {"--only", "tcp,rsyslog"}, directory))
        .isNotNull()
        .matches(o -> o.wants("tcp") && !o.wants("udp"));
    assertThat(Options.of(new String[] {"--only", "everything"}, directory)).isNull();
    assertThat(Options.of(new String[] {"--events"}, directory)).isNull();
    assertThat(Options.of(new String[] {"--speed", "1"}, directory)).isNull();
  }

  @Test
  void makesTheSameLinesFromTheSameSeedAndNumbersThem() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    Corpus one = new Corpus(Corpus.SEED, start, 1000);
    Corpus other = new Corpus(Corpus.SEED, start, 1000);

    for (int i = 0; i < 500; i++) {
      String line = new String(one.bytes(), 0, one.next(), StandardCharsets.UTF_8);
      String again = new String(other.bytes(), 0, other.next(), StandardCharsets.UTF_8);
      assertThat(again).isEqualTo(line);
      assertThat(line.endsWith(" id=" + Corpus.uniqueWord(i) + "\n"))
          .isEqualTo(i % Corpus.ID_EVERY == 0);
    }
  }
}
