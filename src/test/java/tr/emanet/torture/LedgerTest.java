package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private final Ledger ledger = new Ledger("rxx1");

  private List<Line> lines(String channel, int... numbers) {
    List<Line> out = new ArrayList<>();
    for (int number : numbers) {
      out.add(new Line("rxx1", channel, number));
    }
    return out;
  }

  @Test
  void readsALineBackFromASyslogMessage() {
    Line line = new Line("rxx1", "t3", 4711);

    assertThat(Line.in(line.syslog())).contains(line);
    assertThat(Line.in(line.text())).contains(line);
  }

  @Test
  void refusesALineThatWasCutOrMixed() {
    String text = new Line("rxx1", "t3", 4711).text();

    assertThat(Line.in(text.substring(0, text.length() - 2))).isEmpty();
    assertThat(Line.in(text.replace(".4711", ".471"))).isEmpty();
    assertThat(Line.in(text.replace("pad=", "pad=x"))).isEmpty();
  }

  @Test
  void acceptsAHalfFrameThatWasKeptAndSaysSo() {
    ledger.sent("t0", 2);
    String line = new Line("rxx1", "t0", 2).text();
    ObjectNode half = new ObjectMapper().createObjectNode();
    half.put("message", line.substring(0, line.length() - 2));

    Verdict silent = Bookkeeping.compare(ledger, List.of(half), false);
    Verdict flagged =
        Bookkeeping.compare(ledger, List.of(half.put("emanet.flags", "incomplete")), false);

    assertThat(silent.altered()).isEqualTo(1);
    assertThat(flagged.kept()).isTrue();
    assertThat(flagged.stored()).isZero();
  }

  @Test
  void acceptsAPrefixOfAConnection() {
    ledger.sent("t0", 5);

    Verdict verdict = ledger.compare(lines("t0", 3, 1, 2), 0, false);

    assertThat(verdict.kept()).isTrue();
    assertThat(verdict.sent()).isEqualTo(5);
    assertThat(verdict.stored()).isEqualTo(3);
  }

  @Test
  void wantsTheWholeConnectionWhenNothingWasKilled() {
    ledger.sent("t0", 5);

    Verdict verdict = ledger.compare(lines("t0", 1, 2, 3), 0, true);

    assertThat(verdict.gaps()).isEqualTo(2);
  }

  @Test
  void findsAGapInAConnection() {
    ledger.sent("t0", 5);

    Verdict verdict = ledger.compare(lines("t0", 1, 2, 4), 0, false);

    assertThat(verdict.gaps()).isEqualTo(1);
    assertThat(verdict.examples()).containsExactly("t0.3 is missing, t0.4 is there");
  }

  @Test
  void findsWhatIsShownTwice() {
    ledger.sent("t0", 2);
    ledger.sent("m0", 1);

    List<Line> stored = lines("t0", 1, 2, 2);
    stored.addAll(lines("m0", 1, 1, 1));

    assertThat(ledger.compare(stored, 0, false).duplicates()).isEqualTo(3);
  }

  @Test
  void findsTheLossOfWhatWasAcknowledgedAndOfNothingElse() {
    ledger.sent("m0", 4);
    ledger.acknowledged("m0", 1);
    ledger.acknowledged("m0", 3);

    Verdict verdict = ledger.compare(lines("m0", 1, 4), 0, false);

    assertThat(verdict.lost()).isEqualTo(1);
    assertThat(verdict.acknowledged()).isEqualTo(2);
    assertThat(verdict.examples()).containsExactly("m0.3 was acknowledged and is lost");
  }

  @Test
  void findsWhatNobodySent() {
    ledger.sent("t0", 1);

    List<Line> stored = lines("t0", 1, 2);
    stored.addAll(lines("m7", 1));

    assertThat(ledger.compare(stored, 0, false).foreign()).isEqualTo(2);
  }

  @Test
  void keepsASnapshotApartFromWhatComesLater() {
    ledger.sent("m0", 1);
    ledger.acknowledged("m0", 1);
    Ledger before = ledger.snapshot();
    ledger.sent("m0", 2);
    ledger.acknowledged("m0", 2);

    Verdict verdict = before.compare(lines("m0", 1), 0, false);

    assertThat(verdict.kept()).isTrue();
    assertThat(verdict.acknowledged()).isEqualTo(1);
  }
}
