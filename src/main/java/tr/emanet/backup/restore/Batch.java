package tr.emanet.backup.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.Contents;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Node;

/**
 * Some thousand files that are restored together, in the order of the packs: each part of a pack is
 * read once, each blob of it opened once and written to all its places. Filled by one thread, run
 * by several.
 */
final class Batch {

  private static final int FILES = 20_000;
  private static final int BLOBS = 400_000;
  private static final int RUN = 4 << 20;
  private static final int GAP = 128 << 10;

  private final Session session;
  private final Contents contents;
  private final ExecutorService workers;
  private final int threads;
  private final List<FileTask> files = new ArrayList<>();
  private long blobs;

  /** A blob at a place of a file. */
  private record Want(FileTask file, long at, int entry, Contents.Piece piece) {}

  /** What is read of a pack in one go. */
  private record Run(Id pack, int from, int to, List<Want> wants) {}

  private interface Step<T> {

    void run(Hand hand, T item) throws IOException;
  }

  Batch(Session session, Contents contents, ExecutorService workers, int threads) {
    this.session = session;
    this.contents = contents;
    this.workers = workers;
    this.threads = threads;
  }

  /** Adds a file; true when the batch is to be run. */
  boolean add(FileTask file) {
    files.add(file);
    blobs += file.blobs().length;
    return files.size() >= FILES || blobs >= BLOBS;
  }

  /** Restores the files and empties the batch. */
  void run() throws IOException {
    if (files.isEmpty()) {
      return;
    }
    boolean[] wanted = new boolean[files.size()];
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      wanted[i] = files.get(i).folder().fresh();
      if (!wanted[i]) {
        numbers.add(i);
      }
    }
    each(numbers, (hand, i) -> wanted[i] = decide(hand, files.get(i)));
    List<FileTask> fresh = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i]) {
        fresh.add(files.get(i));
      }
    }
    each(fresh.stream().filter(f -> f.blobs().length == 0).toList(), (h, f) -> f.writeEmpty(h));
    each(runs(fresh), this::restore);
    if (session.tally().stopped()) {
      each(fresh, (hand, file) -> file.discard(hand), false);
    }
    session.append();
    files.clear();
    blobs = 0;
  }

  private <T> void each(List<T> items, Step<T> step) throws IOException {
    each(items, step, true);
  }

  private <T> void each(List<T> items, Step<T> step, boolean mayStop) throws IOException {
    if (items.isEmpty()) {
      return;
    }
    AtomicInteger next = new AtomicInteger();
    Callable<Boolean> work =
        () -> {
          Hand hand = session.hand();
          try {
            int at = next.getAndIncrement();
            while (at < items.size() && !(mayStop && session.tally().stopped())) {
              step.run(hand, items.get(at));
              at = next.getAndIncrement();
            }
          } finally {
            session.back(hand);
          }
          return true;
        };
    List<Callable<Boolean>> same = new ArrayList<>();
    for (int i = 0; i < Math.min(threads, items.size()); i++) {
      same.add(work);
    }
    try {
      for (Future<Boolean> done : workers.invokeAll(same)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupException("the restore was interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case Error bug -> throw bug;
        case null, default -> throw new IllegalStateException("a thread of the restore", e);
      }
    }
  }

  /** True when the file is to be written; else it is counted. */
  private boolean decide(Hand hand, FileTask file) {
    Tally tally = session.tally();
    Node node = file.node();
    try {
      Stat stands = hand.kernel().stat(hand.open(file.folder()), node.name());
      if (stands == null) {
        return true;
      }
      if (stands.isDirectory()) {
        throw new BackupException("a file is wanted, a directory stands there; move it away");
      }
      if (session.doneBefore(file.folder(), node, stands)) {
        session.done(file.folder(), node);
        session.stands(node.facts().place(), stands);
        tally.resumed.incrementAndGet();
        tally.passed(stands.size(), file.path());
        return false;
      }
      return replaces(hand, file, stands);
    } catch (IOException e) {
      file.fail(hand, e);
      return false;
    }
  }

  /** What the request says about an entry that stands there; true to write the file. */
  private boolean replaces(Hand hand, FileTask file, Stat stands) throws IOException {
    boolean never = session.request().options().overwrite() == RestoreRequest.Overwrite.NEVER;
    boolean compares =
        switch (session.request().options().overwrite()) {
          // What this very restore made before it was killed is not somebody else's file.
          case NEVER -> session.resumed();
          case IF_DIFFERENT -> true;
          case ALWAYS -> false;
        };
    if (compares && equal(hand, file, stands)) {
      return false;
    }
    if (never) {
      session.tally().kept.incrementAndGet();
      session.tally().passed(file.node().facts().size(), file.path());
      return false;
    }
    file.replaces();
    return true;
  }

  /** True when the file has the content already; it is counted and has its facts then. */
  private boolean equal(Hand hand, FileTask file, Stat stands) throws IOException {
    Node node = file.node();
    // A file with a further name may be one of outside: its facts are not touched in place.
    if (!stands.isFile() || stands.links() > 1 || stands.size() != node.facts().size()) {
      return false;
    }
    int descriptor = hand.kernel().read(hand.open(file.folder()), node.name());
    try {
      Stat opened = hand.kernel().stat(descriptor);
      if (!opened.isFile() || opened.links() > 1 || !same(hand, descriptor, file)) {
        return false;
      }
      session.facts().apply(hand.kernel(), descriptor, false, node, file.path());
      session.done(file.folder(), node);
      session.stands(node.facts().place(), opened);
      session.tally().equal.incrementAndGet();
      session.tally().passed(stands.size(), file.path());
      return true;
    } finally {
      hand.kernel().close(descriptor);
    }
  }

  private boolean same(Hand hand, int descriptor, FileTask file) throws IOException {
    long at = 0;
    for (int entry : file.blobs()) {
      int length = contents.piece(entry).plain();
      byte[] room = hand.room(length);
      if (hand.kernel().read(descriptor, at, room, 0, length) != length
          || !contents.id(entry).isOf(room, 0, length)) {
        return false;
      }
      session.tally().verified.incrementAndGet();
      at += length;
    }
    return true;
  }

  private List<Run> runs(List<FileTask> fresh) {
    Map<Id, List<Want>> packs = new LinkedHashMap<>();
    for (FileTask file : fresh) {
      long at = 0;
      for (int entry : file.blobs()) {
        Contents.Piece piece = contents.piece(entry);
        packs
            .computeIfAbsent(piece.pack(), pack -> new ArrayList<>())
            .add(new Want(file, at, entry, piece));
        at += piece.plain();
      }
    }
    List<Run> runs = new ArrayList<>();
    packs.forEach(
        (pack, wants) -> {
          wants.sort(Comparator.comparingInt(want -> want.piece().offset()));
          split(pack, wants, runs);
        });
    return runs;
  }

  private static void split(Id pack, List<Want> wants, List<Run> runs) {
    int first = 0;
    while (first < wants.size()) {
      int from = wants.get(first).piece().offset();
      int to = from;
      int next = first;
      while (next < wants.size()) {
        Contents.Piece piece = wants.get(next).piece();
        int end = piece.offset() + piece.length();
        if (next > first && (piece.offset() - to > GAP || end - from > RUN)) {
          break;
        }
        to = Math.max(to, end);
        next++;
      }
      runs.add(new Run(pack, from, to, wants.subList(first, next)));
      first = next;
    }
  }

  private void restore(Hand hand, Run run) throws IOException {
    int length = run.to() - run.from();
    byte[] sealed = hand.room(length);
    boolean whole = true;
    try {
      contents.read(run.pack(), run.from(), sealed, length);
    } catch (IOException e) {
      whole = false; // a pack that is cut: each blob for itself says what is missing
    }
    int last = -1;
    byte @Nullable [] plain = null;
    for (Want want : run.wants()) {
      try {
        if (want.entry() != last || plain == null) {
          plain = null;
          last = want.entry();
          plain = open(hand, want, run, sealed, whole);
          session.tally().verified.incrementAndGet();
        }
        want.file().write(hand, want.at(), plain, want.piece().plain());
      } catch (IOException e) {
        want.file().fail(hand, e);
      }
    }
  }

  /** The bytes of the blob, in room of the hand that is longer than they are. */
  private byte[] open(Hand hand, Want want, Run run, byte[] sealed, boolean whole)
      throws IOException {
    Contents.Piece piece = want.piece();
    byte[] plain = hand.plain(contents.room(want.entry()));
    if (whole) {
      contents.unpack(sealed, piece.offset() - run.from(), want.entry(), plain);
    } else {
      byte[] alone = new byte[piece.length()];
      contents.read(run.pack(), piece.offset(), alone, alone.length);
      contents.unpack(alone, 0, want.entry(), plain);
    }
    return plain;
  }
}
