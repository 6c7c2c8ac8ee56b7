package tr.emanet;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A part of the start that runs on a thread of its own, so that both cores of a small machine are
 * used. Safe for many threads.
 */
final class Beside<T> {

  private final FutureTask<T> task;

  private Beside(FutureTask<T> task) {
    this.task = task;
  }

  static <T> Beside<T> start(String name, Callable<T> part) {
    FutureTask<T> task = new FutureTask<>(part);
    Thread.ofPlatform().name(name).start(task);
    return new Beside<>(task);
  }

  /** Waits for the end, whatever it is. */
  void await() throws InterruptedException {
    try {
      task.get();
    } catch (ExecutionException ignored) {
      // Told by get(), which everybody calls who needs the result.
      return;
    }
  }

  /** Waits for the result; throws what the part threw. */
  T get() throws Exception {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }
}
