package tr.emanet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalToolTest {

  private final BatchPool pool = new BatchPool(8);
  @TempDir Path state = Path.of("");

  private Path journal() {
    return state.resolve("journal");
  }

  private void write(FileJournal journal) throws InterruptedException {
    journal.append("a", Lines.batch(pool, 0, 50));
    journal.append("b", Lines.batch(pool, 50, 30));
    journal.append("a", Lines.batch(pool, 80, 20));
  }

  @Test
  void repairCutsATornTailAndSaysSo() throws Exception {
    try (FileJournal journal = TestJournals.open(TestJournals.config(journal()))) {
      write(journal);
    }
    Path file = SegmentFiles.list(journal(), "a", ".emj").getFirst();
    long size = Files.size(file);
    Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);

    JournalTool.Repair first = JournalTool.repair(state, journal());
    JournalTool.Repair second = JournalTool.repair(state, journal());

    assertThat(((JournalTool.Repair.Done) first).done())
        .singleElement()
        .asString()
        .contains("torn tail of 3 bytes");
    assertThat(((JournalTool.Repair.Done) second).done()).isEmpty();
    assertThat(file).hasSize(size);
  }

  @Test
  void repairRefusesWhileTheStateIsHeld() throws Exception {
    try (StateLock lock = ((StateLock.Outcome.Held) StateLock.acquire(state)).lock()) {
      assertThat(lock).isNotNull();
      assertThat(JournalTool.repair(state, journal()))
          .isInstanceOf(JournalTool.Repair.Refused.class);
    }
  }

  @Test
  void readsWhileTheServiceWrites() throws Exception {
    try (FileJournal journal = TestJournals.open(TestJournals.config(journal()))) {
      write(journal);
      org.awaitility.Awaitility.await().until(() -> pool.free() == pool.size());

      List<String> seen = new ArrayList<>();
      JournalTool.Report report = JournalTool.verify(journal(), seen::add);
      assertThat(report.sound()).isTrue();
      assertThat(report.records()).isEqualTo(100);
      assertThat(seen).hasSize(2);
    }
  }

  @Test
  void catGivesTheWantedRange() throws Exception {
    try (FileJournal journal = TestJournals.open(TestJournals.config(journal()))) {
      journal.append("a", Lines.batch(pool, 0, 50));
      org.awaitility.Awaitility.await().until(() -> journal.committed("a") == 50);
      journal.append("b", Lines.batch(pool, 50, 30));
    }
    List<Long> seen = new ArrayList<>();

    List<JournalTool.Damage> damages =
        JournalTool.cat(journal(), null, 41, 60, r -> seen.add(r.position().sequence()));

    assertThat(damages).isEmpty();
    assertThat(seen).hasSize(20).startsWith(41L).endsWith(60L);
    assertThatThrownBy(() -> JournalTool.cat(journal(), "nosuch", 1, 9, r -> {}))
        .isInstanceOf(IOException.class);
  }
}
