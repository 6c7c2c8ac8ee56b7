package tr.emanet.indicator.feed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Ends with {@link TooLarge} when more bytes come than may. One thread only. */
final class BoundedStream extends FilterInputStream {

  /** The limit was passed. */
  static final class TooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    TooLarge(long limit) {
      super("more than " + limit + " bytes");
    }
  }

  private final long limit;
  private final LongConsumer counter;
  private long count;

  /**
   * @param counter told of every byte, and may throw to end the crawl
   */
  BoundedStream(InputStream in, long limit, LongConsumer counter) {
    super(in);
    this.limit = limit;
    this.counter = counter;
  }

  private void add(long n) throws TooLarge {
    count += n;
    counter.accept(n);
    if (count > limit) {
      throw new TooLarge(limit);
    }
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    if (b >= 0) {
      add(1);
    }
    return b;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    int n = in.read(into, at, length);
    if (n > 0) {
      add(n);
    }
    return n;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
