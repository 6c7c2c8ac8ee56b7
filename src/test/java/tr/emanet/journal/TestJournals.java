package tr.emanet.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/** Opens file journals with a fixed clock and no reserve. */
final class TestJournals {

  static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");

  private TestJournals() {}

  static JournalConfig config(Path directory) throws IOException {
    return JournalConfig.of(directory, ZONE).withReserve(0);
  }

  static FileJournal open(JournalConfig config) throws IOException {
    return FileJournal.open(config, clock(), new SecureRandom(), code -> {}, () -> Long.MAX_VALUE);
  }

  /** Opens on a disk that is not forced, where a test cuts no power any more. */
  static FileJournal openUnforced(JournalConfig config) throws IOException {
    return FileJournal.open(
        config,
        new Surroundings(
            clock(),
            System::nanoTime,
            new SecureRandom(),
            () -> Long.MAX_VALUE,
            new Storage.Disk(false),
            code -> {}));
  }

  /** A clock that stands where the test records begin. */
  static InstantSource clock() {
    return InstantSource.fixed(Instant.EPOCH.plus(Lines.DAY, TimeUnit.MICROSECONDS.toChronoUnit()));
  }
}
