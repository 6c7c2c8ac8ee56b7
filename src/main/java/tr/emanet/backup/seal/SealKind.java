package tr.emanet.backup.seal;

import java.util.Locale;

/** What made a seal necessary. */
public enum SealKind {
  /** A run made a snapshot. */
  BACKUP,
  /** Snapshots or what nobody uses any more were removed. */
  PRUNE,
  /** Somebody approved what another tool has changed. */
  ADOPT,
  /** A run was cut between its snapshot and its seal. */
  RECOVER;

  /** As it stands in a seal. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
