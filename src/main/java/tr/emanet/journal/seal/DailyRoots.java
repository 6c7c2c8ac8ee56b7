package tr.emanet.journal.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the root of each day that is over, and has it stamped. A root that cannot be stamped waits
 * and is tried again; nothing takes the place of a stamp. One thread only.
 */
final class DailyRoots {

  private static final Logger LOG = LoggerFactory.getLogger(DailyRoots.class);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int AT_A_TIME = 100;

  private final SealPaths paths;
  private final RootStore store;
  private final Signer signer;
  private final Durable durable;
  private final @Nullable Stamper stamper;
  private final InstantSource clock;
  private LocalDate madeBefore = LocalDate.MIN;

  DailyRoots(
      SealPaths paths,
      RootStore store,
      Signer signer,
      Durable durable,
      @Nullable Stamper stamper,
      InstantSource clock) {
    this.paths = paths;
    this.store = store;
    this.signer = signer;
    this.durable = durable;
    this.stamper = stamper;
    this.clock = clock;
  }

  /**
   * Makes what is missing.
   *
   * @param newest the day of the newest checkpoint; roots are made of the days before it
   */
  void make(LocalDate newest) throws IOException {
    if (newest.equals(madeBefore)) {
      return;
    }
    LocalDate before = null;
    NavigableMap<LocalDate, Path> days = Ledger.days(paths.root()).headMap(newest, false);
    for (Map.Entry<LocalDate, Path> day : days.entrySet()) {
      Path signature = SealPaths.signature(paths.dayRoot(day.getKey()));
      if (!Files.exists(signature)) {
        SortedMap<String, Path> files = files(day.getValue());
        if (files.keySet().stream().noneMatch(n -> n.endsWith(SealPaths.STATEMENT))) {
          continue;
        }
        make(day.getKey(), files, before);
      }
      note(day.getKey(), signature);
      before = day.getKey();
    }
    madeBefore = newest;
  }

  private void note(LocalDate day, Path signature) throws IOException {
    if (store.find(day).isEmpty()) {
      store.made(day, clock.instant());
      if (Files.exists(SealPaths.stamp(signature))) {
        store.stamped(day, Files.getLastModifiedTime(signature).toInstant(), "");
      }
    }
  }

  /** Statements and destruction records that are signed, by name. */
  private static SortedMap<String, Path> files(Path day) throws IOException {
    SortedMap<String, Path> out = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(day)) {
      for (Path file : all) {
        String name = String.valueOf(file.getFileName());
        boolean counts =
            SealPaths.numberOf(name, SealPaths.STATEMENT) > 0
                || SealPaths.numberOf(name, SealPaths.DESTRUCTION) > 0;
        if (counts && Files.exists(SealPaths.signature(file))) {
          out.put(name, file);
        }
      }
    }
    return out;
  }

  private void make(LocalDate day, SortedMap<String, Path> files, @Nullable LocalDate before)
      throws IOException {
    NavigableMap<Long, String> numbers = new TreeMap<>();
    SortedMap<String, String> digests = new TreeMap<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      digests.put(file.getKey(), Ledger.digest(Ledger.read(file.getValue())));
      long number = SealPaths.numberOf(file.getKey(), SealPaths.STATEMENT);
      if (number > 0) {
        numbers.put(number, file.getKey());
      }
    }
    String previous = before == null ? "-" : SealPaths.name(before);
    Instant made = clock.instant().truncatedTo(ChronoUnit.MICROS);
    String text =
        "emanet-day 1\nday "
            + day
            + "\nzone "
            + paths.zone()
            + "\nmade "
            + Checkpoint.time(made)
            + "\ncheckpoints "
            + numbers.firstKey()
            + ' '
            + numbers.lastKey()
            + "\nprevious "
            + previous
            + "\nend\n";
    byte[] dayText = text.getBytes(StandardCharsets.US_ASCII);
    digests.put("day.txt", Ledger.digest(dayText));
    if (before != null) {
      digests.put(
          "../../../" + previous + "/root.sha256",
          Ledger.digest(Ledger.read(paths.dayRoot(before))));
    }
    StringBuilder root = new StringBuilder();
    digests.forEach((name, sha) -> root.append(sha).append("  ").append(name).append('\n'));
    byte[] rootText = root.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] signature = signer.signRoot(rootText);
    durable.write(paths.of(day).resolve("day.txt"), dayText);
    durable.write(paths.dayRoot(day), rootText);
    durable.step().accept("seal.before-root-signature");
    durable.write(SealPaths.signature(paths.dayRoot(day)), signature);
    LOG.atInfo()
        .addKeyValue("day", day)
        .addKeyValue("checkpoints", numbers.size())
        .log("Daily root was made");
  }

  /** Has stamped what is due; stops at the first refusal, because the next would fare the same. */
  void stamp() throws IOException {
    Stamper by = stamper;
    if (by == null) {
      return;
    }
    for (RootStore.Day day : store.unstamped(AT_A_TIME)) {
      if (!clock.instant().isBefore(day.nextTry()) && !stamp(day, by)) {
        return;
      }
    }
  }

  private boolean stamp(RootStore.Day day, Stamper by) throws IOException {
    Path file = SealPaths.signature(paths.dayRoot(day.day()));
    byte[] signature = Ledger.read(file);
    if (!by.isInside(signature)) {
      switch (by.inside(signature)) {
        case Stamper.Result.Refused(String reason) -> {
          return refused(day, reason);
        }
        case Stamper.Result.Stamped stamped -> {
          signature = stamped.file();
          durable.write(file, signature);
        }
      }
    }
    durable.step().accept("seal.stamped-inside");
    return switch (by.beside(signature)) {
      case Stamper.Result.Refused(String reason) -> refused(day, reason);
      case Stamper.Result.Stamped stamped -> {
        durable.write(SealPaths.stamp(file), stamped.file());
        store.stamped(day.day(), stamped.time(), stamped.authority());
        LOG.atInfo()
            .addKeyValue("day", day.day())
            .addKeyValue("authority", stamped.authority())
            .log("Daily root was stamped");
        yield true;
      }
    };
  }

  private boolean refused(RootStore.Day day, String reason) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(10, day.tries()));
    Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    store.refused(day.day(), reason, clock.instant().plus(bounded));
    LOG.atWarn()
        .addKeyValue("day", day.day())
        .addKeyValue("reason", reason)
        .addKeyValue("again", bounded)
        .log("Daily root is not stamped");
    return false;
  }
}
