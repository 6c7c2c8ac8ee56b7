package tr.emanet.backup.seal;

import java.util.List;

/** What came of sealing. */
public sealed interface SealOutcome {

  /**
   * A seal is written, durable and signed.
   *
   * @param stamps what could not be time-stamped yet, for people; empty when all days are
   */
  record Sealed(SealHead head, SealKind kind, List<String> stamps) implements SealOutcome {}

  /** There was nothing to seal. */
  record Nothing(SealHead head) implements SealOutcome {}

  /** The chain or the repository is not what it should be; nothing was written. */
  record Refused(List<SealFinding> findings) implements SealOutcome {

    /** The findings as a sentence. */
    public String reason() {
      return findings.stream().limit(5).map(f -> f.object() + " " + f.text()).toList().toString();
    }
  }
}
