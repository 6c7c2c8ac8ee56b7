package tr.emanet.backup.recover;

import java.util.Locale;

/** How far a request to restore is. */
public enum RestoreState {
  /** Snapshot and scope are chosen, the target is not. */
  DRAFT,
  /** It is being looked what it would do. */
  PREVIEWING,
  /** The preview is there; nobody has asked for it yet. */
  PREVIEWED,
  /** It waits for another administrator. */
  ASKED,
  /** It will begin as soon as it can. */
  QUEUED,
  RUNNING,
  PAUSED,
  DONE,
  FAILED,
  /** A person ended it. */
  STOPPED,
  /** An administrator said no. */
  REFUSED,
  /** Nobody answered in time. */
  EXPIRED;

  /** The name in store, API and text keys. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RestoreState ofId(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /** Whether it will not change any more. */
  public boolean ended() {
    return switch (this) {
      case DRAFT, PREVIEWING, PREVIEWED, ASKED, QUEUED, RUNNING, PAUSED -> false;
      case DONE, FAILED, STOPPED, REFUSED, EXPIRED -> true;
    };
  }

  /** Whether what is asked for may still be changed. */
  public boolean open() {
    return this == DRAFT || this == PREVIEWING || this == PREVIEWED;
  }

  /** Whether it writes, or has begun to and will go on. */
  public boolean underWay() {
    return this == QUEUED || this == RUNNING || this == PAUSED;
  }
}
