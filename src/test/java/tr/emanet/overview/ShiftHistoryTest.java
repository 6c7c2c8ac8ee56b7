package tr.emanet.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.store.Database;

class ShiftHistoryTest {

  private static final Instant NOW = Instant.parse("2026-11-22T09:02:30Z");

  @TempDir Path directory = Path.of("");

  @Test
  void callsNothingUsualBeforeAWeekHasPassed() {
    LoadLine young = LoadLine.of(slots(Duration.ofDays(6), 300), NOW);
    LoadLine old = LoadLine.of(slots(Duration.ofDays(8), 300), NOW);

    assertThat(young.now()).isEmpty();
    assertThat(young.empty()).isFalse();
    assertThat(old.now().orElseThrow().low()).isCloseTo(1.0, within(0.01));
    assertThat(old.now().orElseThrow().high()).isCloseTo(1.0, within(0.01));
  }

  @Test
  void leavesAGapWhereTheServiceStoodStill() {
    List<HistoryStore.Slot> slots = slots(Duration.ofHours(20), 600);
    slots.removeIf(s -> s.at().isAfter(NOW.minus(Duration.ofHours(2))));

    LoadLine line = LoadLine.of(slots, NOW);

    assertThat(line.rates()).hasSize(288);
    assertThat(line.rates().getLast()).isEqualTo(-1.0);
    assertThat(line.rates().get(100)).isCloseTo(2.0, within(0.01));
    assertThat(LoadLine.of(List.of(), NOW).empty()).isTrue();
  }

  private static List<HistoryStore.Slot> slots(Duration back, long received) {
    List<HistoryStore.Slot> out = new ArrayList<>();
    long width = HistoryStore.SLOT.toMillis();
    long last = NOW.toEpochMilli() / width;
    for (long slot = last - back.toMillis() / width; slot < last; slot++) {
      out.add(new HistoryStore.Slot(Instant.ofEpochMilli(slot * width), received));
    }
    return out;
  }

  @Test
  void saysHowLongTheDiskLastsOnlyFromEnoughHistory() {
    HistoryStore.DiskUse day = new HistoryStore.DiskUse(NOW.minus(Duration.ofDays(1)), 100, 0, 0);
    HistoryStore.DiskUse hour = new HistoryStore.DiskUse(NOW.minus(Duration.ofHours(1)), 100, 0, 0);

    assertThat(DiskForecast.of(Optional.of(hour), 200, 1_000, NOW)).isEmpty();
    assertThat(DiskForecast.of(Optional.empty(), 200, 1_000, NOW)).isEmpty();
    assertThat(DiskForecast.of(Optional.of(day), 200, 1_000, NOW).orElseThrow().days())
        .isEqualTo(10);
    assertThat(DiskForecast.of(Optional.of(day), 100, 1_000, NOW).orElseThrow().days())
        .isEqualTo(-1);
  }

  @Test
  void namesThoseSilentWhoUsuallySpeak() {
    HistoryStore.Heard chatty = heard("10.0.0.1", 120, Duration.ofMinutes(90));
    HistoryStore.Heard slow = heard("10.0.0.2", 20, Duration.ofMinutes(90));
    HistoryStore.Heard young = heard("10.0.0.3", 2, Duration.ofMinutes(90));
    Instant longAgo = NOW.minus(Duration.ofDays(3));

    Silence silence = Silence.of(List.of(chatty, slow, young), longAgo, NOW);
    Silence restarted =
        Silence.of(List.of(chatty, slow, young), NOW.minus(Duration.ofMinutes(2)), NOW);

    assertThat(silence.silent()).extracting(Silence.Quiet::address).containsExactly("10.0.0.1");
    assertThat(silence.young()).isEqualTo(1);
    assertThat(restarted.silent()).isEmpty();
  }

  /** Heard in so many minutes of the day before it fell silent. */
  private static HistoryStore.Heard heard(String address, long minutes, Duration silent) {
    Instant last = NOW.minus(silent);
    return new HistoryStore.Heard(address, last.minus(Duration.ofDays(1)), last, minutes);
  }

  @Test
  void keepsSlotsHoursAndAddresses() throws Exception {
    try (Database database = Database.open(directory, List.of("overview"))) {
      HistoryStore store = new HistoryStore(database);
      store.received(NOW, 5);
      store.received(NOW.plusSeconds(10), 7);
      store.received(NOW.minus(Duration.ofDays(40)), 1);
      store.disk(NOW, 1, 2, 3);
      store.disk(NOW.plusSeconds(60), 9, 9, 9);
      store.heard(NOW, List.of("10.0.0.1"));
      store.heard(NOW.plusSeconds(60), List.of("10.0.0.1", "10.0.0.2"));

      store.forget(NOW);

      assertThat(store.slots(Instant.EPOCH)).hasSize(1).first().matches(s -> s.received() == 12);
      assertThat(store.diskSince(NOW.minus(Duration.ofHours(1))).orElseThrow().used()).isEqualTo(3);
      assertThat(store.sources(Instant.EPOCH))
          .extracting(HistoryStore.Heard::minutes)
          .containsExactly(2L, 1L);
    }
  }
}
