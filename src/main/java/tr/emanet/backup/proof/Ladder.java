package tr.emanet.backup.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.restic.CheckProgress;
import tr.emanet.backup.restic.CheckRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.seal.SealFinding;
import tr.emanet.backup.seal.SealHead;
import tr.emanet.backup.seal.SealReport;
import tr.emanet.backup.seal.SealTrust;

/** Climbs one rung: checks a repository that is open and locked by the caller. */
public final class Ladder {

  /** The most findings that are kept word for word; the count counts all. */
  static final int KEPT = 200;

  private Ladder() {}

  /**
   * Whose seals count, and what was the newest of them at the last look.
   *
   * @param expected the head seen then; null when nothing was seen yet
   */
  public record Sealed(BackupSeals seals, SealTrust trust, @Nullable SealHead expected) {}

  /**
   * What a rung saw.
   *
   * @param objects stored objects, or files of the sample, that were looked at
   * @param bytes stored bytes that were read and hashed
   * @param findings what is wrong: the object, a colon, what; the first of them
   * @param count all findings
   * @param head the newest seal, null when the rung does not look at seals
   */
  public record Found(
      long objects, long bytes, List<String> findings, int count, @Nullable SealHead head) {

    public Found {
      count = Math.max(count, findings.size());
      findings = List.copyOf(findings.subList(0, Math.min(KEPT, findings.size())));
    }

    /** Whether nothing is wrong. */
    public boolean sound() {
      return count == 0;
    }
  }

  /**
   * Checks.
   *
   * @throws IOException when the repository cannot be read at all; damage is in the result
   */
  public static Found climb(
      Repository repository, Rung rung, Sealed sealed, Random random, ProofWatch watch)
      throws IOException {
    return switch (rung) {
      case SEAL -> seal(repository, sealed);
      case INDEX -> check(repository, false, watch);
      case FULL -> check(repository, true, watch);
      case SAMPLE -> {
        List<String> findings = new ArrayList<>();
        Sample sample = new Sample(repository, random, watch, findings);
        sample.run();
        yield new Found(sample.objects(), sample.bytes(), findings, 0, null);
      }
    };
  }

  /** Passes on what a check tells. */
  private record Told(ProofWatch watch) implements CheckProgress {

    @Override
    public void at(Step step, long done, long total, String current) {
      watch.step(step, done, total, current);
    }

    @Override
    public boolean stopped() {
      return watch.stopped();
    }
  }

  private static Found seal(Repository repository, Sealed sealed) throws IOException {
    SealReport report = sealed.seals().verify(repository, sealed.trust(), false, sealed.expected());
    List<String> findings =
        report.findings().stream().filter(finding -> !finding.isNote()).map(Ladder::words).toList();
    return new Found(report.objects(), report.bytesRead(), findings, 0, report.head());
  }

  private static String words(SealFinding finding) {
    return finding.object() + ": " + finding.text();
  }

  private static Found check(Repository repository, boolean readData, ProofWatch watch)
      throws IOException {
    CheckRun.Report report = CheckRun.run(repository, readData, new Told(watch));
    List<String> findings =
        report.problems().stream().map(p -> p.object() + ": " + p.what()).toList();
    return new Found(
        (long) report.packs() + report.trees() + report.snapshots(),
        report.bytesRead(),
        findings,
        0,
        null);
  }
}
