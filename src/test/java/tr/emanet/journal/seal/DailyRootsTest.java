package tr.emanet.journal.seal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.store.StoreException;

class DailyRootsTest {

  private static final LocalDate FIRST = LocalDate.of(2026, 11, 22);

  @TempDir Path state;

  /** An authority that can be switched off. */
  private static final class Authority implements Stamper {
    @Nullable String refusal;
    int asked;

    @Override
    public String authority() {
      return "test authority";
    }

    @Override
    public boolean isInside(byte[] signature) {
      return signature[signature.length - 1] == '!';
    }

    @Override
    public Result inside(byte[] signature) {
      byte[] stamped = Arrays.copyOf(signature, signature.length + 1);
      stamped[signature.length] = '!';
      return answer(stamped);
    }

    @Override
    public Result beside(byte[] file) {
      return answer(("stamp over " + Ledger.digest(file)).getBytes(StandardCharsets.US_ASCII));
    }

    private Result answer(byte[] bytes) {
      asked++;
      return refusal == null
          ? new Result.Stamped(bytes, Instant.EPOCH, authority())
          : new Result.Refused(refusal);
    }

    @Override
    public String credits() {
      return "";
    }
  }

  private static DailyRoots roots(SealRig rig, @Nullable Stamper stamper) {
    return new DailyRoots(
        rig.paths(),
        new RootStore(rig.database),
        SealRig.SIGNER,
        new Durable(rig.paths().root(), name -> rig.step.accept(name)),
        stamper,
        rig::now);
  }

  /** Checkpoints every hour until the third day has begun. */
  private static void passTwoDays(SealRig rig) throws IOException {
    for (int i = 0; i < 28; i++) {
      rig.sealer().step(Checkpoint.Cause.ASKED);
      rig.pass(Duration.ofHours(1));
    }
    rig.pass(Duration.ofHours(8));
    rig.sealer().step(Checkpoint.Cause.ASKED);
  }

  @Test
  void coversADayWithEverythingItNames() throws IOException, StoreException {
    try (SealRig rig = new SealRig(state)) {
      passTwoDays(rig);
      DailyRoots roots = roots(rig, null);

      roots.make(rig.store().last().day());

      List<Integer> lines = new ArrayList<>();
      for (LocalDate day : List.of(FIRST, FIRST.plusDays(1))) {
        Path root = rig.paths().dayRoot(day);
        assertThat(SealPaths.signature(root)).content().startsWith("signed root ");
        List<String> names = new ArrayList<>();
        for (String line : Files.readAllLines(root)) {
          String[] part = line.split("  ", 2);
          names.add(part[1]);
          Path file = requireNonNull(root.getParent()).resolve(part[1]);
          assertThat(Ledger.digest(Files.readAllBytes(file))).isEqualTo(part[0]);
        }
        assertThat(names).isSorted().contains("day.txt");
        lines.add(names.size());
      }
      assertThat(lines).containsExactly(3 + 1, 24 + 1 + 1);
      assertThat(rig.paths().of(FIRST).resolve("day.txt"))
          .content()
          .isEqualTo(
              """
              emanet-day 1
              day 2026-11-22
              zone Europe/Istanbul
              made 2026-11-24T06:00:00.000000Z
              checkpoints 1 3
              previous -
              end
              """);
      assertThat(rig.paths().of(FIRST.plusDays(1)).resolve("day.txt"))
          .content()
          .contains("checkpoints 4 27\nprevious 2026/11/22\n");
      assertThat(rig.paths().of(FIRST.plusDays(2)).resolve("day.txt")).doesNotExist();
      assertThat(new RootStore(rig.database).countUnstamped()).isEqualTo(2);
    }
  }

  @Test
  void triesAgainLaterAndSaysWhyADayIsNotStamped() throws IOException, StoreException {
    try (SealRig rig = new SealRig(state)) {
      passTwoDays(rig);
      Authority authority = new Authority();
      authority.refusal = "no credits";
      DailyRoots roots = roots(rig, authority);
      roots.make(rig.store().last().day());

      roots.stamp();
      roots.stamp();

      RootStore store = new RootStore(rig.database);
      assertThat(authority.asked).isEqualTo(2);
      assertThat(store.unstamped(9)).hasSize(2).allMatch(d -> d.problem().equals("no credits"));
      assertThat(SealPaths.stamp(SealPaths.signature(rig.paths().dayRoot(FIRST)))).doesNotExist();
      authority.refusal = null;
      roots.stamp();
      assertThat(store.unstamped(9)).hasSize(2);
      rig.pass(Duration.ofMinutes(2));
      roots.stamp();
      assertThat(store.unstamped(9)).isEmpty();
      Path signature = SealPaths.signature(rig.paths().dayRoot(FIRST));
      assertThat(SealPaths.stamp(signature))
          .content()
          .isEqualTo("stamp over " + Ledger.digest(Files.readAllBytes(signature)));
      assertThat(signature).content().endsWith("!");
    }
  }

  /** Makes a checkpoint and the roots that are due then; says which day it lies in. */
  private static LocalDate checkpoint(SealRig rig, DailyRoots roots) throws IOException {
    rig.sealer().step(Checkpoint.Cause.ASKED);
    LocalDate day = rig.store().last().day();
    roots.make(day);
    return day;
  }

  /** The clock is set; the machine's own count goes on. */
  private static void set(SealRig rig, Duration by) {
    rig.micros.addAndGet(by.toNanos() / 1000);
  }

  /** Every checkpoint but those of the newest day is named in the root of the day it lies in. */
  private static void coversAll(SealRig rig) throws IOException {
    LocalDate newest = rig.store().last().day();
    long covered = 0;
    for (LocalDate day : Ledger.days(rig.paths().root()).headMap(newest, false).keySet()) {
      List<String> names =
          Files.readAllLines(rig.paths().dayRoot(day)).stream()
              .map(line -> line.substring(66))
              .toList();
      try (var files = Files.list(rig.paths().of(day))) {
        List<String> there =
            files
                .map(file -> String.valueOf(file.getFileName()))
                .filter(name -> name.endsWith(SealPaths.STATEMENT))
                .toList();
        assertThat(names).containsAll(there);
        covered += there.size();
      }
    }
    try (var files = Files.list(rig.paths().of(newest))) {
      long open = files.filter(file -> String.valueOf(file).endsWith(SealPaths.STATEMENT)).count();
      assertThat(covered + open).isEqualTo(rig.store().last().number());
    }
  }

  @Test
  void coversWhatAClockSetBackIntoADayWithARootSeals() throws IOException, StoreException {
    try (SealRig rig = new SealRig(state)) {
      DailyRoots roots = roots(rig, null);
      assertThat(checkpoint(rig, roots)).isEqualTo(FIRST);
      rig.pass(Duration.ofHours(4));
      assertThat(checkpoint(rig, roots)).isEqualTo(FIRST.plusDays(1));
      assertThat(rig.paths().dayRoot(FIRST)).exists();

      set(rig, Duration.ofHours(-4));
      assertThat(checkpoint(rig, roots)).isEqualTo(FIRST.plusDays(1));
      rig.crash();
      rig.pass(Duration.ofHours(5));
      assertThat(checkpoint(rig, roots)).isEqualTo(FIRST.plusDays(1));
      rig.pass(Duration.ofDays(1));
      assertThat(checkpoint(rig, roots)).isEqualTo(FIRST.plusDays(2));

      assertThat(rig.paths().of(FIRST.plusDays(1)).resolve("day.txt"))
          .content()
          .contains("checkpoints 2 4\nprevious 2026/11/22\n");
      coversAll(rig);
    }
  }

  @Test
  void goesOnToMakeRootsAfterTheClockWasYearsAheadForAnHour() throws IOException, StoreException {
    try (SealRig rig = new SealRig(state)) {
      DailyRoots roots = roots(rig, null);
      checkpoint(rig, roots);
      set(rig, Duration.ofDays(1000));
      LocalDate ahead = checkpoint(rig, roots);
      assertThat(ahead).isEqualTo(FIRST.plusDays(1000));
      rig.pass(Duration.ofHours(1));
      set(rig, Duration.ofDays(-1000));

      assertThat(checkpoint(rig, roots)).isEqualTo(ahead);
      rig.pass(Duration.ofDays(1));
      assertThat(checkpoint(rig, roots)).isEqualTo(ahead.plusDays(1));
      rig.pass(Duration.ofDays(1));
      assertThat(checkpoint(rig, roots)).isEqualTo(ahead.plusDays(2));

      assertThat(rig.paths().dayRoot(ahead)).exists();
      assertThat(rig.paths().dayRoot(ahead.plusDays(1))).exists();
      coversAll(rig);
    }
  }

  @Test
  void isWholeAfterFailingAtAnyStep() throws IOException, StoreException {
    for (int k = 1; k < 40; k++) {
      try (SealRig rig = new SealRig(Files.createDirectory(state.resolve("run" + k)))) {
        rig.sealer().step(null);
        rig.pass(Duration.ofDays(1));
        rig.sealer().step(Checkpoint.Cause.ASKED);
        int[] left = {k};
        rig.step =
            name -> {
              if (--left[0] == 0) {
                throw new java.io.UncheckedIOException(new IOException("fails at " + name));
              }
            };
        try {
          DailyRoots roots = roots(rig, new Authority());
          roots.make(rig.store().last().day());
          roots.stamp();
        } catch (java.io.UncheckedIOException e) {
          assertThat(e.getMessage()).contains("fails at");
        }
        DailyRoots again = roots(rig, new Authority());
        again.make(rig.store().last().day());
        again.stamp();

        Path signature = SealPaths.signature(rig.paths().dayRoot(FIRST));
        assertThat(signature).content().endsWith("!").doesNotContain("!!");
        assertThat(SealPaths.stamp(signature))
            .content()
            .isEqualTo("stamp over " + Ledger.digest(Files.readAllBytes(signature)));
        assertThat(new RootStore(rig.database).unstamped(9)).isEmpty();
        if (left[0] > 0) {
          assertThat(k).isGreaterThan(5);
          return;
        }
      }
    }
  }
}
