package tr.emanet.backup.restic;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads a file or stream, cuts it, stores its chunks: here, or by another thread of the pool while
 * this one reads on. Called on threads of a fork-join pool.
 */
final class FileSaver {

  private static final int BUFFER = 2 * Chunker.MAX;

  /** How many chunks wait or are worked on: bounds memory. */
  private static final int CHUNKS = 6;

  private final Chunker chunker;
  private final BlobWriter writer;
  private final Benches benches;
  private final Semaphore chunks = new Semaphore(CHUNKS);
  private final ConcurrentLinkedQueue<byte[]> buffers = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  /** The source cannot be read; the repository is well. */
  static final class SourceFailed extends IOException {

    private static final long serialVersionUID = 1L;

    SourceFailed(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

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
  Node save(Path file, Node node) throws IOException {
    long listed = node.facts().size();
    List<ForkJoinTask<Id>> ids = new ArrayList<>();
    // One byte more than listed, so that its end is seen without a larger buffer.
    byte[] small = listed < 1 << 16 ? new byte[(int) listed + 1] : buffer();
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return saved(
          node,
          small,
          (into, offset, length) ->
              channel.read(ByteBuffer.wrap(into, offset, Math.min(1 << 18, length))),
          ids);
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
    Node saved;
    try (InputStream in = source.opener().open()) {
      saved = saved(node, buffer(), in::read, new ArrayList<>());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (SourceFailed e) {
      throw e;
    } catch (IOException e) {
      throw new SourceFailed(e);
    }
    long least = Math.max(1, source.least());
    if (saved.facts().size() < least) {
      throw new SourceFailed(
          new EOFException(
              "it ended after " + saved.facts().size() + " bytes and must have at least " + least));
    }
    return saved;
  }

  private Node saved(Node node, byte[] buffer, Source source, List<ForkJoinTask<Id>> ids)
      throws IOException {
    List<Id> here = new ArrayList<>(1);
    long size;
    try {
      size = cut(source, buffer, ids, here);
    } finally {
      // The last is most likely still ours: taken back and done here.
      for (ForkJoinTask<Id> task : ids.reversed()) {
        task.quietlyJoin();
      }
      if (buffer.length == BUFFER) {
        buffers.add(buffer);
      }
    }
    for (ForkJoinTask<Id> task : ids) {
      here.add(task.join());
    }
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
    return new Node(node.name(), node.type(), read, here, null, null);
  }

  private byte[] buffer() {
    byte[] known = buffers.poll();
    return known == null ? new byte[BUFFER] : known;
  }

  private long cut(Source source, byte[] small, List<ForkJoinTask<Id>> ids, List<Id> here)
      throws IOException {
    byte[] buffer = small;
    long total = 0;
    int start = 0;
    int end = 0;
    boolean last = false;
    while (true) {
      if (!last && (end - start < Chunker.MAX)) {
        if (start > 0 && buffer.length - start < Chunker.MAX) {
          System.arraycopy(buffer, start, buffer, 0, end - start);
          end -= start;
          start = 0;
        }
        if (end == buffer.length) {
          buffer = Arrays.copyOf(buffer, BUFFER); // it grew since it was listed
        }
        int read = read(source, buffer, end);
        last = read < 0;
        end += Math.max(0, read);
        if (!last && end - start < Chunker.MAX && end < buffer.length) {
          continue;
        }
      }
      int length = end == start ? 0 : chunker.cut(buffer, start, end - start, last);
      if (length > 0) {
        if (last && start + length == end && ids.isEmpty()) {
          here.add(store(buffer, start, length));
        } else {
          ids.add(task(buffer, start, length));
        }
        start += length;
        total += length;
      } else if (last) {
        return total;
      }
    }
  }

  private static int read(Source source, byte[] buffer, int end) throws SourceFailed {
    try {
      return source.read(buffer, end, buffer.length - end);
    } catch (IOException e) {
      throw new SourceFailed(e);
    }
  }

  private Id store(byte[] buffer, int start, int length) {
    byte[] plain = start == 0 ? buffer : Arrays.copyOfRange(buffer, start, start + length);
    return benches.with(bench -> writer.save(BlobType.DATA, plain, length, bench));
  }

  private ForkJoinTask<Id> task(byte[] buffer, int start, int length) {
    byte[] plain = Arrays.copyOfRange(buffer, start, start + length);
    boolean share = chunks.tryAcquire();
    ForkJoinTask<Id> task =
        ForkJoinTask.adapt(
            () -> {
              try {
                return store(plain, 0, length);
              } finally {
                if (share) {
                  chunks.release();
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
