package tr.emanet.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.crash.CrashPoint;

/**
 * The one thread that owns everything that is written. It takes all waiting batches, encodes them,
 * forces the files of the whole group once, and only then acknowledges and publishes. Its counters
 * may be read by any thread.
 */
final class CommitLoop implements Runnable {

  /** Exit code of a process that cannot acknowledge any more (EX_IOERR of sysexits.h). */
  static final int EXIT_CODE = 74;

  private static final Logger LOG = LoggerFactory.getLogger(CommitLoop.class);
  private static final long DELAY_NANOS = 20_000_000;
  private static final long IDLE_NANOS = 1_000_000_000;
  private static final int SPACE_MILLIS = 200;
  private static final int SPACE_TRIES_AT_CLOSE = 15;
  private static final int ENCODE_AT_BYTES = 1 << 20;
  private static final int COMMIT_AT_BYTES = 8 << 20;

  private final Inbox inbox;
  private final Catalogue catalogue;
  private final DiskGuard guard;
  private final JournalConfig config;
  private final Surroundings surroundings;
  private final Map<String, Recovery.Tail> tails;
  private final Map<String, StreamWriter> writers = new HashMap<>();
  private final List<Inbox.Entry> arrived = new ArrayList<>();
  private final List<Inbox.Entry> group = new ArrayList<>();
  private final CommitTimes times = new CommitTimes();
  private final LongAdder appended = new LongAdder();
  private final LongAdder appendedBytes = new LongAdder();
  private int encoded;
  private long groupBytes;
  private long unencodedBytes;
  private boolean awaited;
  private boolean starving;
  private boolean open = true;
  private long deadline;
  private long committedSequence;
  private long sequence;
  private volatile @Nullable Throwable failure;

  CommitLoop(
      Inbox inbox,
      Recovery recovered,
      DiskGuard guard,
      JournalConfig config,
      Surroundings surroundings) {
    this.inbox = inbox;
    this.catalogue = recovered.catalogue();
    this.tails = recovered.tails();
    this.guard = guard;
    this.config = config;
    this.surroundings = surroundings;
    this.committedSequence = recovered.highest();
    this.sequence = committedSequence;
  }

  @Override
  public void run() {
    try {
      while (open || !group.isEmpty() || !arrived.isEmpty()) {
        turn();
      }
      for (StreamWriter writer : writers.values()) {
        writer.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private void turn() throws IOException, InterruptedException {
    long wait = group.isEmpty() ? IDLE_NANOS : Math.max(0, deadline - now());
    // Batches may already have arrived while the last group waited for space.
    open = inbox.take(arrived, arrived.isEmpty() ? wait : 0);
    if (!arrived.isEmpty() && group.isEmpty()) {
      deadline = now() + DELAY_NANOS;
    }
    for (Inbox.Entry entry : arrived) {
      group.add(entry);
      groupBytes += entry.batch().size();
      unencodedBytes += entry.batch().size();
      awaited |= entry.batch().awaited();
      starving |= entry.batch().starving();
    }
    arrived.clear();
    boolean due =
        awaited || starving || !open || groupBytes >= COMMIT_AT_BYTES || now() >= deadline;
    if (group.isEmpty()) {
      for (StreamWriter writer : writers.values()) {
        writer.sealWhenDue();
      }
    } else if (due) {
      commit();
    } else if (unencodedBytes >= ENCODE_AT_BYTES) {
      write(false);
    }
  }

  private long now() {
    return surroundings.nanoTime().getAsLong();
  }

  private void commit() throws IOException, InterruptedException {
    write(true);
    CrashPoint.reach("journal.before-force");
    long begun = now();
    for (StreamWriter writer : writers.values()) {
      writer.force();
    }
    times.add((now() - begun) / 1000);
    CrashPoint.reach("journal.after-force");
    CrashPoint.reach("journal.before-ack");
    for (Inbox.Entry entry : group) {
      entry.batch().acknowledge(CommitLoop::acknowledgementFailed);
    }
    for (StreamWriter writer : writers.values()) {
      appended.add(writer.publish());
    }
    appendedBytes.add(groupBytes);
    committedSequence = sequence;
    catalogue.ring();
    CrashPoint.reach("journal.after-publish");
    for (Inbox.Entry entry : group) {
      entry.batch().release();
    }
    group.clear();
    encoded = 0;
    groupBytes = 0;
    unencodedBytes = 0;
    awaited = false;
    starving = false;
  }

  /** Writes the group's batches; when the disk is full, cuts them all, waits, and begins again. */
  private void write(boolean flush) throws IOException, InterruptedException {
    CrashPoint.reach("journal.before-append");
    int tries = 0;
    while (true) {
      try {
        encode();
        if (flush) {
          for (StreamWriter writer : writers.values()) {
            writer.flush(!open);
          }
        }
        CrashPoint.reach("journal.after-append");
        if (tries > 0) {
          guard.outOfSpace(false);
          LOG.atWarn().log("Journal writes again");
        }
        return;
      } catch (IOException e) {
        if (e instanceof ForceException || !guard.meansFull(e)) {
          throw e;
        }
        if (tries++ == 0) {
          guard.outOfSpace(true);
          LOG.atError().setCause(e).log("Journal waits for space");
        }
        for (StreamWriter writer : writers.values()) {
          writer.cut();
        }
        sequence = committedSequence;
        encoded = 0;
        awaitSpace(tries, e);
      }
    }
  }

  private void awaitSpace(int tries, IOException cause) throws IOException, InterruptedException {
    open = inbox.take(arrived, 0);
    if (!open && tries > SPACE_TRIES_AT_CLOSE) {
      throw new IOException(
          "the disk is full: " + group.size() + " batches, never acknowledged, are not stored",
          cause);
    }
    Thread.sleep(Math.min(SPACE_MILLIS, tries * 10));
  }

  /** Gives sequences stream by stream, so that each stream gets one gap-free run. */
  private void encode() throws IOException {
    int from = encoded;
    for (int i = from; i < group.size(); i++) {
      String stream = group.get(i).stream();
      if (firstWith(stream, from) == i) {
        StreamWriter writer = writer(stream);
        for (int k = i; k < group.size(); k++) {
          Inbox.Entry entry = group.get(k);
          if (entry.stream().equals(stream)) {
            writer.append(entry.batch(), sequence + 1);
            sequence += entry.batch().count();
          }
        }
      }
    }
    encoded = group.size();
    unencodedBytes = 0;
  }

  private int firstWith(String stream, int from) {
    int i = from;
    while (!group.get(i).stream().equals(stream)) {
      i++;
    }
    return i;
  }

  private StreamWriter writer(String stream) {
    StreamWriter writer = writers.get(stream);
    if (writer == null) {
      Recovery.Tail tail = tails.getOrDefault(stream, Recovery.Tail.none());
      writer = new StreamWriter(config, surroundings, catalogue.stream(stream), tail);
      writers.put(stream, writer);
    }
    return writer;
  }

  private static void acknowledgementFailed(RuntimeException e) {
    LOG.atError().setCause(e).log("An acknowledgement failed");
  }

  private void fail(Throwable cause) {
    failure = cause;
    for (StreamWriter writer : writers.values()) {
      writer.abandon();
    }
    LOG.atError().setCause(cause).log("Journal has failed and acknowledges nothing any more");
    catalogue.close();
    surroundings.fatal().accept(EXIT_CODE);
  }

  /** Why nothing is acknowledged any more, or null. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Throws when the loop has ended with an error. */
  void check() throws IOException {
    Throwable cause = failure;
    if (cause != null) {
      throw new IOException("the journal has failed; restart the service", cause);
    }
  }

  long appended() {
    return appended.sum();
  }

  long appendedBytes() {
    return appendedBytes.sum();
  }

  CommitTimes times() {
    return times;
  }
}
