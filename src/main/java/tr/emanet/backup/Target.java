package tr.emanet.backup;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place that keeps a repository: objects with a kind and a name of 64 lower-case hex digits (the
 * configuration is named {@code config}). Any thread may call it.
 */
public interface Target {

  /** One object; its size in bytes. A foreign name is listed as it is. */
  record Entry(String name, long size) {}

  /** Makes the directories of an empty repository; the place may exist when it is empty. */
  void prepare() throws IOException;

  /** Writes an object, complete and durable on return, or not at all. */
  void write(ObjectKind kind, String name, byte[] bytes, int offset, int length) throws IOException;

  /**
   * Reads a whole object.
   *
   * @throws BackupException when it is missing or longer than {@code max} bytes
   */
  byte[] read(ObjectKind kind, String name, int max) throws IOException;

  /**
   * Reads exactly {@code length} bytes of an object.
   *
   * @throws BackupException when the object is missing or ends before
   */
  void readAt(ObjectKind kind, String name, long position, byte[] into, int length)
      throws IOException;

  /** All objects of a kind, in no order; empty when there are none. */
  List<Entry> list(ObjectKind kind) throws IOException;

  /** Removes an object; one that is gone already is no error. */
  void remove(ObjectKind kind, String name) throws IOException;

  /**
   * Removes what our own writes that were cut left behind before the given time; a target whose
   * writes leave nothing behind has nothing to do.
   */
  default void sweepLeftovers(Instant before) throws IOException {}

  /** Where it is in this file system; null when it is elsewhere. */
  default java.nio.file.@Nullable Path directory() {
    return null;
  }

  /** Where in this file system the files beside the repository lie; null when nowhere. */
  default java.nio.file.@Nullable Path beside() {
    return directory();
  }

  /**
   * Keeps a file that is not restic's below the repository; one of the same name is replaced.
   *
   * @param name such as {@code seals/00000001.json}, no more than three elements
   * @return false when the place takes restic's own objects only
   */
  default boolean writeBeside(String name, byte[] bytes) throws IOException {
    return false;
  }

  /** A file that {@link #writeBeside} has kept; null when there is none. */
  default byte @Nullable [] readBeside(String name) throws IOException {
    return null;
  }

  /** What {@link #writeBeside} has kept in a directory; empty when there is none. */
  default List<Entry> listBeside(String directory) throws IOException {
    return List.of();
  }

  /**
   * Keeps what is there unchangeable for another while, where the place can and was told to; its
   * promise ends with the days that each object was written for.
   */
  default void extendLocks(Locking which) throws IOException {}

  /** The same for all that is there. */
  default void extendLocks() throws IOException {
    extendLocks((kind, name) -> true);
  }

  /** Says which objects are to stay; others keep the lock that they have, and it ends. */
  @FunctionalInterface
  interface Locking {
    boolean stays(ObjectKind kind, String name);
  }

  /** Until when nobody can remove an object, null when nothing holds it. */
  default @Nullable Instant lockedUntil(ObjectKind kind, String name) throws IOException {
    return null;
  }

  /** Removes an object and its bytes, where {@link #remove} would leave an old version. */
  default void erase(ObjectKind kind, String name) throws IOException {
    remove(kind, name);
  }

  /** Ends a connection that is the target's own; called when its repository is closed. */
  default void release() {}

  /** For messages: where it is. */
  String describe();
}
