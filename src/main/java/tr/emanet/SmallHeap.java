package tr.emanet;

import java.io.Closeable;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the heap of the small profile near what is really in use. The serial collector of a machine
 * with little memory looks at old objects only when the heap has grown to its limit; what died
 * meanwhile (index buffers, mostly) would stay in memory that other programs could use. The limit
 * itself stays, for the hour of a large question.
 */
final class SmallHeap implements Closeable {

  /** Below this nothing is gained. */
  private static final long ENOUGH = 150L << 20;

  /** How much may die before it is worth a pause of about a tenth of a second. */
  private static final long SLACK = 64L << 20;

  private final Runtime runtime = Runtime.getRuntime();
  private final Thread watcher;

  private SmallHeap() {
    watcher = Thread.ofPlatform().daemon().name("small-heap").unstarted(this::watch);
  }

  static SmallHeap start() {
    SmallHeap heap = new SmallHeap();
    heap.watcher.start();
    return heap;
  }

  private void watch() {
    long kept = 0;
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(1);
        long used = used();
        if (used > Math.max(ENOUGH, kept + SLACK)) {
          System.gc();
          kept = used();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long used() {
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
