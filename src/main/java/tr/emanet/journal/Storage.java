package tr.emanet.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Everything the journal changes on disk goes through here, so that tests can let it fail. */
interface Storage {

  /** A file open for writing at its end. */
  interface Output extends Closeable {

    /** Writes some of the bytes, at least one, as {@link FileChannel#write} does. */
    int write(ByteBuffer bytes) throws IOException;

    void truncate(long size) throws IOException;

    void force() throws IOException;
  }

  /** Creates a file, which must not exist, with its missing directories. */
  Output create(Path file) throws IOException;

  /** Opens an existing file. */
  Output reopen(Path file) throws IOException;

  void forceDirectory(Path directory) throws IOException;

  void delete(Path file) throws IOException;

  void rename(Path from, Path to) throws IOException;

  /** The real thing. */
  record Disk(boolean forcing) implements Storage {

    @Override
    public Output create(Path file) throws IOException {
      Path directory = file.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      return new Channel(
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), forcing);
    }

    @Override
    public Output reopen(Path file) throws IOException {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      channel.position(channel.size());
      return new Channel(channel, forcing);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
      if (forcing) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }

    @Override
    public void delete(Path file) throws IOException {
      Files.deleteIfExists(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      Files.move(from, to);
    }

    private record Channel(FileChannel channel, boolean forcing) implements Output {

      @Override
      public int write(ByteBuffer bytes) throws IOException {
        return channel.write(bytes);
      }

      @Override
      public void truncate(long size) throws IOException {
        channel.truncate(size);
        channel.position(size);
      }

      @Override
      public void force() throws IOException {
        if (forcing) {
          channel.force(false);
        }
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    }
  }
}
