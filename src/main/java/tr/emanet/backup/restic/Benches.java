package tr.emanet.backup.restic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Benches for as many threads as ask at a time, kept for the next one. Any thread. */
final class Benches implements AutoCloseable {

  private final Repository repository;
  private final ConcurrentLinkedQueue<Workbench> free = new ConcurrentLinkedQueue<>();

  /** Work that needs a bench. */
  interface Work<T> {

    T run(Workbench bench) throws IOException;
  }

  Benches(Repository repository) {
    this.repository = repository;
  }

  /** Runs the work with a bench that is its own for so long; wraps an IOException. */
  <T> T with(Work<T> work) {
    Workbench known = free.poll();
    Workbench bench = known == null ? repository.workbench() : known;
    try {
      return work.run(bench);
    } catch (IOException e) {
      throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
    } finally {
      free.add(bench);
    }
  }

  @Override
  public void close() {
    Workbench bench = free.poll();
    while (bench != null) {
      bench.close();
      bench = free.poll();
    }
  }
}
