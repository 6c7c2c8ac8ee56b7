package tr.emanet.indicator.match;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.IpAddress;
import tr.emanet.indicator.value.ValueReader;

/** Looks up one observed address, name or hash in the set of this event. One thread only. */
final class Lookups {

  static final int LONGEST_NAME = 253;

  /** Names in other scripts are converted with the JDK's IDN, which allocates: so many an event. */
  private static final int MOST_CONVERSIONS = 16;

  private static final byte[] LOWER = new byte[128];

  static {
    for (int c = 0; c < 128; c++) {
      LOWER[c] = (byte) (c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
  }

  final Hits hits = new Hits();
  private IndicatorSet set = IndicatorSet.EMPTY;
  private int conversions;
  private final byte[] name = new byte[LONGEST_NAME];
  private final byte[] address = new byte[16];
  private final byte[] network = new byte[17];
  private final byte[] digest = new byte[32];

  void begin(IndicatorSet current, HitSink sink, long atMillis) {
    set = current;
    conversions = 0;
    hits.begin(current, sink, atMillis);
  }

  IndicatorSet set() {
    return set;
  }

  static int lower(int ascii) {
    return LOWER[ascii];
  }

  /** Whether {@code b[from, to)} is an address in text; looks it up if so. */
  boolean addressText(byte[] b, int from, int to) {
    if (!IpAddress.parse(b, from, to, address, 0)) {
      return false;
    }
    address(address, 0);
    return true;
  }

  /** Looks up the 16 bytes at {@code at}. */
  void address(byte[] bytes, int at) {
    IndicatorSet s = set;
    int[] prefixes = IpAddress.isV4(bytes, at) ? s.prefixesV4 : s.prefixesV6;
    if (prefixes.length == 0) {
      return;
    }
    long high = (long) IndicatorSet.LONG.get(bytes, at);
    long low = (long) IndicatorSet.LONG.get(bytes, at + 8);
    for (int prefix : prefixes) {
      long h = prefix >= 64 ? high : prefix == 0 ? 0 : high & -1L << 64 - prefix;
      long l = prefix == 128 ? low : prefix <= 64 ? 0 : low & -1L << 128 - prefix;
      IndicatorSet.LONG.set(network, 0, h);
      IndicatorSet.LONG.set(network, 8, l);
      network[16] = (byte) prefix;
      hits.add(s.networks.find(s.hashing.network(h, l, prefix), network, 0, 17));
    }
  }

  /** A host that may be an address, in brackets or not, or a name. */
  void host(byte[] b, int from, int to) {
    int start = from;
    int end = to;
    if (end - start > 2 && b[start] == '[' && b[end - 1] == ']') {
      start++;
      end--;
    }
    if (end <= start) {
      return;
    }
    int last = b[end - 1] == '.' && end - start > 1 ? b[end - 2] : b[end - 1];
    if (last >= '0' && last <= '9' || contains(b, start, Math.min(end, start + 5), ':')) {
      addressText(b, start, b[end - 1] == '.' ? end - 1 : end);
    } else {
      name(b, start, end);
    }
  }

  private static boolean contains(byte[] b, int from, int to, int c) {
    for (int i = from; i < to; i++) {
      if (b[i] == c) {
        return true;
      }
    }
    return false;
  }

  /** A host name in any case; its suffixes are looked up from the shortest to the whole. */
  void name(byte[] b, int from, int to) {
    IndicatorSet s = set;
    if (s.names.size() == 0) {
      return;
    }
    int end = to > from && b[to - 1] == '.' ? to - 1 : to;
    int low = Math.max(from, end - LONGEST_NAME);
    long hash = s.hashing.factor();
    int labels = 1;
    for (int i = end - 1; i >= low; i--) {
      int c = b[i];
      if (c < 0) {
        byte[] ascii = ascii(b, from, to);
        if (ascii != null) {
          name(ascii, 0, ascii.length);
        }
        return;
      }
      if (c == '.') {
        if (labels > 1) {
          hits.add(s.names.find(Hashing.end(hash), name, i + 1 - low, end - low));
        }
        labels++;
      }
      c = LOWER[c];
      name[i - low] = (byte) c;
      hash = s.hashing.step(hash, c);
    }
    if (low == from && labels > 1) {
      long whole = Hashing.end(hash);
      hits.add(s.names.find(whole, name, 0, end - low));
      if (s.bareNames.size() > 0) {
        hits.addWeak(s.bareNames.find(whole, name, 0, end - low));
      }
    }
  }

  /** A host name of another script in punycode, or null. Allocates, so it is bounded an event. */
  byte @Nullable [] ascii(byte[] b, int from, int to) {
    if (to - from > 3 * LONGEST_NAME || conversions >= MOST_CONVERSIONS) {
      return null;
    }
    conversions++;
    String text = new String(b, from, to - from, StandardCharsets.UTF_8);
    String ascii = ValueReader.asciiHost(text);
    return ascii == null ? null : ascii.getBytes(StandardCharsets.US_ASCII);
  }

  /** A file hash in hexadecimal digits; anything else is ignored. */
  void fileHash(byte[] b, int from, int to) {
    IndicatorSet s = set;
    int length = to - from;
    if (s.hashes.size() == 0 || length != 32 && length != 40 && length != 64) {
      return;
    }
    for (int i = 0; i < length; i += 2) {
      int high = hex(b[from + i]);
      int low = hex(b[from + i + 1]);
      if (high < 0 || low < 0) {
        return;
      }
      digest[i >> 1] = (byte) (high << 4 | low);
    }
    int bytes = length / 2;
    long hash = s.hashing.fromLeft(s.hashing.factor(), digest, 0, bytes);
    hits.add(s.hashes.find(Hashing.end(hash), digest, 0, bytes));
  }

  static int hex(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int l = c | 0x20;
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
  }
}
