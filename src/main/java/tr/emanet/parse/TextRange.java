package tr.emanet.parse;

import tr.emanet.event.RecordFlags;

/**
 * Where the text of a stored line lies and whether it is UTF-8: the one rule for the parser and for
 * everybody who reads lines back. A byte order mark and the line end are no text; a character that
 * a cut of the transport broke is left out. One thread only.
 */
public final class TextRange {

  private int from;
  private int to;

  /** First byte of the text. */
  public int from() {
    return from;
  }

  /** After the last byte of the text. */
  public int to() {
    return to;
  }

  /**
   * Finds the text in {@code [start, end)}.
   *
   * @param flags {@link RecordFlags}
   * @return whether it is UTF-8; else it is in the sender's own charset
   */
  public boolean find(byte[] raw, int start, int end, int flags) {
    from = start;
    to = end;
    if (to - from >= 3
        && raw[from] == (byte) 0xEF
        && raw[from + 1] == (byte) 0xBB
        && raw[from + 2] == (byte) 0xBF) {
      from += 3;
    }
    while (to > from && (raw[to - 1] == '\n' || raw[to - 1] == '\r' || raw[to - 1] == 0)) {
      to--;
    }
    int valid = Utf8.validUpTo(raw, from, to);
    if (valid == to) {
      return true;
    }
    boolean cut = (flags & (RecordFlags.TRUNCATED | RecordFlags.INCOMPLETE)) != 0;
    if (cut && Utf8.cutOff(raw, valid, to)) {
      // Only the cut at the end is to blame: the half character is left out of the text.
      to = valid;
      return true;
    }
    return false;
  }
}
