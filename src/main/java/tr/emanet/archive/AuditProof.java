package tr.emanet.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditLog;
import tr.emanet.audit.ChainCheck;

/** Holds the audit record against its chain of hashes and against every checkpoint on disk. */
public final class AuditProof {

  /**
   * What came of it.
   *
   * @param entries in the chain
   * @param head hash of the last one
   * @param checkpoints whose audit head was compared
   * @param findings in English, empty when everything fits
   */
  public record Result(long entries, String head, int checkpoints, List<String> findings) {
    public Result {
      findings = List.copyOf(findings);
    }

    public boolean sound() {
      return findings.isEmpty();
    }
  }

  private static final int MAX_FINDINGS = 100;

  private AuditProof() {}

  static Result of(AuditLog audit, Path seals) throws IOException {
    List<String> findings = new ArrayList<>();
    long entries = 0;
    String head = "0".repeat(64);
    switch (audit.verify()) {
      case ChainCheck.Intact intact -> {
        entries = intact.entries();
        head = intact.head();
      }
      case ChainCheck.Broken broken ->
          findings.add("entry " + broken.sequence() + " is " + words(broken.cause()));
    }
    Map<Long, Sealed.AuditHead> heads = new HashMap<>();
    int checkpoints = 0;
    long most = 0;
    for (Sealed.AuditHead one :
        Sealed.read(seals, LocalDate.MIN, LocalDate.MAX.minusDays(2)).heads()) {
      heads.putIfAbsent(one.entries(), one);
      most = Math.max(most, one.entries());
      checkpoints++;
    }
    compare(audit, heads, most, findings);
    return new Result(entries, head, checkpoints, findings);
  }

  private static void compare(
      AuditLog audit, Map<Long, Sealed.AuditHead> heads, long most, List<String> findings) {
    long at = 0;
    while (at < most && findings.size() < MAX_FINDINGS) {
      List<AuditEntry> step = audit.after(at, AuditLog.MAX_PAGE);
      if (step.isEmpty()) {
        findings.add("entries " + (at + 1) + " to " + most + " are gone: checkpoints know them");
        return;
      }
      for (AuditEntry entry : step) {
        at = entry.sequence();
        Sealed.AuditHead head = heads.get(at);
        if (head != null && !head.hash().equals(entry.hash()) && findings.size() < MAX_FINDINGS) {
          findings.add(
              "entry " + at + " has another hash than checkpoint " + head.checkpoint() + " says");
        }
      }
    }
  }

  private static String words(ChainCheck.Cause cause) {
    return switch (cause) {
      case EDITED -> "edited: its content does not have its hash";
      case MISSING -> "missing";
      case OUT_OF_ORDER -> "out of order: it does not name the hash of the one before";
      case WRONG_HEAD -> "not where the chain ends";
    };
  }
}
