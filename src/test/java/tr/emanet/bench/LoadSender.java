package tr.emanet.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * The sender, a process of its own: {@code file OUT START PER_SECOND LINES} makes a file, {@code
 * tcp PORT FILE FROM TO PER_SECOND} and {@code udp PORT FILE FROM TO PER_SECOND} send the bytes
 * {@code [FROM, TO)} of a file, PER_SECOND 0 flat out. Prints {@code ready}, waits for a line on
 * its standard input, then prints {@code done EVENTS NANOS}. TCP writes 64 KiB at a time.
 */
public final class LoadSender {

  private static final int CHUNK = 64 * 1024;

  /** Paced sending goes in slices of this many nanoseconds. */
  private static final long SLICE = 500_000;

  private static final long MOST_BEHIND = 10 * SLICE;

  private LoadSender() {}

  // Honoured with ThreadPriorityPolicy=1: devices do not wait for the receiver's processor.
  @SuppressWarnings("ThreadPriorityCheck")
  public static void main(String[] args) throws IOException {
    if (args[0].equals("udp")) {
      Thread.currentThread().setPriority(Thread.MAX_PRIORITY);
    }
    if (args[0].equals("file")) {
      write(args);
      return;
    }
    InetSocketAddress to =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
    long from = Long.parseLong(args[3]);
    long end = Long.parseLong(args[4]);
    long rate = Long.parseLong(args[5]);
    try (FileChannel file = FileChannel.open(Path.of(args[2]))) {
      boolean tcp = args[0].equals("tcp");
      try (SocketChannel stream = tcp ? SocketChannel.open(to) : null;
          DatagramChannel datagrams = tcp ? null : DatagramChannel.open()) {
        if (datagrams != null) {
          datagrams.setOption(StandardSocketOptions.SO_SNDBUF, 4 << 20);
          datagrams.connect(to);
        }
        System.out.println("ready");
        if (System.in.read() < 0) {
          return;
        }
        long begun = System.nanoTime();
        long events = send(new Source(file, from, end), stream, datagrams, rate);
        System.out.println("done " + events + " " + (System.nanoTime() - begun));
      }
    }
  }

  private static void write(String[] args) throws IOException {
    Corpus corpus = new Corpus(Corpus.SEED, Instant.parse(args[2]), Integer.parseInt(args[3]));
    long to = Long.parseLong(args[4]);
    try (FileChannel out =
        FileChannel.open(
            Path.of(args[1]),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
      for (long n = 0; n < to; n++) {
        int length = corpus.next();
        if (buffer.remaining() < length) {
          flush(buffer, out);
        }
        buffer.put(corpus.bytes(), 0, length);
      }
      flush(buffer, out);
    }
  }

  private static void flush(ByteBuffer buffer, FileChannel out) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      int ignored = out.write(buffer);
    }
    buffer.clear();
  }

  private static long send(
      Source source,
      @org.jspecify.annotations.Nullable SocketChannel stream,
      @org.jspecify.annotations.Nullable DatagramChannel datagrams,
      long rate)
      throws IOException {
    if (stream != null && rate == 0) {
      long events = 0;
      for (ByteBuffer b = source.chunk(); b.hasRemaining(); b = source.chunk()) {
        events += lines(b);
        while (b.hasRemaining()) {
          int ignored = stream.write(b);
        }
      }
      return events;
    }
    long events = 0;
    long begun = System.nanoTime();
    while (true) {
      long now = System.nanoTime();
      if (rate != 0 && now - begun - events * 1_000_000_000L / rate > MOST_BEHIND) {
        // We were not scheduled for a while. Devices do not send that in one burst, nor do we.
        begun = now - MOST_BEHIND - events * 1_000_000_000L / rate;
      }
      long due = rate == 0 ? Long.MAX_VALUE : (now - begun) * rate / 1_000_000_000L;
      while (events < due) {
        ByteBuffer line = source.line();
        if (line == null) {
          return events;
        }
        if (datagrams != null) {
          line.limit(line.limit() - 1);
          int ignored = datagrams.write(line);
        } else if (stream != null) {
          // A paced stream is what many small devices make: a write a line is its honest form.
          while (line.hasRemaining()) {
            int ignored = stream.write(line);
          }
        }
        events++;
      }
      LockSupport.parkNanos(SLICE);
    }
  }

  private static long lines(ByteBuffer b) {
    long count = 0;
    for (int i = b.position(); i < b.limit(); i++) {
      count += b.get(i) == '\n' ? 1 : 0;
    }
    return count;
  }

  /** Bytes of a file, by chunk or by line. */
  private static final class Source {
    private final FileChannel file;
    private final long end;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
    private long at;

    Source(FileChannel file, long from, long end) {
      this.file = file;
      this.at = from;
      this.end = end;
      buffer.limit(0);
    }

    ByteBuffer chunk() throws IOException {
      buffer.clear();
      buffer.limit((int) Math.min(CHUNK, end - at));
      while (buffer.hasRemaining()) {
        int n = file.read(buffer, at);
        if (n < 0) {
          break;
        }
        at += n;
      }
      buffer.flip();
      return buffer;
    }

    /** The next line with its line feed, or null at the end. */
    @org.jspecify.annotations.Nullable
    ByteBuffer line() throws IOException {
      while (true) {
        for (int i = buffer.position(); i < buffer.limit(); i++) {
          if (buffer.get(i) == '\n') {
            ByteBuffer line = buffer.slice(buffer.position(), i + 1 - buffer.position());
            buffer.position(i + 1);
            return line;
          }
        }
        buffer.compact();
        int room = (int) Math.min(buffer.remaining(), end - at);
        if (room == 0) {
          return null;
        }
        buffer.limit(buffer.position() + room);
        int n = file.read(buffer, at);
        if (n < 0) {
          return null;
        }
        at += n;
        buffer.flip();
      }
    }
  }
}
