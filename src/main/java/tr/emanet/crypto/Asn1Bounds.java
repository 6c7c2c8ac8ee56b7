package tr.emanet.crypto;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds of BER that comes from outside (X.690 section 8.1), checked before a recursive parser sees
 * it: whole, nothing behind it, not deep, not many elements. Loops, never recurses.
 */
public final class Asn1Bounds {

  private static final int MAX_DEPTH = 48;
  private static final int MAX_ELEMENTS = 200_000;
  private static final int INDEFINITE = -1;

  private final byte[] bytes;
  private int at;

  private Asn1Bounds(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Checks one element that must fill the array exactly.
   *
   * @param what names the object in the message
   * @throws IOException when it is empty, too large, cut off, too deep or followed by other bytes
   */
  public static void check(byte[] bytes, int maxBytes, String what) throws IOException {
    if (bytes.length == 0) {
      throw new IOException(what + " is empty");
    }
    if (bytes.length > maxBytes) {
      throw new IOException(what + " is larger than " + maxBytes + " bytes");
    }
    if ((bytes[0] & 0xff) != 0x30) {
      throw new IOException(what + " is no DER: it does not begin with a SEQUENCE");
    }
    try {
      new Asn1Bounds(bytes).walk();
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IOException(what + " is cut off", e);
    } catch (IOException e) {
      throw new IOException(what + " is malformed: " + e.getMessage(), e);
    }
  }

  private void walk() throws IOException {
    Deque<Integer> ends = new ArrayDeque<>();
    int elements = 0;
    do {
      if (++elements > MAX_ELEMENTS) {
        throw new IOException("more than " + MAX_ELEMENTS + " elements");
      }
      boolean closing = bytes[at] == 0 && bytes[at + 1] == 0 && isIndefinite(ends);
      if (closing) {
        at += 2;
        ends.pop();
      } else {
        boolean constructed = (bytes[at] & 0x20) != 0;
        skipTag();
        int length = length(constructed);
        int limit = ends.isEmpty() || isIndefinite(ends) ? bytes.length : ends.element();
        if (length != INDEFINITE && length > limit - at) {
          throw new IOException("an element is longer than what holds it");
        }
        if (!constructed) {
          at += length;
        } else if (ends.size() >= MAX_DEPTH) {
          throw new IOException("deeper than " + MAX_DEPTH + " levels");
        } else {
          ends.push(length == INDEFINITE ? INDEFINITE : at + length);
        }
      }
      while (!ends.isEmpty() && ends.element() == at) {
        ends.pop();
      }
    } while (!ends.isEmpty());
    if (at != bytes.length) {
      throw new IOException("bytes follow its end");
    }
  }

  private static boolean isIndefinite(Deque<Integer> ends) {
    return !ends.isEmpty() && ends.element() == INDEFINITE;
  }

  private void skipTag() throws IOException {
    int first = bytes[at++] & 0x1f;
    if (first == 0x1f) {
      int more = 0;
      while ((bytes[at++] & 0x80) != 0) {
        if (++more > 4) {
          throw new IOException("a tag number is too large");
        }
      }
    }
  }

  private int length(boolean constructed) throws IOException {
    int first = bytes[at++] & 0xff;
    if (first < 0x80) {
      return first;
    }
    if (first == 0x80) {
      if (!constructed) {
        throw new IOException("a primitive element has no length");
      }
      return INDEFINITE;
    }
    int count = first & 0x7f;
    if (count > 4) {
      throw new IOException("a length has more than four bytes");
    }
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | bytes[at++] & 0xff;
    }
    if (value > Integer.MAX_VALUE) {
      throw new IOException("a length is out of bounds");
    }
    return (int) value;
  }
}
