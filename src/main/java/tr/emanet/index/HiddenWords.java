package tr.emanet.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.Folding;
import tr.emanet.event.HostText;
import tr.emanet.event.IpAddress;

/**
 * What stands in an event and is not among its words, because people search other words than
 * matchers of indicators see:
 *
 * <ul>
 *   <li>what follows a percent escape ({@code %2Fevil.example}: the word is {@code 2fevil}), and
 *       {@link #ESCAPED} for every line that has any
 *   <li>the parts of an address that was kept whole although it touches a name ({@code
 *       1.2.3.4-x.example}), and whole addresses that end in a dotted quad
 *   <li>the ASCII form of names in other scripts
 *   <li>two colons that stand alone, which are an address
 * </ul>
 *
 * <p>Few lines have any of them. With these, an event in which a name, an address or a hash is seen
 * always has each of its parts as a term somewhere, which retro-hunt relies on. One thread only.
 */
final class HiddenWords extends TokenStream {

  /** Stands for any percent escape. */
  static final byte[] ESCAPED = {'%'};

  private static final byte[] ZERO = {':', ':'};

  /** Names in other scripts an event; the matcher converts far fewer. */
  private static final int MOST_NAMES = 64;

  private static final int LONGEST_NAME = 3 * 253;
  private static final int LONGEST_ADDRESS = 64;
  private static final Field[] HOSTS = {
    Field.DNS_QUESTION,
    Field.DNS_ANSWER,
    Field.DESTINATION_DOMAIN,
    Field.URL_DOMAIN,
    Field.HOST_NAME,
    Field.URL_ORIGINAL
  };
  private static final long HOST_BITS =
      Arrays.stream(HOSTS).mapToLong(Field::bit).reduce(0, (a, b) -> a | b);

  private final BytesTermAttribute attribute = addAttribute(BytesTermAttribute.class);
  private final BytesRef term = new BytesRef();
  private final TermSplitter rest = new TermSplitter();
  private final byte[] address = new byte[16];
  private byte[] bytes = new byte[512];
  private int[] ends = new int[32];
  private int count;
  private int given;
  private int names;
  private boolean escaped;
  private byte @Nullable [] doneIn;
  private int doneFrom;
  private int doneTo;

  /** Begins an event, with its host fields. */
  void begin(Event event) {
    count = 0;
    given = 0;
    names = 0;
    escaped = false;
    doneIn = null;
    if ((event.present() & HOST_BITS) != 0) {
      for (Field field : HOSTS) {
        if (event.has(field)) {
          host(event, field);
        }
      }
    }
  }

  private void host(Event event, Field field) {
    byte[] b = event.valueBytes(field);
    int from = event.valueFrom(field);
    int to = event.valueTo(field);
    if (ascii(b, from, to)) {
      return;
    }
    if (field == Field.URL_ORIGINAL) {
      for (int i = from; i + 1 < Math.min(to, from + 14); i++) {
        if (b[i] == '/' && b[i + 1] == '/') {
          from = i + 2;
          break;
        }
      }
      int end = from;
      while (end < to && b[end] != '/' && b[end] != '?' && b[end] != '#') {
        if (b[end] == '@') {
          from = end + 1;
        }
        end++;
      }
      to = from;
      while (to < end && b[to] != ':') {
        to++;
      }
      if (ascii(b, from, to)) {
        return;
      }
    }
    name(b, from, to);
  }

  private static boolean ascii(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] < 0) {
        return false;
      }
    }
    return true;
  }

  boolean any() {
    return count > 0;
  }

  /** Two colons stood alone. */
  void zero() {
    add(ZERO, 0, 2);
  }

  /** Whether {@link #look} may find anything at this term; cheap. */
  static boolean odd(TermSplitter term, byte[] in, int from) {
    return term.address() || !term.ascii() || term.start() > from && in[term.start() - 1] == '%';
  }

  /**
   * Looks at a term.
   *
   * @param from begin of the text that the splitter cuts
   * @param to its end
   */
  void look(TermSplitter term, byte[] in, int from, int to) {
    int start = term.start();
    if (start > from && in[start - 1] == '%' && escape(in, start, to)) {
      if (!escaped) {
        escaped = true;
        add(ESCAPED, 0, 1);
      }
      if (start + 2 < term.end()) {
        rest.reset(in, start + 2, to);
        if (rest.next()) {
          add(rest.term(), 0, rest.length());
          shape(rest, in, start + 2, to);
        }
      }
    }
    shape(term, in, from, to);
  }

  private static boolean escape(byte[] in, int at, int to) {
    return at + 1 < to && hex(in[at]) && hex(in[at + 1]);
  }

  private static boolean hex(int c) {
    int lower = c | 0x20;
    return c >= '0' && c <= '9' || lower >= 'a' && lower <= 'f';
  }

  private void shape(TermSplitter term, byte[] in, int from, int to) {
    if (term.address()) {
      addressAt(in, term.start(), term.end(), from, to);
    } else if (!term.ascii()) {
      nameAround(in, term.start(), term.end(), from, to);
    }
  }

  private void addressAt(byte[] in, int start, int end, int from, int to) {
    boolean touched =
        start > from && joins(in[start - 1])
            || end + 1 < to && joins(in[end]) && inName(in[end + 1]);
    boolean dotted = end < to && in[end] == '.';
    boolean behind = start > from && in[start - 1] == ':';
    if (!touched && !dotted && !behind) {
      return;
    }
    boolean colons = false;
    int part = start;
    for (int i = start; i <= end; i++) {
      if (i == end || in[i] == '.' || in[i] == ':') {
        colons |= i < end && in[i] == ':';
        if (touched && i > part) {
          add(in, part, i);
        }
        part = i + 1;
      }
    }
    if (colons && dotted) {
      quad(in, start, end, to);
      wholeAddress(in, start, end, from, to);
    } else if (!colons && behind) {
      wholeAddress(in, start, end, from, to);
    }
  }

  /** The dotted quad behind the last colon: the one of {@code ::ffff:198.51.100.7}. */
  private void quad(byte[] in, int start, int end, int to) {
    int low = end;
    while (low > start && in[low - 1] != ':') {
      low--;
    }
    int high = end;
    while (high < to
        && high - low < 16
        && (in[high] == '.' || in[high] >= '0' && in[high] <= '9')) {
      high++;
    }
    while (in[high - 1] == '.') {
      high--;
    }
    if (IpAddress.parse(in, low, high, address, 0)) {
      add(in, low, high);
    }
  }

  /** The address around, with the dotted quad at its end, as far as its characters go. */
  private void wholeAddress(byte[] in, int start, int end, int from, int to) {
    int low = start;
    int high = end;
    while (low > from && high - low <= LONGEST_ADDRESS && inAddress(in[low - 1])) {
      low--;
    }
    while (high < to && high - low <= LONGEST_ADDRESS && inAddress(in[high])) {
      high++;
    }
    if (in[low] == ':' && low + 1 < high && in[low + 1] != ':') {
      low++;
    }
    while (high > low && in[high - 1] == '.') {
      high--;
    }
    if (high - low > 2 && in[high - 1] == ':' && in[high - 2] != ':') {
      high--;
    }
    if (IpAddress.parse(in, low, high, address, 0)) {
      add(in, low, high);
    }
  }

  private static boolean inAddress(int c) {
    return hex(c) || c == '.' || c == ':';
  }

  private static boolean joins(int c) {
    return c == '.' || c == '-' || c == '_';
  }

  private static boolean inName(int c) {
    return c < 0 || c >= '0' && c <= '9' || (c | 0x20) >= 'a' && (c | 0x20) <= 'z' || joins(c);
  }

  /** The name in another script around a word. */
  private void nameAround(byte[] in, int start, int end, int from, int to) {
    if (sameRun(in, start)) {
      return;
    }
    int low = start;
    while (low > from && inName(in[low - 1])) {
      low--;
    }
    if (low > from && in[low - 1] == '%' && escape(in, low, to)) {
      low += 2;
    }
    int high = end;
    while (high < to && inName(in[high])) {
      high++;
    }
    doneIn = in;
    doneFrom = low;
    doneTo = high;
    int piece = low;
    int i = low;
    while (i < high) {
      if (in[i] >= 0) {
        i++;
        continue;
      }
      long decoded = Folding.decode(in, i, high);
      int next = i + (int) (decoded >>> 32);
      if (!TermSplitter.wordPart((int) decoded)) {
        trimmedName(in, piece, i);
        piece = next;
      }
      i = next;
    }
    trimmedName(in, piece, high);
  }

  @SuppressWarnings("ReferenceEquality") // the same array is meant
  private boolean sameRun(byte[] in, int start) {
    return in == doneIn && start >= doneFrom && start < doneTo;
  }

  private void trimmedName(byte[] in, int from, int to) {
    int low = from;
    int high = to;
    while (low < high && (in[low] == '.' || in[low] == '-')) {
      low++;
    }
    while (high > low && (in[high - 1] == '.' || in[high - 1] == '-')) {
      high--;
    }
    boolean dot = false;
    for (int i = low; i < high; i++) {
      dot |= in[i] == '.';
    }
    if (dot && !ascii(in, low, high)) {
      name(in, low, high);
    }
  }

  private void name(byte[] in, int from, int to) {
    if (to - from > LONGEST_NAME || names++ >= MOST_NAMES) {
      return;
    }
    String ascii = HostText.ascii(new String(in, from, to - from, StandardCharsets.UTF_8));
    if (ascii == null) {
      return;
    }
    byte[] b = ascii.getBytes(StandardCharsets.US_ASCII);
    int start = 0;
    for (int i = 0; i <= b.length; i++) {
      boolean word = i < b.length && inName(b[i]) && !joins(b[i]);
      if (!word) {
        if (i > start) {
          add(b, start, i);
        }
        start = i + 1;
      }
    }
  }

  /** Adds a term, lower-cased. */
  private void add(byte[] in, int from, int to) {
    int length = Math.min(to - from, TermSplitter.MAX_TERM_BYTES);
    int at = count == 0 ? 0 : ends[count - 1];
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
    }
    if (at + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(at + length, bytes.length * 2));
    }
    for (int i = 0; i < length; i++) {
      byte c = in[from + i];
      bytes[at + i] = c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : c;
    }
    ends[count++] = at + length;
  }

  @Override
  public boolean incrementToken() {
    if (given == count) {
      return false;
    }
    int from = given == 0 ? 0 : ends[given - 1];
    term.bytes = bytes;
    term.offset = from;
    term.length = ends[given++] - from;
    attribute.setBytesRef(term);
    return true;
  }

  @Override
  public void reset() {}

  @Override
  public void end() {}

  @Override
  public void close() {}
}
