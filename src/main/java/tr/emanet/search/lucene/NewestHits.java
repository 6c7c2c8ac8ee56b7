package tr.emanet.search.lucene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps the newest hits of a window: a heap over primitive columns, the oldest on top. */
final class NewestHits {

  /** One found event. */
  record Hit(String stream, long timestampMillis, long sequence) implements Comparable<Hit> {
    @Override
    public int compareTo(Hit other) {
      int byTime = Long.compare(other.timestampMillis, timestampMillis);
      return byTime != 0 ? byTime : Long.compare(other.sequence, sequence);
    }
  }

  private final int limit;
  private long[] times;
  private long[] sequences;
  private String[] streams;
  private int size;

  NewestHits(int limit) {
    this.limit = limit;
    int room = Math.min(limit, 64);
    this.times = new long[room];
    this.sequences = new long[room];
    this.streams = new String[room];
  }

  int size() {
    return size;
  }

  /** Whether an event of that time could still enter. */
  boolean wants(long millis) {
    return size < limit || millis >= times[0];
  }

  void add(String stream, long millis, long sequence) {
    if (size < limit) {
      if (size == times.length) {
        int room = Math.min(limit, size * 2);
        times = Arrays.copyOf(times, room);
        sequences = Arrays.copyOf(sequences, room);
        streams = Arrays.copyOf(streams, room);
      }
      int i = size++;
      while (i > 0 && older(millis, sequence, (i - 1) / 2)) {
        move((i - 1) / 2, i);
        i = (i - 1) / 2;
      }
      put(i, stream, millis, sequence);
    } else if (!older(millis, sequence, 0)) {
      sink(stream, millis, sequence);
    }
  }

  private void sink(String stream, long millis, long sequence) {
    int i = 0;
    while (true) {
      int child = 2 * i + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && older(times[child + 1], sequences[child + 1], child)) {
        child++;
      }
      if (older(millis, sequence, child)) {
        break;
      }
      move(child, i);
      i = child;
    }
    put(i, stream, millis, sequence);
  }

  private boolean older(long millis, long sequence, int than) {
    return millis < times[than] || millis == times[than] && sequence < sequences[than];
  }

  private void move(int from, int to) {
    put(to, streams[from], times[from], sequences[from]);
  }

  private void put(int i, String stream, long millis, long sequence) {
    streams[i] = stream;
    times[i] = millis;
    sequences[i] = sequence;
  }

  /** The hits, newest first. */
  List<Hit> sorted() {
    List<Hit> out = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      out.add(new Hit(streams[i], times[i], sequences[i]));
    }
    out.sort(null);
    return out;
  }
}
