package tr.emanet.indicator.match;

import java.nio.charset.StandardCharsets;
import tr.emanet.event.IpAddress;

/**
 * Looks up observed URLs: the host as name or address, then host and path as URL. Brings the path
 * into the normal form of {@link tr.emanet.indicator.value.CanonicalValue} in a buffer of its own.
 * One thread only.
 */
final class UrlLookup {

  private static final int LONGEST = 2048;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  private static final byte PLAIN = 1;
  private static final byte IN_QUERY = 2;
  private static final byte UNRESERVED = 4;
  private static final byte[] KIND = new byte[256];

  static {
    for (int c = 0; c < 128; c++) {
      boolean word = c >= '0' && c <= '9' || (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (word || c == '-' || c == '.' || c == '_' || c == '~') {
        KIND[c] = PLAIN | IN_QUERY | UNRESERVED;
      } else if ("/:@,+=".indexOf(c) >= 0) {
        KIND[c] = PLAIN | IN_QUERY;
      } else if (c == '&' || c == '?') {
        KIND[c] = IN_QUERY;
      }
    }
  }

  private final Lookups lookups;
  private final byte[] url = new byte[LONGEST + 8];
  private final byte[] address = new byte[16];
  private int used;

  UrlLookup(Lookups lookups) {
    this.lookups = lookups;
  }

  /** {@code [scheme:][//][user@]host[:port][/path][?query]}: looks up host and URL. */
  void url(byte[] b, int from, int to) {
    int authority = authority(b, from, to);
    int end = authority;
    int host = authority;
    while (end < to && b[end] != '/' && b[end] != '?' && b[end] != '#') {
      if (b[end] == '@') {
        host = end + 1;
      }
      end++;
    }
    int hostEnd = hostEnd(b, host, end);
    lookups.host(b, host, hostEnd);
    int port = hostEnd < end ? port(b, hostEnd + 1, end) : 0;
    if (port >= 0) {
      located(b, host, hostEnd, port, b, end, to);
    }
  }

  /** {@code host[:port][/path][?query]} in {@code [from, to)}: looks up only the URL. */
  void path(byte[] b, int from, int hostEnd, int to) {
    int end = hostEnd;
    while (end < to && b[end] != '/' && b[end] != '?') {
      end++;
    }
    int port = hostEnd < end ? port(b, hostEnd + 1, end) : 0;
    if (port >= 0) {
      located(b, from, hostEnd, port, b, end, to);
    }
  }

  /** The index after {@code scheme://} or {@code //}, else {@code from}. */
  private static int authority(byte[] b, int from, int to) {
    int i = from;
    while (i < to && i < from + 12 && ((b[i] | 0x20) >= 'a' && (b[i] | 0x20) <= 'z')) {
      i++;
    }
    if (i > from && i + 2 < to && b[i] == ':' && b[i + 1] == '/' && b[i + 2] == '/') {
      return i + 3;
    }
    return to - from > 2 && b[from] == '/' && b[from + 1] == '/' ? from + 2 : from;
  }

  /** The index of the colon before the port, or the end. */
  private static int hostEnd(byte[] b, int from, int to) {
    int i = from;
    if (i < to && b[i] == '[') {
      while (i < to && b[i] != ']') {
        i++;
      }
    }
    while (i < to && b[i] != ':') {
      i++;
    }
    return i;
  }

  /** 0 when empty, -1 when it is no port. */
  private static int port(byte[] b, int from, int to) {
    if (to - from > 5) {
      return -1;
    }
    int port = 0;
    for (int i = from; i < to; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return -1;
      }
      port = port * 10 + b[i] - '0';
    }
    return port > 65535 ? -1 : port;
  }

  /**
   * Looks up host and path as a URL, without its query and with it.
   *
   * @param port 0, 80 and 443 mean none
   * @param path holds path, query and fragment in {@code [pathFrom, pathTo)}
   */
  void located(
      byte[] host, int hostFrom, int hostTo, int port, byte[] path, int pathFrom, int pathTo) {
    IndicatorSet set = lookups.set();
    used = 0;
    if (set.urls.size() == 0 || !putHost(host, hostFrom, hostTo)) {
      return;
    }
    if (port != 0 && port != 80 && port != 443) {
      url[used++] = ':';
      putNumber(port);
    }
    int begin = used;
    url[used++] = '/';
    int question = put(path, pathFrom, pathTo, false);
    if (question < 0) {
      return;
    }
    if (used > begin + 1 && url[used - 1] == '/') {
      used--;
    }
    long hash = set.hashing.fromLeft(set.hashing.factor(), url, 0, used);
    lookups.hits.add(set.urls.find(Hashing.end(hash), url, 0, used));
    int plain = used;
    if (question + 1 >= pathTo || path[question] != '?' || path[question + 1] == '#') {
      return;
    }
    url[used++] = '?';
    if (put(path, question + 1, pathTo, true) < 0) {
      return;
    }
    hash = set.hashing.fromLeft(hash, url, plain, used);
    lookups.hits.add(set.urls.find(Hashing.end(hash), url, 0, used));
  }

  private void putNumber(int number) {
    int divisor = 10_000;
    while (divisor > number) {
      divisor /= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      url[used++] = (byte) ('0' + number / divisor % 10);
    }
  }

  private boolean putHost(byte[] b, int from, int to) {
    int end = to > from && b[to - 1] == '.' ? to - 1 : to;
    if (end - from < 3 || end - from > 3 * Lookups.LONGEST_NAME) {
      return false;
    }
    if (b[from] == '[') {
      if (!IpAddress.parse(b, from + 1, end - 1, address, 0)) {
        return false;
      }
      boolean v4 = IpAddress.isV4(address, 0);
      String text = IpAddress.text(address, 0);
      return putText(v4 ? text : "[" + text + "]");
    }
    for (int i = from; i < end; i++) {
      if (b[i] < 0) {
        byte[] ascii = lookups.ascii(b, from, end);
        return ascii != null && putLower(ascii, 0, ascii.length);
      }
    }
    return putLower(b, from, end);
  }

  private boolean putText(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, url, 0, ascii.length);
    used = ascii.length;
    return true;
  }

  private boolean putLower(byte[] b, int from, int to) {
    if (to - from > Lookups.LONGEST_NAME) {
      return false;
    }
    for (int i = from; i < to; i++) {
      url[used++] = (byte) Lookups.lower(b[i]);
    }
    return true;
  }

  /**
   * Appends path or query in normal form; returns where it ended (at the query, the fragment or the
   * end), or -1 when no indicator is that long.
   */
  private int put(byte[] b, int from, int to, boolean query) {
    int wanted = query ? IN_QUERY : PLAIN;
    int i = from;
    for (; i < to; i++) {
      int c = b[i] & 255;
      if (c == '#' || c == '?' && !query) {
        break;
      }
      if (used > LONGEST) {
        return -1;
      }
      boolean escape = (KIND[c] & wanted) == 0;
      if (c == '/' && !query && url[used - 1] == '/') {
        continue;
      }
      if (c == '%' && i + 2 < to) {
        int high = Lookups.hex(b[i + 1]);
        int low = Lookups.hex(b[i + 2]);
        if (high >= 0 && low >= 0) {
          c = high << 4 | low;
          i += 2;
          escape = (KIND[c] & UNRESERVED) == 0;
        }
      }
      if (escape) {
        url[used++] = '%';
        url[used++] = HEX[c >> 4];
        url[used++] = HEX[c & 15];
      } else {
        url[used++] = (byte) c;
      }
    }
    return i;
  }
}
