package tr.emanet.event;

import java.util.Locale;

/** The fixed roles; a person may hold several, rights add up. */
public enum Role {
  /** Reads and exports events unmasked, acts on alerts. */
  ANALYST,
  /** Reads everything masked plus the audit chain. */
  AUDITOR,
  /** Runs jobs and restores to an empty place; no events. */
  BACKUP_OPERATOR,
  /** Configures, manages users, approves; sees events masked. */
  ADMINISTRATOR;

  /** The name in configuration, API and command line, such as {@code backup-operator}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
