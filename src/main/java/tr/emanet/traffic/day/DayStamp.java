package tr.emanet.traffic.day;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.stamp.TimeStampQuery;
import tr.emanet.crypto.stamp.TimeStamper;
import tr.emanet.crypto.stamp.TimeStamping;

/**
 * Puts a time stamp beside the manifest of a day: {@code MANIFEST.sha256.tsq} and {@code .tsr} as
 * {@code openssl ts} reads them. {@code STAMP.txt} says in a line who stamped when, or that and why
 * the day is not stamped; nothing takes the place of a stamp. Thread-safe.
 */
public final class DayStamp {

  static final String TELLS = "STAMP.txt";
  static final String NOBODY = "no time stamp authority is set up (seal.timestamp.url)";

  private static final String QUERY = ".tsq";
  private static final String ANSWER = ".tsr";

  private final @Nullable TimeStamper authority;

  /**
   * @param authority null: nobody stamps, and every folder says so
   */
  public DayStamp(@Nullable TimeStamper authority) {
    this.authority = authority;
  }

  /** Whether the manifest has its stamp. */
  static boolean isThere(Path manifest) {
    return Files.isRegularFile(beside(manifest, ANSWER));
  }

  /** Asks for a stamp over the finished manifest; true when it has one afterwards. */
  boolean stamp(Path manifest) throws IOException {
    if (isThere(manifest)) {
      return true;
    }
    if (authority == null) {
      tell(manifest, "NOT STAMPED: " + NOBODY);
      return false;
    }
    byte[] sha256 = Digests.sha256().digest(Files.readAllBytes(manifest));
    return switch (authority.stamp(sha256)) {
      case TimeStamping.Refused refused -> {
        tell(manifest, "NOT STAMPED: " + refused.reason());
        yield false;
      }
      case TimeStamping.Granted granted -> {
        put(beside(manifest, QUERY), TimeStampQuery.of(sha256));
        String name = granted.authority().getSubjectX500Principal().getName();
        tell(manifest, "stamped " + granted.time() + " by " + name);
        // Last: it is what counts as a stamp.
        put(beside(manifest, ANSWER), granted.response());
        yield true;
      }
    };
  }

  private static Path beside(Path manifest, String ending) {
    return manifest.resolveSibling(manifest.getFileName() + ending);
  }

  private static void tell(Path manifest, String line) throws IOException {
    String clean = line.replaceAll("\\p{Cntrl}", " ");
    put(manifest.resolveSibling(TELLS), (clean + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void put(Path file, byte[] bytes) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    Files.write(fresh, bytes);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
