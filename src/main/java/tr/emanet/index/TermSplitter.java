package tr.emanet.index;

import tr.emanet.event.Folding;

/**
 * Cuts a line into folded terms, the same way for documents and for query text.
 *
 * <p>A term is a run of letters and digits (combining marks belong to it); everything else
 * separates. IPv4 addresses stay whole, because their octets alone would find nothing, and so do
 * IPv6 and MAC addresses written with colons. Terms are cut at {@link #MAX_TERM_BYTES}.
 *
 * <p>One thread only; allocates nothing.
 */
public final class TermSplitter {

  /** Longest term in bytes; what is longer is found by its beginning. */
  public static final int MAX_TERM_BYTES = 128;

  private static final byte SEPARATOR = 0;
  private static final byte NON_ASCII = -1;

  /** Lower-cased letter or digit, 0 = separator, -1 = look at the code point. */
  private static final byte[] CLASS = new byte[256];

  private static final byte[] HEX = new byte[256];

  static {
    for (int c = 0; c < 256; c++) {
      if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
        CLASS[c] = (byte) c;
      } else if (c >= 'A' && c <= 'Z') {
        CLASS[c] = (byte) (c | 0x20);
      } else if (c >= 0x80) {
        CLASS[c] = NON_ASCII;
      }
      int lower = c | 0x20;
      HEX[c] = (byte) (c >= '0' && c <= '9' || lower >= 'a' && lower <= 'f' ? 1 : 0);
    }
  }

  private byte[] in = new byte[0];
  private int at;
  private int to;
  private int termStart;
  private int termEnd;
  private final byte[] term = new byte[MAX_TERM_BYTES + 16];
  private int length;
  private boolean address;
  private boolean ascii;
  private boolean gap;

  /** Begins a text (UTF-8). */
  public void reset(byte[] utf8, int from, int end) {
    in = utf8;
    at = from;
    to = end;
  }

  /** Moves to the next term; false at the end. */
  public boolean next() {
    byte[] b = in;
    int i = at;
    while (i < to) {
      int c = b[i] & 255;
      byte k = CLASS[c];
      if (k == SEPARATOR) {
        if (c == ':' && i + 1 < to && b[i + 1] == ':') {
          int end = colonGroups(i);
          if (end > i + 2) {
            return take(i, end);
          }
          gap = true;
        }
        i++;
        continue;
      }
      if (k == NON_ASCII) {
        long decoded = Folding.decode(b, i, to);
        if (!wordPart((int) decoded)) {
          i += (int) (decoded >>> 32);
          continue;
        }
      }
      if (word(i)) {
        return true;
      }
      i = at;
    }
    at = i;
    return false;
  }

  /** Folded bytes of the current term, valid until the next call; {@link #length} of them. */
  public byte[] term() {
    return term;
  }

  public int length() {
    return length;
  }

  /** Whether the current term is an IPv4, IPv6 or MAC address that was kept whole. */
  public boolean address() {
    return address;
  }

  /** Whether the current term is of ASCII characters in the text. */
  public boolean ascii() {
    return ascii;
  }

  /** Whether two colons stood alone since this was asked last; they may mean the address zero. */
  public boolean gap() {
    boolean seen = gap;
    gap = false;
    return seen;
  }

  /** Where the current term begins in the text. */
  public int start() {
    return termStart;
  }

  /** Where the current term ends in the text. */
  public int end() {
    return termEnd;
  }

  /** Whether a word ends before this character; marks of print in any script separate. */
  private boolean separates(int i) {
    byte k = CLASS[in[i] & 255];
    return k == SEPARATOR || k == NON_ASCII && !wordPart((int) Folding.decode(in, i, to));
  }

  static boolean wordPart(int codePoint) {
    return Character.isLetterOrDigit(codePoint)
        || Character.getType(codePoint) == Character.NON_SPACING_MARK
        || Character.getType(codePoint) == Character.COMBINING_SPACING_MARK;
  }

  private boolean word(int from) {
    byte[] b = in;
    int o = 0;
    int i = from;
    boolean other = false;
    while (i < to) {
      byte k = CLASS[b[i] & 255];
      if (k > 0) {
        if (o < MAX_TERM_BYTES) {
          term[o++] = k;
        }
        i++;
      } else if (k == NON_ASCII) {
        long decoded = Folding.decode(b, i, to);
        int codePoint = (int) decoded;
        if (!wordPart(codePoint)) {
          break;
        }
        other = true;
        if (o < MAX_TERM_BYTES) {
          int before = o;
          o = Folding.append(codePoint, term, o);
          if (o > MAX_TERM_BYTES) {
            o = before;
          }
        }
        i += (int) (decoded >>> 32);
      } else {
        break;
      }
    }
    if (i < to && i - from <= 4 && (b[i] == '.' || b[i] == ':')) {
      int end = address(from, i);
      if (end > 0) {
        return take(from, end);
      }
    }
    at = i;
    termStart = from;
    termEnd = i;
    length = o;
    address = false;
    ascii = !other;
    return o > 0;
  }

  private boolean take(int from, int end) {
    int o = 0;
    for (int i = from; i < end; i++) {
      byte c = in[i];
      term[o++] = c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : c;
    }
    length = o;
    address = true;
    ascii = true;
    termStart = from;
    termEnd = end;
    at = end;
    return true;
  }

  /** End of an address that begins with the word before a dot or colon, or -1. */
  private int address(int from, int wordEnd) {
    byte[] b = in;
    for (int i = from; i < wordEnd; i++) {
      if (HEX[b[i] & 255] == 0) {
        return -1;
      }
    }
    if (b[wordEnd] == ':') {
      return colonGroups(from);
    }
    return wordEnd - from <= 3 ? ipv4(from) : -1;
  }

  /** End of a dotted quad that begins here and stands alone, or -1. */
  private int ipv4(int from) {
    int i = from;
    for (int part = 0; part < 4; part++) {
      int digits = 0;
      while (i < to && in[i] >= '0' && in[i] <= '9') {
        i++;
        if (++digits > 3) {
          return -1;
        }
      }
      if (digits == 0) {
        return -1;
      }
      if (part < 3) {
        if (i >= to || in[i] != '.') {
          return -1;
        }
        i++;
      }
    }
    if (i < to) {
      if (!separates(i)) {
        return -1;
      }
      if (in[i] == '.' && i + 1 < to && CLASS[in[i + 1] & 255] > 0) {
        return -1;
      }
    }
    return i;
  }

  /** End of an IPv6 or MAC address in colon notation that begins here, or -1. */
  private int colonGroups(int from) {
    int i = from;
    int groups = 0;
    int pairs = 0;
    boolean gap = false;
    while (i < to) {
      int start = i;
      while (i < to && HEX[in[i] & 255] != 0) {
        i++;
        if (i - start > 4) {
          return -1;
        }
      }
      if (i > start) {
        groups++;
        pairs += i - start == 2 ? 1 : 0;
      }
      if (i >= to || in[i] != ':') {
        break;
      }
      if (i + 1 < to && in[i + 1] == ':') {
        if (gap) {
          return -1;
        }
        gap = true;
        i += 2;
      } else if (i + 1 < to && HEX[in[i + 1] & 255] != 0) {
        i++;
      } else {
        break;
      }
      if (groups > 8) {
        return -1;
      }
    }
    if (i < to && !separates(i)) {
      return -1;
    }
    boolean mac = groups == 6 && pairs == 6 && !gap;
    boolean v6 = groups == 8 && !gap || gap && groups >= 1 && groups <= 7;
    return mac || v6 ? i : -1;
  }
}
