package tr.emanet.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the index is asked for when many values are hunted: sets of words that must all stand in an
 * event, and ranges of addresses. Immutable.
 */
public final class HuntTerms {

  /** Stands in {@code Schema.HIDDEN} for a line with percent escapes. */
  public static final String ESCAPED = "%";

  private static final int MAX_PATH_WORD = 100;

  private final List<byte[]> words;
  private final List<int[]> sets;
  private final byte[] lows;
  private final byte[] highs;

  private HuntTerms(List<byte[]> words, List<int[]> sets, byte[] lows, byte[] highs) {
    this.words = words;
    this.sets = sets;
    this.lows = lows;
    this.highs = highs;
  }

  /** All words, each once, in the order of their bytes. */
  public List<byte[]> words() {
    return words;
  }

  /** Sets of words, as indexes into {@link #words}; an event with all words of one may be meant. */
  public List<int[]> sets() {
    return sets;
  }

  /** Whether any address is asked for. */
  public boolean addresses() {
    return lows.length > 0;
  }

  /** Whether the 16 bytes at {@code at} are an address that is asked for. */
  public boolean wanted(byte[] address, int at) {
    int i = firstEndingAtOrAfter(address, at);
    return i < highs.length / 16 && compare(lows, i * 16, address, at) <= 0;
  }

  /** How the addresses between two stand to those asked for: -1 none, 1 all, 0 some perhaps. */
  public int between(byte[] low, int lowAt, byte[] high, int highAt) {
    int i = firstEndingAtOrAfter(low, lowAt);
    if (i == highs.length / 16 || compare(lows, i * 16, high, highAt) > 0) {
      return -1;
    }
    return compare(lows, i * 16, low, lowAt) <= 0 && compare(highs, i * 16, high, highAt) >= 0
        ? 1
        : 0;
  }

  private int firstEndingAtOrAfter(byte[] address, int at) {
    int low = 0;
    int high = highs.length / 16;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(highs, middle * 16, address, at) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int compare(byte[] a, int at, byte[] b, int bt) {
    return Arrays.compareUnsigned(a, at, at + 16, b, bt, bt + 16);
  }

  /** Collects what is asked for. Not thread-safe. */
  public static final class Builder {

    private final Set<Set<String>> sets = new LinkedHashSet<>();
    private final List<byte[][]> ranges = new ArrayList<>();

    /**
     * A host name in its canonical form, with everything below it. A leading {@code www} need not
     * stand in the event: its bare name is looked for as well.
     */
    public Builder name(String name) {
      boolean bare = name.startsWith("www.") && name.indexOf('.', 4) > 0;
      sets.add(labels(bare ? name.substring(4) : name));
      return this;
    }

    /** A URL in its canonical form, {@code host[:port]/path[?query]}. */
    public Builder url(String url) {
      int slash = url.indexOf('/');
      int port = url.lastIndexOf(':', slash);
      boolean brackets = url.charAt(0) == '[';
      String host = url.substring(0, port > 0 && url.charAt(slash - 1) != ']' ? port : slash);
      byte[] address =
          tr.emanet.event.IpAddress.parse(brackets ? host.substring(1, host.length() - 1) : host);
      if (address != null) {
        return network(address, 128);
      }
      Set<String> hostWords = labels(host);
      Set<String> all = new TreeSet<>(hostWords);
      pathWords(url, slash, all);
      if (all.size() > hostWords.size()) {
        // A line may escape what the canonical form does not; such a line shows other words.
        Set<String> escaped = new TreeSet<>(hostWords);
        escaped.add(ESCAPED);
        sets.add(escaped);
      }
      sets.add(all);
      return this;
    }

    /** The word of a file hash, lower case. */
    public Builder word(String word) {
      sets.add(Set.of(word));
      return this;
    }

    /**
     * Addresses.
     *
     * @param address 16 bytes
     * @param prefix bits that count, out of 128
     */
    public Builder network(byte[] address, int prefix) {
      byte[] low = new byte[16];
      byte[] high = new byte[16];
      for (int i = 0; i < 16; i++) {
        int bits = Math.clamp(prefix - i * 8L, 0, 8);
        int mask = 0xff00 >> bits & 0xff;
        low[i] = (byte) (address[i] & mask);
        high[i] = (byte) (address[i] & mask | ~mask & 0xff);
      }
      ranges.add(new byte[][] {low, high});
      return this;
    }

    private static Set<String> labels(String name) {
      Set<String> out = new TreeSet<>();
      int start = 0;
      for (int i = 0; i <= name.length(); i++) {
        if (i == name.length() || !letterOrDigit(name.charAt(i))) {
          if (i > start) {
            out.add(name.substring(start, i));
          }
          start = i + 1;
        }
      }
      return out;
    }

    /**
     * The words that stand in a line as they do here. Not those beside an escape, which may be raw
     * there, and not those short enough to be a part of an address.
     */
    private static void pathWords(String url, int from, Set<String> out) {
      int start = from;
      boolean escaped = false;
      for (int i = from; i <= url.length(); i++) {
        char c = i < url.length() ? url.charAt(i) : '/';
        if (c == '%') {
          escaped = true;
        } else if (!letterOrDigit(c)) {
          String word = url.substring(start, i).toLowerCase(java.util.Locale.ROOT);
          if (!escaped && word.length() <= MAX_PATH_WORD && !partOfAddress(word)) {
            out.add(word);
          }
          start = i + 1;
          escaped = false;
        }
      }
    }

    private static boolean partOfAddress(String word) {
      return word.length() <= 4
          && word.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    private static boolean letterOrDigit(char c) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    public HuntTerms build() {
      Map<String, Integer> numbers = new TreeMap<>();
      sets.forEach(set -> set.forEach(word -> numbers.put(word, 0)));
      List<byte[]> words = new ArrayList<>(numbers.size());
      // All words are ASCII: the order of the text is that of the bytes.
      for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
        entry.setValue(words.size());
        words.add(entry.getKey().getBytes(StandardCharsets.US_ASCII));
      }
      List<int[]> wanted = new ArrayList<>(sets.size());
      for (Set<String> set : sets) {
        wanted.add(set.stream().mapToInt(word -> numbers.getOrDefault(word, 0)).toArray());
      }
      ranges.sort((a, b) -> Arrays.compareUnsigned(a[0], b[0]));
      List<byte[][]> disjoint = new ArrayList<>();
      for (byte[][] range : ranges) {
        byte[][] last = disjoint.isEmpty() ? null : disjoint.getLast();
        if (last != null && Arrays.compareUnsigned(range[0], last[1]) <= 0) {
          if (Arrays.compareUnsigned(range[1], last[1]) > 0) {
            last[1] = range[1];
          }
        } else {
          disjoint.add(range.clone());
        }
      }
      byte[] lows = new byte[disjoint.size() * 16];
      byte[] highs = new byte[disjoint.size() * 16];
      for (int i = 0; i < disjoint.size(); i++) {
        System.arraycopy(disjoint.get(i)[0], 0, lows, i * 16, 16);
        System.arraycopy(disjoint.get(i)[1], 0, highs, i * 16, 16);
      }
      return new HuntTerms(List.copyOf(words), List.copyOf(wanted), lows, highs);
    }
  }
}
