package tr.emanet.backup.restic;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicLong;
import tr.emanet.backup.OpenFile;

/**
 * Reads a file or stream, cuts it, stores its chunks: here, or by another thread of the pool while
 * this one reads on. Called on threads of a fork-join pool.
 */
final class FileSaver {

  /** A file that is smaller is one chunk. */
  private static final int SMALL = Chunker.MIN;

  private final Chunker chunker;
  private final BlobWriter writer;
  private final Benches benches;
  private final OpenFile.Opener opener = new OpenFile.Opener();
  private final ChunkRooms rooms = new ChunkRooms();
  private final AtomicLong bytes = new AtomicLong();

  /** The source cannot be read; the repository is well. */
  static final class SourceFailed extends IOException {

    private static final long serialVersionUID = 1L;

    SourceFailed(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * A file in the repository.
   *
   * @param scrambled whether its beginning looks encrypted
   */
  record Saved(Node node, boolean scrambled) {}

  /** Gives bytes as a stream does: how many, or less than 0 at the end. */
  private interface Source {

    int read(byte[] into, int offset, int length) throws IOException;
  }

  FileSaver(Chunker chunker, BlobWriter writer, Benches benches) {
    this.chunker = chunker;
    this.writer = writer;
    this.benches = benches;
  }

  /** How many bytes were read. */
  long bytes() {
    return bytes.get();
  }

  /** The node with its content and with the size that was read. */
  Saved save(Path file, Node node) throws IOException {
    long listed = node.facts().size();
    try (OpenFile open = opener.open(file)) {
      // One byte more than listed, so that its end is seen without a larger one.
      byte[] room = listed < SMALL ? new byte[(int) listed + 1] : rooms.take();
      return saved(node, room, open::read);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (SourceFailed e) {
      throw e;
    } catch (IOException e) {
      throw new SourceFailed(e);
    }
  }

  /**
   * The node with the stream's bytes; success is judged after its {@code close()}.
   *
   * @throws SourceFailed when it fails or is too short
   */
  Node save(StreamSource source, Node node) throws IOException {
    Saved saved;
    try (InputStream in = source.opener().open()) {
      saved = saved(node, rooms.take(), in::read);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (SourceFailed e) {
      throw e;
    } catch (IOException e) {
      throw new SourceFailed(e);
    }
    long least = Math.max(1, source.least());
    long size = saved.node().facts().size();
    if (size < least) {
      throw new SourceFailed(
          new EOFException("it ended after " + size + " bytes and must have at least " + least));
    }
    return saved.node();
  }

  private Saved saved(Node node, byte[] room, Source source) throws IOException {
    boolean[] scrambled = new boolean[1];
    List<ForkJoinTask<Id>> tasks = new ArrayList<>();
    List<Id> ids = new ArrayList<>(1);
    long size;
    try {
      size = cut(source, room, tasks, ids, scrambled);
    } finally {
      // The last is most likely still ours: taken back and done here.
      for (ForkJoinTask<Id> task : tasks.reversed()) {
        task.quietlyJoin();
      }
    }
    List<Id> all = new ArrayList<>(tasks.size() + ids.size());
    for (ForkJoinTask<Id> task : tasks) {
      all.add(task.join());
    }
    all.addAll(ids);
    bytes.addAndGet(size);
    Node.Facts facts = node.facts();
    Node.Facts read =
        new Node.Facts(
            facts.mode(),
            facts.modified(),
            facts.changed(),
            facts.owner(),
            facts.place(),
            size,
            facts.attributes());
    return new Saved(new Node(node.name(), node.type(), read, all, null, null), scrambled[0]);
  }

  /** Reads a chunk and a little more into a room; the chunk goes with it, the rest into another. */
  private long cut(
      Source source, byte[] first, List<ForkJoinTask<Id>> tasks, List<Id> ids, boolean[] scrambled)
      throws IOException {
    byte[] room = first;
    long total = 0;
    int end = 0;
    int looked = 0;
    boolean last = false;
    while (true) {
      if (end == room.length) {
        room = rooms.larger(room);
      }
      int read = read(source, room, end);
      last = read < 0;
      end += Math.max(0, read);
      int length = 0;
      while (end > 0 && (length = chunker.cut(room, looked, end, last)) > 0) {
        scrambled[0] |= total == 0 && Scrambled.looks(room, length);
        total += length;
        if (last && length == end) {
          ids.add(store(room, length));
          rooms.give(room);
          return total;
        }
        byte[] next = rooms.take();
        System.arraycopy(room, length, next, 0, end - length);
        tasks.add(task(room, length));
        room = next;
        end -= length;
        looked = 0;
      }
      looked = end + 1;
      if (last) {
        rooms.give(room);
        return total;
      }
    }
  }

  private static int read(Source source, byte[] room, int end) throws SourceFailed {
    try {
      return source.read(room, end, Math.min(ChunkRooms.AHEAD, room.length - end));
    } catch (IOException e) {
      throw new SourceFailed(e);
    }
  }

  private Id store(byte[] room, int length) {
    return benches.with(bench -> writer.save(BlobType.DATA, room, length, bench));
  }

  private ForkJoinTask<Id> task(byte[] room, int length) {
    boolean share = rooms.mayWait();
    ForkJoinTask<Id> task =
        ForkJoinTask.adapt(
            () -> {
              try {
                return store(room, length);
              } finally {
                rooms.give(room);
                if (share) {
                  rooms.waited();
                }
              }
            });
    if (share) {
      return task.fork();
    }
    // Enough are waiting: this thread reads no further until it has done one itself.
    task.quietlyInvoke();
    return task;
  }
}
