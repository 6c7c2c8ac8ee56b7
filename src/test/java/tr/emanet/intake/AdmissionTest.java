package tr.emanet.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.intake.IntakeConfig.AdmissionConfig;
import tr.emanet.intake.IntakeStatus.Gate;
import tr.emanet.store.Database;
import tr.emanet.store.StoreException;

final class AdmissionTest {

  private static final long SECOND = 1_000_000_000L;

  private final RecordingJournal journal = new RecordingJournal();

  private Admission admission(AdmissionConfig config) {
    Admission out =
        new Admission(journal, config, InstantSource.system(), ZoneId.of("Europe/Istanbul"));
    out.tick();
    return out;
  }

  @Test
  void keepsAKnownSourceAndItsMemoryThroughAForgedFlood() {
    Admission admission = admission(AdmissionConfig.defaults());
    long now = System.nanoTime();
    for (int i = 0; i < 10_000; i++) {
      admission.offer(1, 1, 200, now);
    }
    Random random = new Random(7);
    int forged = 0;
    int legitimate = 0;
    for (int i = 0; i < 400_000; i++) {
      now += SECOND / 200_000;
      if (admission.offer(0, 1_000 + random.nextInt(100_000), 200, now) == null) {
        forged++;
      }
      if (i % 100 == 0 && admission.offer(1, 1, 200, now) == null) {
        legitimate++;
      }
    }

    assertThat(legitimate).isEqualTo(4_000);
    assertThat(forged).as("of 400,000 in two seconds").isLessThan(90_000);
    assertThat(admission.sources(100_000)).hasSizeLessThanOrEqualTo(4_097);
    assertThat(admission.sources(100_000))
        .anySatisfy(s -> assertThat(s.refused()).containsKey(DropReason.CROWD));
  }

  @Test
  void limitsTheRateOfOneSource() {
    Admission admission = admission(new AdmissionConfig(100, 0, 0, 0, 1));
    long now = System.nanoTime();
    int accepted = 0;
    for (int i = 0; i < 1_000; i++) {
      accepted += admission.offer(1, 1, 10, now) == null ? 1 : 0;
    }
    for (int i = 0; i < 1_000; i++) {
      accepted += admission.offer(1, 1, 10, now + SECOND / 2) == null ? 1 : 0;
    }

    assertThat(accepted).isEqualTo(150);
    assertThat(admission.sources(1).getFirst().refused()).containsEntry(DropReason.RATE, 1_850L);
  }

  @Test
  void refusesTheHeaviestFirstWhenSpaceBecomesScarceAndKeepsAReserve() {
    journal.space(1_900, 1_000);
    Admission admission = admission(new AdmissionConfig(0, 0, 0, 0, 1));
    long now = System.nanoTime();
    admission.charge(1, 1, Trust.CONNECTED, 10, 1_000, now);
    admission.charge(2, 2, Trust.CONNECTED, 1, 10, now);
    admission.charge(3, 3, Trust.AUTHENTICATED, 1, 9_000, now);
    for (int i = 0; i < 5; i++) {
      admission.tick();
    }

    assertThat(admission.gate()).isEqualTo(Gate.PRESSURE);
    assertThat(admission.mayRead(1, 1, Trust.CONNECTED, now)).isEqualTo(DropReason.DISK_PRESSURE);
    assertThat(admission.offer(1, 1, 1, now)).isEqualTo(DropReason.DISK_PRESSURE);
    assertThat(admission.mayRead(2, 2, Trust.CONNECTED, now)).isNull();

    journal.space(1_400, 1_000);
    for (int i = 0; i < 5; i++) {
      admission.tick();
    }
    assertThat(admission.gate()).isEqualTo(Gate.RESERVED);
    assertThat(admission.mayRead(2, 2, Trust.CONNECTED, now)).isEqualTo(DropReason.DISK_PRESSURE);
    assertThat(admission.mayRead(3, 3, Trust.AUTHENTICATED, now)).isNull();

    journal.guard(true);
    admission.tick();
    assertThat(admission.mayRead(3, 3, Trust.AUTHENTICATED, now)).isEqualTo(DropReason.DISK_GUARD);

    journal.guard(false);
    journal.space(1 << 30, 1_000);
    admission.tick();
    assertThat(admission.gate()).isEqualTo(Gate.OPEN);
  }

  @Test
  void endsWhatASourceMayFillInADay() {
    journal.space(10 << 20, 2 << 20);
    Admission admission = admission(new AdmissionConfig(0, 0, 0, 0, 0.5));
    long now = System.nanoTime();
    admission.charge(1, 1, Trust.CONNECTED, 1, 11 << 20, now);

    assertThat(admission.mayRead(1, 1, Trust.CONNECTED, now)).isEqualTo(DropReason.DAY_SHARE);
    assertThat(admission.mayRead(2, 2, Trust.CONNECTED, now)).isNull();
  }

  @Test
  void remembersOverARestartWhatASourceBroughtToday(@TempDir Path state) throws StoreException {
    journal.space(10 << 20, 2 << 20);
    AdmissionConfig config = new AdmissionConfig(0, 0, 0, 0, 0.5);
    ZoneId zone = ZoneId.of("Europe/Istanbul");
    Instant noon = Instant.parse("2026-11-22T09:00:00Z");
    long now = System.nanoTime();
    try (Database database = Database.open(state, List.of("intake"))) {
      SourceDays days = new SourceDayStore(database);
      try (Admission first = new Admission(journal, config, () -> noon, zone, days)) {
        first.start();
        first.charge(1, -1, Trust.CONNECTED, 1, 11 << 20, now);
        first.charge(2, 2, Trust.CONNECTED, 1, 100, now);
      }

      Instant later = noon.plusSeconds(60);
      try (Admission second = new Admission(journal, config, () -> later, zone, days)) {
        second.start();
        assertThat(second.mayRead(1, -1, Trust.CONNECTED, now)).isEqualTo(DropReason.DAY_SHARE);
        assertThat(second.mayRead(2, 2, Trust.CONNECTED, now)).isNull();
      }

      Instant tomorrow = noon.plusSeconds(24 * 3600);
      try (Admission third = new Admission(journal, config, () -> tomorrow, zone, days)) {
        third.start();
        assertThat(third.mayRead(1, -1, Trust.CONNECTED, now)).isNull();
      }
    }
  }
}
