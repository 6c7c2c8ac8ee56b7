package tr.emanet.archive;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tr.emanet.access.LocalToken;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;

/**
 * What an archive holds beside seals and certificates. The lines are not masked, and the audit
 * record tells what everybody did: who may read only one of them exports only that one.
 */
public enum ArchiveContent {
  /** Lines and audit record; needs both roles. */
  WHOLE("whole", ""),
  /** Lines without the audit record, whose end the checkpoints still name: for analysts. */
  LOGS("logs", "audit"),
  /** Audit record, checkpoints, roots and stamps without a single line: for auditors. */
  PROOF("proof", "journal");

  private final String id;
  private final String leftOut;

  ArchiveContent(String id, String leftOut) {
    this.id = id;
    this.leftOut = leftOut;
  }

  /** The name in API and command line. */
  public String id() {
    return id;
  }

  /** The word of {@code archive.txt}; empty when nothing is left out. */
  String leftOut() {
    return leftOut;
  }

  boolean lines() {
    return this != PROOF;
  }

  boolean audit() {
    return this != LOGS;
  }

  static Optional<ArchiveContent> of(String id) {
    return Stream.of(values()).filter(c -> c.id.equals(id)).findFirst();
  }

  /**
   * What a person may export, the most first. The command line owns the state directory and may
   * have it all; an administrator reads neither lines in clear nor the audit record.
   */
  public static List<ArchiveContent> allowed(Principal who) {
    boolean local = LocalToken.isLocal(who);
    boolean lines = local || who.has(Role.ANALYST);
    boolean audit = local || who.has(Role.AUDITOR);
    return Stream.of(values()).filter(c -> (lines || !c.lines()) && (audit || !c.audit())).toList();
  }
}
