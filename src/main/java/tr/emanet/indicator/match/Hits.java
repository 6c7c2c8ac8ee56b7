package tr.emanet.indicator.match;

import org.jspecify.annotations.Nullable;
import tr.emanet.event.Field;

/**
 * What one event has hit so far: passes each indicator on once, weak hits last and only without a
 * strong one. Reused; one thread only.
 */
final class Hits {

  private static final int MOST_WEAK = 32;

  private record Weak(int entry, @Nullable Field field, byte[] source, int from, int to) {}

  private IndicatorSet set = IndicatorSet.EMPTY;
  private HitSink sink = (id, field, source, from, to, weak) -> {};
  private long atMillis;
  private @Nullable Field field;
  private @Nullable Field textField;
  private byte[] source = new byte[0];
  private int from;
  private int to;
  private long[] seen = new long[64];
  private long[] rounds = new long[64];
  private long round;
  private int count;
  private final @Nullable Weak[] weak = new Weak[MOST_WEAK];
  private int weaks;

  void begin(IndicatorSet set, HitSink sink, long atMillis) {
    this.set = set;
    this.sink = sink;
    this.atMillis = atMillis;
    this.count = 0;
    this.weaks = 0;
    this.round++;
  }

  /** Says what is looked up from here on, and where it stands. */
  void observe(@Nullable Field where, byte[] bytes, int begin, int end) {
    field = where;
    source = bytes;
    from = begin;
    to = end;
  }

  /** Says which field the text belongs to that {@link #observeText} speaks of; null: the line. */
  void text(@Nullable Field where) {
    textField = where;
  }

  /** Says what is looked up from here on, in the text named last. */
  void observeText(byte[] bytes, int begin, int end) {
    observe(textField, bytes, begin, end);
  }

  /** Reports an entry and all others with its value; -1 is nothing. */
  void add(int entry) {
    for (int e = entry; e >= 0; e = set.next(e)) {
      if (set.active(e, atMillis) && unseen(set.id(e))) {
        sink.hit(set.id(e), field, source, from, to, false);
      }
    }
  }

  /** Keeps a weak hit until {@link #end}. */
  void addWeak(int entry) {
    if (entry >= 0 && weaks < MOST_WEAK) {
      weak[weaks++] = new Weak(entry, field, source, from, to);
    }
  }

  /** Passes the weak hits on and returns how many hits the event has. */
  int end() {
    for (int i = 0; i < weaks; i++) {
      Weak w = weak[i];
      if (w != null) {
        for (int e = w.entry; e >= 0; e = set.next(e)) {
          if (set.active(e, atMillis) && unseen(set.id(e))) {
            sink.hit(set.id(e), w.field, w.source, w.from, w.to, true);
          }
        }
      }
      weak[i] = null;
    }
    return count;
  }

  private boolean unseen(long id) {
    int mask = seen.length - 1;
    int i = slot(id) & mask;
    while (rounds[i] == round) {
      if (seen[i] == id) {
        return false;
      }
      i = i + 1 & mask;
    }
    seen[i] = id;
    rounds[i] = round;
    count++;
    if (count > seen.length / 2) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] oldSeen = seen;
    long[] oldRounds = rounds;
    seen = new long[oldSeen.length * 2];
    rounds = new long[seen.length];
    int mask = seen.length - 1;
    for (int k = 0; k < oldSeen.length; k++) {
      if (oldRounds[k] == round) {
        int i = slot(oldSeen[k]) & mask;
        while (rounds[i] == round) {
          i = i + 1 & mask;
        }
        seen[i] = oldSeen[k];
        rounds[i] = round;
      }
    }
  }

  private static int slot(long id) {
    return (int) (id * 0x9E3779B97F4A7C15L >>> 32);
  }
}
