package tr.emanet.backup.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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
    Files.delete(bench.primary.resolve("seals/00000001.json"));
    CopyBench.flip(bench.primary.resolve("seals/00000002.packs.sha256"));
    CopyBench.flip(pack);
    HealRecord entrance = bench.healed(HealRecord.Side.REPOSITORY);
    assertThat(entrance.state()).as(entrance.toString()).isEqualTo(HealRecord.State.WHOLE);
    assertThat(entrance.healedNames())
        .contains("file config", "file seals/00000001.json", "file seals/00000002.packs.sha256")
        .hasSize(4);
    assertThat(bench.findings(bench.primary)).isEmpty();
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

  private void tick(String kind) {
    bench.tending.tick();
    await().atMost(Duration.ofSeconds(60)).until(() -> bench.jobs.unfinished(kind).isEmpty());
  }

  private List<Damage> open() {
    return bench.tending.alarming(bench.now).stream()
        .filter(damage -> damage.healedAt() == null)
        .toList();
  }

  @Test
  void readsTheCopyBackAndHealsWhatIsDamagedThere() throws Exception {
    ReadStore store = new ReadStore(bench.database);
    List<Path> packs = CopyBench.files(bench.copy, "data");
    Path first = packs.stream().min(Comparator.comparing(Path::getFileName)).orElseThrow();
    tick(ReadWork.KIND);
    Place place = bench.places.place(bench.place).orElseThrow();
    Reading sound = bench.tending.reading(place, bench.job).orElseThrow();
    assertThat(sound.problem()).isEmpty();
    assertThat(sound.wholeAt()).isEqualTo(bench.now);
    assertThat(sound.bytes()).isEqualTo(sound.total()).isGreaterThan(500_000);
    assertThat(open()).isEmpty();

    // The next sample begins after the last name of the one before, and damage before it waits.
    CopyBench.flip(first);
    Files.delete(CopyBench.files(bench.copy, "snapshots").getFirst());
    bench.now = bench.now.plus(Duration.ofHours(21));
    String name = first.getFileName().toString();
    store.keep(
        bench.place,
        bench.job,
        new Reading(name, bench.now, bench.now, sound.readAt(), null, "", "", 0, 0, 0, ""));
    tick(ReadWork.KIND);
    assertThat(open()).extracting(Damage::trouble).containsExactly("is gone");
    tick(CopyWork.KIND);
    assertThat(open()).isEmpty();
    bench.now = bench.now.plus(Duration.ofHours(21));
    tick(ReadWork.KIND);
    assertThat(bench.tending.alarming(bench.now)).extracting(Damage::name).contains(name);

    tick(CopyWork.KIND);

    assertThat(open()).isEmpty();
    assertThat(bench.tending.damage(bench.place, 9)).hasSize(2);
    assertThat(
            bench.places.copies(bench.place, 9).stream()
                .mapToLong(c -> c.followed().healed())
                .sum())
        .isEqualTo(2);
    assertThat(bench.findings(bench.copy)).isEmpty();
    assertThat(bench.tending.alarming(bench.now)).as("a medium that may fail").isNotEmpty();
    assertThat(bench.tending.alarming(bench.now.plus(Duration.ofHours(25)))).isEmpty();
  }

  @Test
  void readsAllWithinFourWeeksAndMoreAfterAPause() {
    long terabyte = 1L << 40;
    Instant now = bench.now;

    assertThat(Reading.budget(terabyte, null, now) * Reading.DAYS)
        .isBetween(terabyte, terabyte + Reading.DAYS);
    assertThat(Reading.budget(terabyte, now.minus(Duration.ofDays(7)), now) * 4)
        .isBetween(terabyte, terabyte + 4);
    assertThat(Reading.budget(terabyte, now.minus(Duration.ofDays(90)), now)).isEqualTo(terabyte);
    assertThat(Reading.budget(1000, null, now)).isGreaterThan(1000);
  }
}
