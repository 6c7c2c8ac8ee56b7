package tr.emanet.backup.recover;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restore.SnapshotFile;

/**
 * A download that is audited and ready; to be written once, or closed. Until then it shares the
 * lock of the repository, so that nobody takes away what it is about to read.
 */
public final class SnapshotDownload implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotDownload.class);

  private final String name;
  private final long size;
  private final Source source;
  private final Writer writer;
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * What it reads from; it is closed with the download.
   *
   * @param file null when it is an archive
   * @param at when it was opened
   */
  record Source(
      Repository repository, RepositoryLock lock, @Nullable SnapshotFile file, Instant at) {

    void close() {
      if (file != null) {
        file.close();
      }
      try {
        lock.close();
      } catch (IOException e) {
        // What was read is whole; a lock that stays is found and named by who comes next.
        LOG.atWarn().setCause(e).log("The lock of a download could not be removed");
      } finally {
        repository.close();
      }
    }
  }

  @FunctionalInterface
  interface Writer {
    void write(OutputStream out) throws IOException;
  }

  SnapshotDownload(String name, long size, Source source, Writer writer) {
    this.name = name;
    this.size = size;
    this.source = source;
    this.writer = writer;
  }

  /** A name that is harmless everywhere. */
  public String name() {
    return name;
  }

  /** In bytes; -1 when nobody knows before the end. */
  public long size() {
    return size;
  }

  /** Writes everything and closes; an error in the middle means that the rest is missing. */
  public void writeTo(OutputStream out) throws IOException {
    if (!begun.compareAndSet(false, true)) {
      throw new BackupException("the download was not begun in time, or twice; ask for it again");
    }
    try {
      writer.write(out);
    } finally {
      source.close();
    }
  }

  /** Whether it was written, is being written, or was closed. */
  boolean begun() {
    return begun.get();
  }

  Instant at() {
    return source.at();
  }

  /** Lets go of it when it was not begun; else whoever writes it does. */
  @Override
  public void close() {
    if (begun.compareAndSet(false, true)) {
      source.close();
    }
  }
}
