package tr.emanet.backup.seal;

import java.util.List;

/**
 * What a check against the seals says.
 *
 * @param head the newest seal that counts
 * @param objects stored files that the seals name
 * @param bytesRead stored bytes whose digest was compared
 */
public record SealReport(SealHead head, int objects, long bytesRead, List<SealFinding> findings) {

  public SealReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong; notes do not count. */
  public boolean sound() {
    return findings.stream().allMatch(SealFinding::isNote);
  }
}
