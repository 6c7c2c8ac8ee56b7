package tr.emanet.backup.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The numbers and lists of a running restore. Any thread. */
final class Tally {

  final AtomicLong written = new AtomicLong();
  final AtomicLong overwritten = new AtomicLong();
  final AtomicLong equal = new AtomicLong();
  final AtomicLong resumed = new AtomicLong();
  final AtomicLong kept = new AtomicLong();
  final AtomicLong directories = new AtomicLong();
  final AtomicLong others = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();
  final AtomicLong verified = new AtomicLong();
  private final AtomicLong passed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong left = new AtomicLong();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<RestoreReport.Entry> problems = new ArrayList<>();
  private final List<RestoreReport.Entry> leftOut = new ArrayList<>();
  private final RestoreProgress progress;

  Tally(RestoreProgress progress) {
    this.progress = progress;
  }

  void problem(String path, Exception why) {
    String message = why.getMessage();
    if (message == null || !(why instanceof IOException)) {
      message = why.toString();
    }
    problem(path, message);
  }

  void problem(String path, String why) {
    failed.incrementAndGet();
    add(problems, path, why);
  }

  void leftOut(String path, String why) {
    left.incrementAndGet();
    add(leftOut, path, why);
  }

  private static void add(List<RestoreReport.Entry> list, String path, String why) {
    synchronized (list) {
      if (list.size() < RestoreReport.LISTED) {
        list.add(new RestoreReport.Entry(path, why));
      }
    }
  }

  /** Tells the listener about bytes that were written or stood there already. */
  void passed(long more, String current) {
    long all = passed.addAndGet(more);
    // What was kept was not read, and a link has no content: nobody may count them as whole.
    long files = written.get() + equal.get() + resumed.get();
    progress.done(all, files, current);
    progress.verified(verified.get(), failed.get());
  }

  boolean stopped() {
    if (progress.stopped()) {
      stopped.set(true);
    }
    return stopped.get();
  }

  RestoreReport report(RestoreRequest request) {
    return new RestoreReport(
        request.snapshot().id().hex(),
        request.target().toString(),
        new RestoreReport.Counts(
            written.get(),
            overwritten.get(),
            equal.get(),
            resumed.get(),
            kept.get(),
            directories.get(),
            others.get(),
            bytes.get(),
            verified.get(),
            failed.get(),
            left.get()),
        copy(problems),
        copy(leftOut),
        stopped.get());
  }

  private static List<RestoreReport.Entry> copy(List<RestoreReport.Entry> list) {
    synchronized (list) {
      return List.copyOf(list);
    }
  }
}
