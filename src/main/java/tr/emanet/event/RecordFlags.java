package tr.emanet.event;

/** Bits kept with a journal record; their values are part of the journal format. */
public final class RecordFlags {

  /** The frame was longer than the listener's limit and was cut. */
  public static final int TRUNCATED = 1;

  /** The transport delivered it a second time; it is kept as evidence but not shown again. */
  public static final int REDELIVERED = 2;

  /** The connection ended in the middle of this frame. */
  public static final int INCOMPLETE = 4;

  private RecordFlags() {}
}
