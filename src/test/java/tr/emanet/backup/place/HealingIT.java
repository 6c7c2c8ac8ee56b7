package tr.emanet.backup.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository and its copy heal each other, and nothing is made up. */
class HealingIT {

  @TempDir Path directory;
  private CopyBench bench;

  @BeforeEach
  void copies() throws Exception {
    bench = new CopyBench(directory);
    bench.backUp("ölçü.bin", 300_000);
    bench.backUp("İlçe.bin", 200_000);
    bench.copied();
  }

  @AfterEach
  void closes() throws Exception {
    bench.close();
  }

  @Test
  void healsWhatIsDamagedAndGoneFromTheCopyByName() throws Exception {
    Path pack = CopyBench.files(bench.primary, "data").get(0);
    Path lost = CopyBench.files(bench.primary, "data").get(1);
    Path snapshot = CopyBench.files(bench.primary, "snapshots").getFirst();
    CopyBench.flip(pack);
    Files.delete(lost);
    Files.delete(snapshot);
    assertThat(bench.findings(bench.primary)).hasSize(3);

    HealRecord heal = bench.healed(HealRecord.Side.REPOSITORY);

    assertThat(heal.state()).as(heal.toString()).isEqualTo(HealRecord.State.WHOLE);
    for (Path file : new Path[] {pack, lost, snapshot}) {
      String name = file.getFileName().toString();
      assertThat(heal.healedNames()).anyMatch(line -> line.contains(name.substring(0, 8)));
    }
    assertThat(heal.healed()).isEqualTo(3);
    assertThat(bench.findings(bench.primary)).isEmpty();
    assertThat(bench.upkeep.state(bench.primary.toString()).orElseThrow().findings()).isEmpty();
    assertThat(bench.healed).containsExactly(bench.primary.toString());

    Files.delete(bench.primary.resolve("config"));
    HealRecord entrance = bench.healed(HealRecord.Side.REPOSITORY);
    assertThat(entrance.state()).as(entrance.toString()).isEqualTo(HealRecord.State.WHOLE);
    assertThat(entrance.healedNames()).containsExactly("file config");
  }

  @Test
  void takesNothingFromACopyThatIsDamagedTooAndSaysWhatIsLost() throws Exception {
    Path pack = CopyBench.files(bench.primary, "data").getFirst();
    CopyBench.flip(pack);
    CopyBench.flip(bench.copy.resolve(bench.primary.relativize(pack)));

    HealRecord heal = bench.healed(HealRecord.Side.REPOSITORY);

    assertThat(heal.state()).isEqualTo(HealRecord.State.PARTLY);
    assertThat(heal.leftNames())
        .anyMatch(line -> line.contains(pack.getFileName().toString().substring(0, 8)))
        .anyMatch(line -> line.contains("ölçü.bin") || line.contains("İlçe.bin"));
    assertThat(bench.findings(bench.primary)).as("the repair is sealed").isEmpty();
  }

  @Test
  void healsTheCopyFromTheRepository() throws Exception {
    Path pack = CopyBench.files(bench.copy, "data").getFirst();
    Path index = CopyBench.files(bench.copy, "index").getFirst();
    CopyBench.flip(pack);
    Files.delete(index);

    HealRecord heal = bench.healed(HealRecord.Side.COPY);

    assertThat(heal.state()).as(heal.toString()).isEqualTo(HealRecord.State.WHOLE);
    assertThat(heal.healed()).isEqualTo(2);
    assertThat(bench.findings(bench.copy)).isEmpty();
    assertThat(bench.heals.heal(CopyBench.CHIEF, 99, bench.place, HealRecord.Side.COPY))
        .isInstanceOf(HealDesk.Answer.Unknown.class);
    assertThat(bench.heals.stop(CopyBench.CHIEF, heal.id()))
        .isEqualTo(new HealDesk.Answer.Refused("not-running"));
  }
}
