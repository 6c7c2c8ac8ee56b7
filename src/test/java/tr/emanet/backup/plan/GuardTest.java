package tr.emanet.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardTest {

  private static final long FILES = 1000;
  private static final long BYTES = 50_000_000;

  /** So many of the files changed, so many look encrypted; beside them a dump that compresses. */
  private static RunRecord.Figures run(long changed, long scrambled, long dump) {
    long fresh = changed * (BYTES / FILES) + dump;
    long stored = scrambled * (BYTES / FILES) + (fresh - scrambled * (BYTES / FILES)) / 4;
    return new RunRecord.Figures(
        FILES, FILES - changed, FILES, BYTES + dump, fresh, fresh, stored, scrambled);
  }

  private static List<Guard.Finding> after(List<RunRecord.Figures> before, RunRecord.Figures now) {
    return Guard.judge(now, before, before);
  }

  @Test
  void seesEncryptionBesideADumpThatIsLargerThanTheFiles() {
    List<RunRecord.Figures> before = List.of(run(10, 0, BYTES * 40));

    assertThat(after(before, run(700, 700, BYTES * 40))).containsExactly(Guard.Finding.ENCRYPTED);
    assertThat(after(before, run(15, 1, BYTES * 40))).isEmpty();
  }

  @Test
  void seesAnAttackerWhoEncryptsFivePercentARun() {
    List<RunRecord.Figures> runs = new ArrayList<>(List.of(run(8, 0, 0), run(9, 0, 0)));
    int flagged = 0;

    for (int i = 1; i <= 10 && flagged == 0; i++) {
      RunRecord.Figures now = run(58, 50, 0);
      if (after(runs, now).contains(Guard.Finding.ENCRYPTED)) {
        flagged = i;
      }
      runs.addFirst(now);
    }

    assertThat(flagged).isEqualTo(4);
  }

  @Test
  void doesNotAddUpWhatPeopleDoNorWhatTheyHaveLookedAt() {
    List<RunRecord.Figures> office = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      office.add(run(12, 4, 0));
    }
    List<RunRecord.Figures> slow =
        List.of(run(50, 50, 0), run(50, 50, 0), run(50, 50, 0), run(9, 0, 0));

    assertThat(after(office, run(12, 4, 0))).isEmpty();
    assertThat(Guard.judge(run(50, 50, 0), slow, slow)).isNotEmpty();
    assertThat(Guard.judge(run(50, 50, 0), slow, List.of())).isEmpty();
    assertThat(after(slow, run(3, 0, 0))).as("nothing new was struck").isEmpty();
  }

  @Test
  void flagsWhatIsTooSmallOrHasTooFewFiles() {
    List<RunRecord.Figures> before = List.of(run(5, 0, 0));
    RunRecord.Figures half = new RunRecord.Figures(400, 400, 400, BYTES / 3, 0, 0, 0, 0);

    assertThat(after(before, half)).containsExactly(Guard.Finding.TOO_SMALL, Guard.Finding.TOO_FEW);
    assertThat(Guard.judge(half, List.of(), List.of())).isEmpty();
  }
}
