package tr.emanet.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/**
 * The one database of the process, at {@code store/emanet.db} below the state directory. Safe for
 * many threads: writes wait for each other, reads do not wait for writes.
 *
 * <p>At run time a failing disk or a damaged file shows as {@link UncheckedIOException} whose cause
 * is a {@link StoreException}; the transaction is then undone.
 */
public final class Database implements Closeable {

  /** Connections for readers; a fifth reader waits. */
  private static final int READERS = 4;

  private static final int BUSY_MILLIS = 5_000;
  private static final int READER_WAIT_SECONDS = 30;

  /** What runs inside a transaction without seeing the database itself. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object, X extends Exception> {
    T run() throws X;
  }

  private final Path file;
  private final Handle writer;
  private final ReentrantLock writing = new ReentrantLock();
  private boolean inTransaction;
  private final BlockingQueue<Handle> readers;
  private final List<Handle> handles;

  private Database(Path file, Handle writer, List<Handle> readers) {
    this.file = file;
    this.writer = writer;
    this.readers = new ArrayBlockingQueue<>(READERS, false, readers);
    this.handles = new ArrayList<>(readers);
    handles.add(writer);
  }

  /**
   * Opens or makes the database and applies the migrations that are missing.
   *
   * @param state the state directory; {@code store} below it is made with mode 0700
   * @param features whose tables are wanted, such as {@code audit}: see {@link Migrator}
   * @throws StoreException when it cannot be used; the message names the remedy
   */
  public static Database open(Path state, List<String> features) throws StoreException {
    Path directory = state.resolve("store");
    Path file = directory.resolve("emanet.db");
    List<Handle> opened = new ArrayList<>();
    try {
      prepare(directory, file);
      Jdbi jdbi = Jdbi.create(source(file));
      Handle writer = connect(jdbi, false);
      opened.add(writer);
      new Migrator(file, writer.getConnection()).migrate(features);
      List<Handle> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Handle reader = connect(jdbi, true);
        opened.add(reader);
        readers.add(reader);
      }
      return new Database(file, writer, readers);
    } catch (StoreException e) {
      opened.forEach(Handle::close);
      throw e;
    } catch (IOException | SQLException | JdbiException e) {
      opened.forEach(Handle::close);
      throw explain(file, e);
    }
  }

  private static void prepare(Path directory, Path file) throws IOException {
    Path unpacked = directory.resolve("native");
    if (!Files.isDirectory(unpacked)) {
      Files.createDirectories(
          unpacked,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    // The driver unpacks its native library there: hardened machines mount /tmp without exec.
    System.setProperty("org.sqlite.tmpdir", unpacked.toString());
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    if (!Files.isWritable(file)) {
      throw new AccessDeniedException(file.toString());
    }
  }

  private static SQLiteDataSource source(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.enableRecursiveTriggers(true);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-4096);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static Handle connect(Jdbi jdbi, boolean reader) throws SQLException {
    Handle handle = jdbi.open();
    try (var statement = handle.getConnection().createStatement()) {
      statement.executeUpdate("PRAGMA trusted_schema = OFF");
      if (reader) {
        statement.executeUpdate("PRAGMA query_only = ON");
      }
    } catch (SQLException e) {
      handle.close();
      throw e;
    }
    return handle;
  }

  /**
   * Writes a copy of one moment into a new file while readers and writers go on; what stands in the
   * write-ahead log is in it.
   *
   * @param copy must not exist; mode 0600
   * @throws StoreException when it cannot be written
   */
  public void copyTo(Path copy) throws StoreException {
    try {
      Files.createFile(
          copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Properties settings = new Properties();
      settings.setProperty("busy_timeout", String.valueOf(BUSY_MILLIS));
      // A connection of its own: those of the readers may not write, not even elsewhere.
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, settings);
          PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
        vacuum.setString(1, copy.toString());
        vacuum.execute();
      }
      try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } catch (IOException | SQLException e) {
      throw explain(copy, e);
    }
  }

  /** The database file, for messages. */
  public Path file() {
    return file;
  }

  /**
   * Runs the work in a write transaction, or inside the one already open on this thread. It is
   * durable when the outermost call returns; any exception undoes all of it.
   */
  public <T extends @Nullable Object, X extends Exception> T transaction(Work<T, X> work) throws X {
    return write(handle -> work.run());
  }

  /** Like {@link #transaction}, for classes named {@code *Store}. */
  public <T extends @Nullable Object, X extends Exception> T write(HandleCallback<T, X> work)
      throws X {
    writing.lock();
    try {
      if (inTransaction) {
        return work.withHandle(writer);
      }
      inTransaction = true;
      try {
        return inOwnTransaction(writer, "BEGIN IMMEDIATE", work);
      } finally {
        inTransaction = false;
      }
    } finally {
      writing.unlock();
    }
  }

  /**
   * Runs the work on a consistent snapshot; inside a write transaction of this thread it sees that
   * transaction's own rows. Must not write, and must not read again inside: the inner call would
   * wait for a second connection.
   */
  public <T extends @Nullable Object, X extends Exception> T read(HandleCallback<T, X> work)
      throws X {
    if (writing.isHeldByCurrentThread()) {
      return work.withHandle(writer);
    }
    Handle reader = borrow();
    try {
      return inOwnTransaction(reader, "BEGIN", work);
    } finally {
      readers.add(reader);
    }
  }

  private Handle borrow() {
    Handle reader;
    try {
      reader = readers.poll(READER_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(
          new StoreException("store " + file + ": interrupted while waiting to read", e));
    }
    if (reader == null) {
      throw new UncheckedIOException(
          new StoreException(
              "store " + file + ": no reader was free within 30 s; the disk may be stalled", null));
    }
    return reader;
  }

  private <T extends @Nullable Object, X extends Exception> T inOwnTransaction(
      Handle handle, String begin, HandleCallback<T, X> work) throws X {
    boolean done = false;
    execute(handle, begin);
    try {
      T result = work.withHandle(handle);
      execute(handle, "COMMIT");
      done = true;
      return result;
    } catch (JdbiException e) {
      throw new UncheckedIOException(explain(file, e));
    } finally {
      if (!done) {
        rollBack(handle);
      }
    }
  }

  private void execute(Handle handle, String sql) {
    try (var statement = handle.getConnection().createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new UncheckedIOException(explain(file, e));
    }
  }

  private static void rollBack(Handle handle) {
    try (var statement = handle.getConnection().createStatement()) {
      statement.executeUpdate("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has already undone it after a full disk or an I/O error; the first error counts.
      org.slf4j.LoggerFactory.getLogger(Database.class)
          .atDebug()
          .setCause(e)
          .log("Nothing was left to roll back");
    }
  }

  static StoreException explain(Path file, Exception cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof SQLiteException sqlite) {
        return new StoreException(message(file, sqlite), cause);
      }
      if (t instanceof AccessDeniedException) {
        return new StoreException(notWritable(file), cause);
      }
    }
    return new StoreException("store " + file + " cannot be used: " + cause.getMessage(), cause);
  }

  private static String message(Path file, SQLiteException e) {
    int code = e.getResultCode().code & 0xff;
    return switch (code) {
      case 11, 26 ->
          "store "
              + file
              + " is damaged or not a database; stop Emanet, keep the file as evidence and restore"
              + " the state directory from a backup";
      case 8, 14, 23 -> notWritable(file);
      case 13 -> "store " + file + ": the disk is full; free space, nothing was written";
      case 5, 6 ->
          "store " + file + " is locked by another program; close it (Emanet is its only user)";
      case 10 -> "store " + file + ": the disk reports an error (" + e.getResultCode() + ")";
      default -> "store " + file + ": " + e.getMessage();
    };
  }

  private static String notWritable(Path file) {
    return "store "
        + file
        + " cannot be written; check that the directory belongs to the user that runs Emanet"
        + " (mode 0700) and that the file system is not mounted read-only";
  }

  /** Closes all connections; waits for a transaction that is under way. */
  @Override
  public void close() {
    writing.lock();
    try {
      for (Handle handle : handles) {
        handle.close();
      }
    } finally {
      writing.unlock();
    }
  }
}
