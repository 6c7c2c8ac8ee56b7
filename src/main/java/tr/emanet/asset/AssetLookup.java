package tr.emanet.asset;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.IpAddress;

/**
 * Finds the asset of an address or of a host name. The nested prefixes are laid flat as stretches
 * of the address line, each owned by its most specific prefix, so that a look-up is one binary
 * search. Immutable.
 */
final class AssetLookup {

  private static final int NOBODY = -1;

  private final List<AssetEntry> entries;

  /** Where each stretch begins; it ends where the next one begins. */
  private final long[] high;

  private final long[] low;
  private final int[] owner;
  private final Map<String, AssetEntry> byName = new HashMap<>();

  /** Collects stretches in rising order. */
  private static final class Stretches {
    final List<long[]> starts = new ArrayList<>();
    final List<Integer> owners = new ArrayList<>();

    void from(long high, long low, int owner) {
      int last = starts.size() - 1;
      if (last >= 0 && starts.get(last)[0] == high && starts.get(last)[1] == low) {
        owners.set(last, owner);
        return;
      }
      starts.add(new long[] {high, low});
      owners.add(owner);
    }

    /** After the end of a network what encloses it goes on. */
    void after(Network network, int owner) {
      long nextLow = network.lastLow() + 1;
      long nextHigh = nextLow == 0 ? network.lastHigh() + 1 : network.lastHigh();
      if (nextHigh != 0 || nextLow != 0) {
        from(nextHigh, nextLow, owner);
      }
    }
  }

  AssetLookup(List<AssetEntry> all) {
    entries = new ArrayList<>(all);
    entries.sort(Comparator.comparing(AssetEntry::network));
    Stretches stretches = new Stretches();
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < entries.size(); i++) {
      Network network = entries.get(i).network();
      while (!open.isEmpty() && endsBefore(entries.get(open.getLast()).network(), network)) {
        close(open, stretches);
      }
      stretches.from(network.high(), network.low(), i);
      open.addLast(i);
    }
    while (!open.isEmpty()) {
      close(open, stretches);
    }
    high = stretches.starts.stream().mapToLong(s -> s[0]).toArray();
    low = stretches.starts.stream().mapToLong(s -> s[1]).toArray();
    owner = stretches.owners.stream().mapToInt(i -> i).toArray();
    names();
  }

  private void close(Deque<Integer> open, Stretches stretches) {
    Network done = entries.get(open.removeLast()).network();
    stretches.after(done, open.isEmpty() ? NOBODY : open.getLast());
  }

  private static int compare(long highA, long lowA, long highB, long lowB) {
    int first = Long.compareUnsigned(highA, highB);
    return first != 0 ? first : Long.compareUnsigned(lowA, lowB);
  }

  private static boolean endsBefore(Network a, Network b) {
    return compare(a.lastHigh(), a.lastLow(), b.high(), b.low()) < 0;
  }

  /** A full name wins over a first label; a first label that several assets share finds nobody. */
  private void names() {
    Map<String, AssetEntry> labels = new HashMap<>();
    Map<String, String> shared = new HashMap<>();
    for (AssetEntry entry : entries) {
      String name = name(entry.name());
      AssetEntry ignored = byName.putIfAbsent(name, entry);
      String label = label(name);
      AssetEntry other = labels.putIfAbsent(label, entry);
      if (other != null && !name(other.name()).equals(name)) {
        shared.put(label, label);
      }
    }
    labels.forEach(
        (label, entry) -> {
          if (!shared.containsKey(label)) {
            AssetEntry ignored = byName.putIfAbsent(label, entry);
          }
        });
  }

  private static String name(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String label(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** The most specific asset of the 16 bytes at {@code at}. */
  @Nullable AssetEntry of(byte[] addresses, int at) {
    return of(word(addresses, at), word(addresses, at + 8));
  }

  private static long word(byte[] bytes, int at) {
    long out = 0;
    for (int i = 0; i < 8; i++) {
      out = out << 8 | bytes[at + i] & 0xff;
    }
    return out;
  }

  private @Nullable AssetEntry of(long addressHigh, long addressLow) {
    int from = 0;
    int to = high.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (compare(high[middle], low[middle], addressHigh, addressLow) <= 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    int found = from == 0 ? NOBODY : owner[from - 1];
    return found == NOBODY ? null : entries.get(found);
  }

  @Nullable AssetEntry of(String address) {
    byte[] parsed = IpAddress.parse(address);
    if (parsed == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(parsed);
    return of(buffer.getLong(), buffer.getLong());
  }

  /** By full name, else by its first label when that leads to one asset only. */
  @Nullable AssetEntry byName(String host) {
    String name = name(host);
    AssetEntry exact = byName.get(name);
    if (exact != null) {
      return exact;
    }
    // www.elsewhere.example must not find www.ornek.bel.tr, but does find what is only called www.
    String label = label(name);
    AssetEntry called = byName.get(label);
    return called != null && name(called.name()).equals(label) ? called : null;
  }
}
