package tr.emanet.backup.restic;

import java.io.IOException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Reads a file, cuts it, stores its chunks: one chunk here, several by other threads. */
final class FileSaver {

  private static final int BUFFER = 2 * Chunker.MAX;

  /** How many chunks wait or are worked on: bounds memory. */
  private static final int CHUNKS = 12;

  private final Chunker chunker;
  private final BlobWriter writer;
  private final Benches benches;
  private final Executor savers;
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

  FileSaver(Chunker chunker, BlobWriter writer, Benches benches, Executor savers) {
    this.chunker = chunker;
    this.writer = writer;
    this.benches = benches;
    this.savers = savers;
  }

  /** How many bytes were read. */
  long bytes() {
    return bytes.get();
  }

  /** The node with its content and with the size that was read. */
  Node save(Path file, Node node) throws IOException {
    long listed = node.facts().size();
    // One byte more than listed, so that its end is seen without a larger buffer.
    byte[] known = listed < 1 << 16 ? new byte[(int) listed + 1] : buffers.poll();
    byte[] buffer = known == null ? new byte[BUFFER] : known;
    List<CompletableFuture<Id>> ids = new ArrayList<>();
    long size;
    try {
      size = cut(file, buffer, ids);
      CompletableFuture.allOf(ids.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException | UncheckedIOException e) {
      Throwable cause = e instanceof CompletionException ? e.getCause() : e;
      throw cause instanceof UncheckedIOException io ? io.getCause() : new IOException(cause);
    } finally {
      if (buffer.length == BUFFER) {
        buffers.add(buffer);
      }
    }
    bytes.addAndGet(size);
    List<Id> content = new ArrayList<>(ids.size());
    ids.forEach(id -> content.add(id.join()));
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
    return new Node(node.name(), node.type(), read, content, null, null);
  }

  private long cut(Path file, byte[] small, List<CompletableFuture<Id>> ids) throws SourceFailed {
    byte[] buffer = small;
    long total = 0;
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
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
          int read =
              channel.read(ByteBuffer.wrap(buffer, end, Math.min(1 << 18, buffer.length - end)));
          last = read < 0;
          end += Math.max(0, read);
          if (!last && end - start < Chunker.MAX && end < buffer.length) {
            continue;
          }
        }
        int length = end == start ? 0 : chunker.cut(buffer, start, end - start, last);
        if (length > 0) {
          boolean only = last && start + length == end && ids.isEmpty();
          ids.add(only ? here(buffer, start, length) : elsewhere(buffer, start, length));
          start += length;
          total += length;
        } else if (last) {
          return total;
        }
      }
    } catch (IOException e) {
      throw new SourceFailed(e);
    }
  }

  private CompletableFuture<Id> here(byte[] buffer, int start, int length) {
    byte[] plain = start == 0 ? buffer : Arrays.copyOfRange(buffer, start, start + length);
    return CompletableFuture.completedFuture(
        benches.with(bench -> writer.save(BlobType.DATA, plain, length, bench)));
  }

  private CompletableFuture<Id> elsewhere(byte[] buffer, int start, int length) {
    byte[] plain = Arrays.copyOfRange(buffer, start, start + length);
    chunks.acquireUninterruptibly();
    return CompletableFuture.supplyAsync(
            () -> benches.with(bench -> writer.save(BlobType.DATA, plain, length, bench)), savers)
        .whenComplete((id, failed) -> chunks.release());
  }
}
