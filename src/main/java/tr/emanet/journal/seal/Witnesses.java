package tr.emanet.journal.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands every checkpoint to every witness, in order, and again until it is there. A new witness
 * begins with the newest. One thread only, but for {@link #status}.
 */
final class Witnesses {

  private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);
  private static final int AT_A_TIME = 500;
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(10);
  private static final int DOUBLINGS = 6;

  /** When a witness that failed is asked again; in memory, so that a start asks at once. */
  private record Pause(long until, int failures) {}

  private final List<Witness> all;
  private final WitnessStore store;
  private final SealStore seals;
  private final SealPaths paths;
  private final LongSupplier nanoTime;
  private final Map<String, Pause> pauses = new HashMap<>();

  Witnesses(
      List<Witness> all,
      WitnessStore store,
      SealStore seals,
      SealPaths paths,
      LongSupplier nanoTime) {
    this.all = List.copyOf(all);
    this.store = store;
    this.seals = seals;
    this.paths = paths;
    this.nanoTime = nanoTime;
  }

  /** Hands over what is missing; a witness that fails does not hold up the others. */
  void hand() {
    long newest = seals.last().number();
    for (Witness witness : all) {
      Pause pause = pauses.get(witness.name());
      if (pause == null || nanoTime.getAsLong() - pause.until() >= 0) {
        hand(witness, newest);
      }
    }
  }

  private void hand(Witness witness, long newest) {
    WitnessStore.Row row =
        store.find(witness.name()).orElse(new WitnessStore.Row(Math.max(0, newest - 1), 0, ""));
    long upTo = Math.min(newest, row.delivered() + AT_A_TIME);
    for (long number = row.delivered() + 1; number <= upTo; number++) {
      try {
        Optional<Witness.Entry> entry = entry(number);
        if (entry.isPresent()) {
          witness.hand(entry.get());
        }
        row = new WitnessStore.Row(number, row.failures(), "");
        store.put(witness.name(), row);
        pauses.remove(witness.name());
      } catch (IOException e) {
        failed(witness, number, row, e);
        return;
      }
    }
  }

  private void failed(Witness witness, long number, WitnessStore.Row row, IOException e) {
    String problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    store.put(witness.name(), new WitnessStore.Row(row.delivered(), row.failures() + 1, problem));
    Pause before = pauses.get(witness.name());
    int failures = before == null ? 0 : before.failures() + 1;
    long pause = FIRST_PAUSE << Math.min(DOUBLINGS, failures);
    pauses.put(witness.name(), new Pause(nanoTime.getAsLong() + pause, failures));
    if (!problem.equals(row.problem())) {
      LOG.atWarn()
          .addKeyValue("witness", witness.name())
          .addKeyValue("number", number)
          .addKeyValue("problem", problem)
          .log("A witness did not take a checkpoint; it is tried again");
    }
  }

  private Optional<Witness.Entry> entry(long number) throws IOException {
    Optional<LocalDate> day = seals.day(number);
    if (day.isEmpty()) {
      return Optional.empty();
    }
    Path file = paths.checkpoint(day.get(), number);
    byte[] statement = Ledger.read(file);
    byte[] signature = Ledger.read(SealPaths.signature(file));
    try {
      Checkpoint checkpoint = Checkpoint.parse(statement);
      return Optional.of(
          new Witness.Entry(
              number, checkpoint.time(), Ledger.digest(statement), statement, signature));
    } catch (IllegalArgumentException e) {
      throw new IOException("checkpoint " + file + " is not legible", e);
    }
  }

  List<SealReport.WitnessStatus> status() {
    long newest = seals.last().number();
    List<SealReport.WitnessStatus> out = new ArrayList<>();
    for (Witness witness : all) {
      Optional<WitnessStore.Row> row = store.find(witness.name());
      long delivered = row.map(WitnessStore.Row::delivered).orElse(0L);
      out.add(
          new SealReport.WitnessStatus(
              witness.name(),
              delivered,
              row.isPresent() ? Math.max(0, newest - delivered) : 0,
              row.map(WitnessStore.Row::failures).orElse(0L),
              row.map(WitnessStore.Row::problem).orElse("")));
    }
    return out;
  }
}
