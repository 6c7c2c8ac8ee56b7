package tr.emanet.backup.seal;

import java.util.Locale;

/** What a snapshot is worth. */
public enum SnapshotState {
  /** Everything that was asked for was read. */
  COMPLETE,
  /** Something could not be read; the seal says how much. */
  INCOMPLETE,
  /** A guard has doubts about the source. */
  SUSPICIOUS;

  /** As it stands in a seal. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
