package tr.emanet.search.lucene;

/** Counts numbers without boxing: open addressing, doubled when half full. One thread only. */
final class LongCounts {

  /** Receives each number once. */
  interface Visitor {
    void visit(long value, long count);
  }

  private long[] values = new long[64];
  private long[] counts = new long[64];
  private int used;

  void add(long value) {
    add(value, 1);
  }

  private void add(long value, long times) {
    int mask = values.length - 1;
    int i = slot(value, mask);
    while (counts[i] != 0 && values[i] != value) {
      i = i + 1 & mask;
    }
    if (counts[i] == 0) {
      values[i] = value;
      used++;
    }
    counts[i] += times;
    if (used * 2 > values.length) {
      grow();
    }
  }

  private static int slot(long value, int mask) {
    return (int) (value * 0x9E3779B97F4A7C15L >>> 33) & mask;
  }

  private void grow() {
    long[] oldValues = values;
    long[] oldCounts = counts;
    values = new long[oldValues.length * 2];
    counts = new long[oldCounts.length * 2];
    used = 0;
    for (int i = 0; i < oldValues.length; i++) {
      if (oldCounts[i] != 0) {
        add(oldValues[i], oldCounts[i]);
      }
    }
  }

  int distinct() {
    return used;
  }

  void forEach(Visitor visitor) {
    for (int i = 0; i < values.length; i++) {
      if (counts[i] != 0) {
        visitor.visit(values[i], counts[i]);
      }
    }
  }
}
