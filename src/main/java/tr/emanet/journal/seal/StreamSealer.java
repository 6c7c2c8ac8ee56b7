package tr.emanet.journal.seal;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tr.emanet.journal.StoredSegment;

/** The segments of one stream that are not sealed to their end. One thread only. */
final class StreamSealer implements Closeable {

  /** Segments whose leaves are made before a checkpoint must come. */
  static final int MANY = 500;

  private final String stream;
  private final Journals journal;
  private final SealPaths paths;
  private final Durable durable;
  private final Map<String, SealedSegment> known = new HashMap<>();
  private final Set<Long> done = new HashSet<>();
  private final Map<Long, SegmentSealer> working = new LinkedHashMap<>();
  private final Map<Long, SealedSegment> changed = new LinkedHashMap<>();
  private final List<Long> gone = new ArrayList<>();
  private final SealStore store;
  private final List<String> problems = new ArrayList<>();
  private long from;
  private long lastSequence;
  private boolean seenAll;

  StreamSealer(String stream, Journals journal, SealPaths paths, Durable durable, SealStore store) {
    this.stream = stream;
    this.store = store;
    this.journal = journal;
    this.paths = paths;
    this.durable = durable;
    done.addAll(store.closed(stream));
    for (SealedSegment open : store.open()) {
      if (open.stream().equals(stream)) {
        known.put(open.path(), open);
      }
    }
    lastSequence = store.streams().getOrDefault(stream, 0L);
  }

  /**
   * Makes leaves of what is durable.
   *
   * @return whether a segment was closed
   */
  boolean advance() throws IOException {
    boolean closed = false;
    List<StoredSegment> segments = journal.segments(stream, from);
    if (from == 0) {
      gone(segments);
    }
    boolean sealedSoFar = true;
    for (StoredSegment segment : segments) {
      long first = segment.firstSequence();
      if (!done.contains(first)) {
        if (changed.size() >= MANY && !changed.containsKey(first)) {
          return true;
        }
        closed |= advance(segment);
      }
      sealedSoFar &= done.contains(first);
      if (sealedSoFar) {
        from = first + 1;
      }
    }
    done.removeIf(first -> first < from);
    seenAll = true;
    return closed;
  }

  /** Whatever was sealed to its end must be there until a destruction is recorded. */
  private void gone(List<StoredSegment> segments) {
    Set<Long> missing = new TreeSet<>(done);
    segments.forEach(segment -> missing.remove(segment.firstSequence()));
    for (long first : missing) {
      if (gone.size() < MANY) {
        gone.add(first);
      }
    }
  }

  private boolean advance(StoredSegment segment) throws IOException {
    long first = segment.firstSequence();
    SealedSegment before = known.remove(segment.path());
    SegmentSealer sealer = working.get(first);
    if (sealer == null) {
      sealer = new SegmentSealer(segment, before, paths, durable);
      working.put(first, sealer);
    }
    try {
      if (!sealer.advance(segment)) {
        return false;
      }
    } catch (SegmentSealer.ChangedException e) {
      problems.add(String.valueOf(e.getMessage()));
      release(first);
      return false;
    }
    SealedSegment now = sealer.sealed();
    lastSequence = Math.max(lastSequence, now.lastSequence());
    changed.put(first, now);
    if (now.closed()) {
      sealer.force();
      release(first);
    }
    return now.closed();
  }

  private void release(long first) throws IOException {
    SegmentSealer sealer = working.remove(first);
    done.add(first);
    if (sealer != null) {
      sealer.close();
    }
  }

  /** Makes all leaves durable and hands out what is to be said about them. */
  List<SealedSegment> force() throws IOException {
    for (SegmentSealer sealer : working.values()) {
      sealer.force();
    }
    return List.copyOf(changed.values());
  }

  /** A checkpoint has said what {@link #force} handed out. */
  void said() {
    changed.clear();
  }

  /**
   * Segments that an earlier checkpoint has seen and that are not there any more.
   *
   * @param destroyed paths whose end is about to be told
   */
  List<String> lost(Set<String> destroyed) {
    List<String> out = new ArrayList<>();
    if (seenAll) {
      out.addAll(known.keySet());
    }
    for (long first : gone) {
      store.path(stream, first).ifPresent(out::add);
    }
    out.removeAll(destroyed);
    return out;
  }

  /** What is wrong, in words. */
  List<String> problems() {
    return problems;
  }

  /** The last sequence that leaves cover, 0 before the first. */
  long lastSequence() {
    return lastSequence;
  }

  @Override
  public void close() throws IOException {
    for (SegmentSealer sealer : working.values()) {
      sealer.close();
    }
    working.clear();
  }
}
