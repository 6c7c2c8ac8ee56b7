package tr.emanet.intake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.IpAddress;
import tr.emanet.intake.IntakeStatus.SourceStatus;

/**
 * Sources in a four-way set-associative table of fixed size. A source that is not in the table
 * wears down the lightest entry of its set and takes its place when that has no weight left (as in
 * the HeavyKeeper sketch, USENIX ATC 2018): steady senders stay, one-off forged addresses replace
 * each other. Newcomers beyond a rate, and those who find no place, share one entry, the crowd.
 * Nothing is allocated for a known source. Safe for many threads: one lock a set.
 */
final class SourceTable {

  private static final int WAYS = 4;
  private static final int MAX_WEIGHT = 1 << 20;
  private static final double NANOS = 1e9;

  private final @Nullable Source[][] sets;
  private final Source crowd;
  private final Source newcomers;
  private final double rate;
  private final double crowdRate;
  private final double newcomerRate;
  private final AtomicInteger day = new AtomicInteger();

  SourceTable(IntakeConfig.AdmissionConfig config) {
    int size = Integer.highestOneBit(Math.max(1, config.sources() / WAYS));
    sets = new @Nullable Source[size][WAYS];
    rate = config.recordsPerSecond();
    crowdRate = config.crowdRecordsPerSecond();
    newcomerRate = config.newSourcesPerSecond();
    crowd = new Source(0, 0, crowdRate, System.nanoTime());
    newcomers = new Source(0, 0, 2 * newcomerRate, System.nanoTime());
  }

  /** Charges one record, or says why not. */
  @Nullable DropReason offer(
      long high, long low, int bytes, long now, long heavyBytes, long shareBytes) {
    @Nullable Source[] set = set(high, low);
    synchronized (set) {
      Source source = find(set, high, low, now);
      if (source != null) {
        return source.offer(bytes, now, rate, day.get(), heavyBytes, shareBytes);
      }
    }
    synchronized (crowd) {
      DropReason no = crowd.offer(bytes, now, crowdRate, day.get(), heavyBytes, shareBytes);
      if (no == DropReason.RATE) {
        crowd.recount(DropReason.RATE, DropReason.CROWD);
        return DropReason.CROWD;
      }
      return no;
    }
  }

  /** Counts a refusal decided elsewhere. */
  DropReason refuse(long high, long low, long now, DropReason reason) {
    @Nullable Source[] set = set(high, low);
    synchronized (set) {
      Source source = find(set, high, low, now);
      if (source != null) {
        source.refused(reason);
        return reason;
      }
    }
    synchronized (crowd) {
      crowd.refused(reason);
    }
    return reason;
  }

  /** Whether a connection may read on; nothing is charged. */
  @Nullable DropReason mayRead(long high, long low, long now, long heavyBytes, long shareBytes) {
    @Nullable Source[] set = set(high, low);
    synchronized (set) {
      Source source = find(set, high, low, now);
      return source == null ? null : source.ask(now, rate, day.get(), heavyBytes, shareBytes);
    }
  }

  /** Books records of a connection; its address is real, so it takes a place by force. */
  void charge(long high, long low, Trust trust, long records, long bytes, long now) {
    @Nullable Source[] set = set(high, low);
    synchronized (set) {
      Source source = find(set, high, low, now);
      if (source == null) {
        int way = lightest(set);
        source = new Source(high, low, burst(), now);
        set[way] = source;
      }
      source.trust = trust.compareTo(source.trust) > 0 ? trust : source.trust;
      source.weight = (int) Math.min(MAX_WEIGHT, source.weight + records);
      source.take(records, bytes, now, rate, day.get());
    }
  }

  void newDay() {
    day.incrementAndGet();
  }

  /** Bytes of the heaviest unauthenticated source today. */
  long heaviestBytes() {
    long most = 1;
    for (Source s : all()) {
      if (s.trust != Trust.AUTHENTICATED) {
        most = Math.max(most, s.day == day.get() ? s.bytesToday : 0);
      }
    }
    return most;
  }

  List<SourceStatus> heaviest(int limit) {
    return statuses().stream()
        .filter(s -> s.records() > 0 || !s.refused().isEmpty())
        .sorted(Comparator.comparingLong(SourceStatus::bytesToday).reversed())
        .limit(limit)
        .toList();
  }

  /** What named sources brought today, at least {@code least} bytes each; the heaviest first. */
  List<SourceDays.Share> shares(long least) {
    int today = day.get();
    return all().stream()
        .filter(s -> s != crowd && s.day == today && s.bytesToday >= least)
        .map(s -> new SourceDays.Share(s.high, s.low, s.trust, s.bytesToday))
        .sorted(Comparator.comparingLong(SourceDays.Share::bytes).reversed())
        .toList();
  }

  /** Books what the last process took today; counts of records begin anew. */
  void restore(List<SourceDays.Share> shares, long now) {
    for (SourceDays.Share share : shares) {
      charge(share.high(), share.low(), share.trust(), 0, share.bytes(), now);
    }
  }

  private List<SourceStatus> statuses() {
    int today = day.get();
    List<SourceStatus> out = new ArrayList<>();
    for (@Nullable Source[] set : sets) {
      synchronized (set) {
        for (Source s : set) {
          if (s != null) {
            out.add(s.status(false, today));
          }
        }
      }
    }
    synchronized (crowd) {
      out.add(crowd.status(true, today));
    }
    return out;
  }

  private List<Source> all() {
    List<Source> out = new ArrayList<>();
    for (@Nullable Source[] set : sets) {
      synchronized (set) {
        for (Source s : set) {
          if (s != null) {
            out.add(s);
          }
        }
      }
    }
    out.add(crowd);
    return out;
  }

  private double burst() {
    return Math.max(1, rate);
  }

  private @Nullable Source[] set(long high, long low) {
    long h = (high * 0x9E3779B97F4A7C15L ^ low) * 0xC2B2AE3D27D4EB4FL;
    return sets[(int) (h >>> 40) & sets.length - 1];
  }

  private @Nullable Source find(@Nullable Source[] set, long high, long low, long now) {
    int lightest = 0;
    for (int way = 0; way < WAYS; way++) {
      Source s = set[way];
      if (s == null) {
        return admitNew(set, way, high, low, now);
      }
      if (s.high == high && s.low == low) {
        s.weight = Math.min(MAX_WEIGHT, s.weight + 1);
        return s;
      }
      Source best = set[lightest];
      if (best != null && s.weight < best.weight) {
        lightest = way;
      }
    }
    Source victim = set[lightest];
    if (victim != null && --victim.weight > 0) {
      return null;
    }
    return admitNew(set, lightest, high, low, now);
  }

  private static int lightest(@Nullable Source[] set) {
    int best = 0;
    int weight = Integer.MAX_VALUE;
    for (int way = 0; way < WAYS; way++) {
      Source s = set[way];
      int w = s == null ? -1 : s.weight;
      if (w < weight) {
        weight = w;
        best = way;
      }
    }
    return best;
  }

  private @Nullable Source admitNew(
      @Nullable Source[] set, int way, long high, long low, long now) {
    synchronized (newcomers) {
      if (!newcomers.token(now, newcomerRate, 2 * newcomerRate)) {
        return null;
      }
    }
    Source fresh = new Source(high, low, burst(), now);
    set[way] = fresh;
    return fresh;
  }

  /** One entry; guarded by the lock of its set. */
  private static final class Source {
    private final long high;
    private final long low;
    private Trust trust = Trust.FORGEABLE;
    private int weight = 1;
    private double tokens;
    private long tokenNanos;
    private int day = -1;
    private long bytesToday;
    private long records;
    private @Nullable Map<DropReason, Long> refused;

    Source(long high, long low, double tokens, long now) {
      this.high = high;
      this.low = low;
      this.tokens = tokens;
      this.tokenNanos = now;
    }

    private void refill(long now, double perSecond, double most) {
      tokens = Math.min(most, tokens + (now - tokenNanos) / NANOS * perSecond);
      tokenNanos = now;
    }

    boolean token(long now, double perSecond, double most) {
      refill(now, perSecond, most);
      if (tokens < 1) {
        return false;
      }
      tokens -= 1;
      return true;
    }

    @Nullable DropReason ask(long now, double rate, int today, long heavyBytes, long shareBytes) {
      if (day != today) {
        day = today;
        bytesToday = 0;
      }
      if (bytesToday >= shareBytes) {
        return DropReason.DAY_SHARE;
      }
      if (bytesToday >= heavyBytes) {
        return DropReason.DISK_PRESSURE;
      }
      if (rate > 0) {
        refill(now, rate, rate);
        if (tokens < 1) {
          return DropReason.RATE;
        }
      }
      return null;
    }

    @Nullable DropReason offer(
        int bytes, long now, double rate, int today, long heavyBytes, long shareBytes) {
      DropReason no = ask(now, rate, today, heavyBytes, shareBytes);
      if (no != null) {
        refused(no);
        return no;
      }
      tokens -= 1;
      bytesToday += bytes;
      records++;
      return null;
    }

    void take(long count, long bytes, long now, double rate, int today) {
      if (day != today) {
        day = today;
        bytesToday = 0;
      }
      if (rate > 0) {
        refill(now, rate, rate);
        tokens -= count;
      }
      bytesToday += bytes;
      records += count;
    }

    void refused(DropReason reason) {
      Map<DropReason, Long> map = refused;
      if (map == null) {
        map = new EnumMap<>(DropReason.class);
        refused = map;
      }
      map.merge(reason, 1L, Long::sum);
    }

    void recount(DropReason from, DropReason to) {
      Map<DropReason, Long> map = refused;
      if (map != null) {
        map.computeIfPresent(from, (reason, n) -> n > 1 ? n - 1 : null);
        map.merge(to, 1L, Long::sum);
      }
    }

    SourceStatus status(boolean isCrowd, int today) {
      Map<DropReason, Long> map = refused;
      byte[] address = new byte[16];
      for (int i = 0; i < 8; i++) {
        address[i] = (byte) (high >>> 56 - 8 * i);
        address[8 + i] = (byte) (low >>> 56 - 8 * i);
      }
      return new SourceStatus(
          isCrowd ? "*" : IpAddress.text(address, 0),
          trust,
          records,
          day == today ? bytesToday : 0,
          map == null ? Map.of() : map);
    }
  }
}
