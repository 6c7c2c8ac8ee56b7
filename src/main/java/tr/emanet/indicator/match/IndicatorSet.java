package tr.emanet.indicator.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tr.emanet.event.IpAddress;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.IndicatorKind;

/**
 * An immutable set of indicators, made for look-ups: about 65 bytes of heap an indicator, no object
 * each. Safe for many threads.
 *
 * <p>Several indicators may have the same value (feeds overlap); all of them hit.
 */
public final class IndicatorSet {

  /** A set that matches nothing. */
  public static final IndicatorSet EMPTY = new Builder(1).build();

  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  final Hashing hashing;
  final ByteTable names;

  /** Names whose {@code www.} form is listed; only the whole name counts, weakly. */
  final ByteTable bareNames;

  final ByteTable urls;
  final ByteTable hashes;

  /** Keys are 16 bytes of address and one of prefix length. */
  final ByteTable networks;

  /** The prefix lengths that occur, out of 128, longest first. */
  final int[] prefixesV4;

  final int[] prefixesV6;
  private final long[] ids;
  private final long[] begins;
  private final long[] ends;
  private final int[] next;

  private IndicatorSet(Builder b) {
    hashing = b.hashing;
    names = b.names.build();
    bareNames = b.bareNames.build();
    urls = b.urls.build();
    hashes = b.hashes.build();
    networks = b.networks.build();
    prefixesV4 = Builder.descending(b.prefixesV4);
    prefixesV6 = Builder.descending(b.prefixesV6);
    ids = Arrays.copyOf(b.ids, b.count);
    begins = Arrays.copyOf(b.begins, b.count);
    ends = Arrays.copyOf(b.ends, b.count);
    next = Arrays.copyOf(b.next, b.count);
  }

  /** How many entries there are, the weak forms of {@code www.} names included. */
  public int size() {
    return ids.length;
  }

  long id(int entry) {
    return ids[entry];
  }

  boolean active(int entry, long atMillis) {
    return begins[entry] <= atMillis && atMillis < ends[entry];
  }

  /** The next entry with the same value, or -1. */
  int next(int entry) {
    return next[entry];
  }

  /** Collects indicators and builds one set; not thread-safe. */
  public static final class Builder {

    private static final String WWW = "www.";

    private final Hashing hashing;
    private final ByteTable.Builder names = new ByteTable.Builder();
    private final ByteTable.Builder bareNames = new ByteTable.Builder();
    private final ByteTable.Builder urls = new ByteTable.Builder();
    private final ByteTable.Builder hashes = new ByteTable.Builder();
    private final ByteTable.Builder networks = new ByteTable.Builder();
    private final boolean[] prefixesV4 = new boolean[129];
    private final boolean[] prefixesV6 = new boolean[129];
    private long[] ids = new long[16];
    private long[] begins = new long[16];
    private long[] ends = new long[16];
    private int[] next = new int[16];
    private int count;

    /**
     * Begins an empty set.
     *
     * @param secret random bits, so that feeds cannot aim at collisions
     */
    public Builder(long secret) {
      hashing = new Hashing(secret | 1);
    }

    /**
     * Adds one indicator.
     *
     * @param id what hits name; the same id may have several values
     * @param activeFromMillis events before it are not hit
     * @param activeUntilMillis events at or after it are not hit; {@link Long#MAX_VALUE}: no end
     */
    public Builder add(
        long id, CanonicalValue value, long activeFromMillis, long activeUntilMillis) {
      byte[] key = value.bytes();
      switch (value.kind()) {
        case DOMAIN -> {
          add(names, name(key), key, id, activeFromMillis, activeUntilMillis);
          String bare = value.text().startsWith(WWW) ? value.text().substring(4) : "";
          if (CanonicalValue.isCanonical(IndicatorKind.DOMAIN, bare)) {
            byte[] weak = bare.getBytes(StandardCharsets.US_ASCII);
            add(bareNames, name(weak), weak, id, activeFromMillis, activeUntilMillis);
          }
        }
        case URL -> add(urls, flat(key), key, id, activeFromMillis, activeUntilMillis);
        case FILE_HASH -> add(hashes, flat(key), key, id, activeFromMillis, activeUntilMillis);
        case ADDRESS -> {
          byte[] network = Arrays.copyOf(key, 17);
          network[16] = (byte) 128;
          network(network, id, activeFromMillis, activeUntilMillis);
        }
        case NETWORK -> network(key, id, activeFromMillis, activeUntilMillis);
      }
      return this;
    }

    /**
     * Adds one indicator from its stored form.
     *
     * @throws IllegalArgumentException when the text is not canonical
     */
    public Builder add(
        long id, IndicatorKind kind, String text, long activeFromMillis, long activeUntilMillis) {
      return add(id, CanonicalValue.of(kind, text), activeFromMillis, activeUntilMillis);
    }

    public IndicatorSet build() {
      return new IndicatorSet(this);
    }

    private long name(byte[] key) {
      return Hashing.end(hashing.fromRight(key, 0, key.length));
    }

    private long flat(byte[] key) {
      return Hashing.end(hashing.fromLeft(hashing.factor(), key, 0, key.length));
    }

    private void network(byte[] key, long id, long begin, long end) {
      int prefix = key[16] & 255;
      (IpAddress.isV4(key, 0) ? prefixesV4 : prefixesV6)[prefix] = true;
      long hash = hashing.network((long) LONG.get(key, 0), (long) LONG.get(key, 8), prefix);
      add(networks, hash, key, id, begin, end);
    }

    private void add(
        ByteTable.Builder table, long hash, byte[] key, long id, long begin, long end) {
      if (count == ids.length) {
        int room = count + (count >> 1);
        ids = Arrays.copyOf(ids, room);
        begins = Arrays.copyOf(begins, room);
        ends = Arrays.copyOf(ends, room);
        next = Arrays.copyOf(next, room);
      }
      ids[count] = id;
      begins[count] = begin;
      ends[count] = end;
      next[count] = table.put(hash, key, count);
      count++;
    }

    private static int[] descending(boolean[] present) {
      int[] out = new int[present.length];
      int n = 0;
      for (int prefix = present.length - 1; prefix >= 0; prefix--) {
        if (present[prefix]) {
          out[n++] = prefix;
        }
      }
      return Arrays.copyOf(out, n);
    }
  }
}
