package tr.emanet.indicator.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Principal;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.Revisions;
import tr.emanet.indicator.feed.FeedFile;
import tr.emanet.indicator.feed.FeedFormat;
import tr.emanet.indicator.feed.FeedSchedule;
import tr.emanet.indicator.feed.FeedSignature;
import tr.emanet.indicator.feed.FeedTerms;

/** What an administrator does with feeds, for pages and API alike. Safe for many threads. */
public final class FeedActs {

  /** Longest file that is taken. */
  static final long MAX_FILE = 512L << 20;

  private static final String SPOOLED = "import-[0-9a-f]{16}";
  private static final Duration FORGOTTEN = Duration.ofHours(6);
  private static final int MAX_NAME = 200;
  private static final int MAX_SIGNATURE = 700_000;

  private final Revisions revisions;
  private final FeedSignature signatures;
  private final FeedSchedule schedule;
  private final Path spool;
  private final InstantSource clock;

  /**
   * @param spool where files to import are put first
   */
  public FeedActs(
      Revisions revisions,
      FeedSignature signatures,
      FeedSchedule schedule,
      Path spool,
      InstantSource clock) {
    this.revisions = revisions;
    this.signatures = signatures;
    this.schedule = schedule;
    this.spool = spool;
    this.clock = clock;
  }

  /** What is done with a revision. */
  public enum Act {
    APPROVE,
    REJECT,
    ROLL_BACK;

    /** Reads the word of an address. */
    static Act named(String word) {
      return switch (word) {
        case "approve" -> APPROVE;
        case "reject" -> REJECT;
        default -> ROLL_BACK;
      };
    }
  }

  /** Fetches soon; false when no such feed is configured. */
  boolean sync(String feed, boolean full) {
    return schedule.fetch(feed, full);
  }

  /**
   * Acts on a revision of a feed.
   *
   * @return empty when there is no such revision; false when it is not in the state for it
   */
  Optional<Boolean> act(Principal who, String feed, long number, Act act) {
    return revisions
        .find(number)
        .filter(r -> r.feed().equals(feed))
        .map(
            known ->
                switch (act) {
                  case APPROVE -> revisions.approve(who, known.number());
                  case REJECT -> revisions.reject(who, known.number());
                  case ROLL_BACK -> revisions.rollBack(who, feed, known.number()).isPresent();
                });
  }

  /** The file of this name in the spool folder; empty when there is none. */
  Optional<Path> spooled(String file) {
    Path path = spool.resolve(file.matches(SPOOLED) ? file : "import-none");
    return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
  }

  /**
   * Brings a file of the spool folder into force and deletes it there.
   *
   * @param name what it was called before; shown as origin
   * @param format null: told from its begin
   * @param signature the detached signature that lay beside it in base64, empty for none
   * @throws FeedException when nothing was changed; the failure is recorded with the feed
   */
  Revision take(
      Principal who,
      String feed,
      Path file,
      String name,
      @Nullable FeedFormat format,
      String signature)
      throws FeedException, IOException {
    try {
      return new FeedFile(revisions, signatures)
          .take(
              file,
              name.substring(0, Math.min(MAX_NAME, name.length())),
              format == null ? FeedFile.guess(file) : format,
              new FeedTerms(feed, 50, "AMBER", 0),
              p7s(signature),
              who.id());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static byte @Nullable [] p7s(String base64) throws IOException {
    if (base64.isEmpty()) {
      return null;
    }
    if (base64.length() > MAX_SIGNATURE) {
      throw new IOException("the signature is larger than 512 KiB");
    }
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // Judged as what it is: no signature.
      return new byte[0];
    }
  }

  /**
   * Adds a piece to a file in the spool folder; the first piece begins a new one.
   *
   * @param id 16 hexadecimal digits, chosen by the sender
   * @param at length of what was sent before
   * @return the length now; -1 when the piece does not fit what is there or the file gets too long
   */
  long append(String id, long at, byte[] piece) throws IOException {
    Path file = spool.resolve("import-" + id);
    if (at + piece.length > MAX_FILE) {
      Files.deleteIfExists(file);
      return -1;
    }
    if (at == 0) {
      Files.createDirectories(spool);
      clean();
      if (Files.exists(file)) {
        return -1;
      }
      Files.write(file, piece, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return piece.length;
    }
    if (!Files.isRegularFile(file) || Files.size(file) != at) {
      return -1;
    }
    Files.write(file, piece, StandardOpenOption.APPEND);
    return at + piece.length;
  }

  /** Uploads that nobody finished must not fill the disk. */
  private void clean() throws IOException {
    Instant old = clock.instant().minus(FORGOTTEN);
    try (Stream<Path> files = Files.list(spool)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().matches(SPOOLED)
            && Files.getLastModifiedTime(file).compareTo(FileTime.from(old)) < 0) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
