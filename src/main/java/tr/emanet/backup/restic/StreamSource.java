package tr.emanet.backup.restic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Bytes that are no file here (a dump, standard input, a configuration fetched over the network)
 * and become one in the snapshot.
 *
 * <p>The stream counts when it was read to its end, {@code close()} threw nothing and it had at
 * least the bytes asked for; an empty one never does. Whoever makes it lets {@code close()} fail
 * when the program behind it did.
 *
 * @param name absolute and normal, such as {@code /postgresql/ebys.dump}
 * @param opener called once, on a thread of the run
 * @param modified the time of the file in the snapshot; equal bytes with equal times are equal
 *     trees
 * @param least how many bytes it has at least
 * @param required true when a failure ends the run; else the entry is listed as unread
 */
public record StreamSource(
    String name, Opener opener, Instant modified, long least, boolean required) {

  /** Opens the stream. */
  public interface Opener {

    InputStream open() throws IOException;
  }

  public StreamSource {
    Path path = Path.of(name);
    boolean plain =
        path.isAbsolute() && path.getNameCount() > 0 && path.normalize().toString().equals(name);
    if (!plain || least < 0) {
      throw new IllegalArgumentException("'" + name + "' is no absolute, normal name of a file");
    }
  }

  /** A stream whose failure ends the run. */
  public static StreamSource of(String name, Opener opener, Instant modified) {
    return new StreamSource(name, opener, modified, 1, true);
  }
}
