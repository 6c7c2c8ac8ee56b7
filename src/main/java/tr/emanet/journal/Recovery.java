package tr.emanet.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what an earlier process left. Reads the last segment of each stream completely and of the
 * others only the header; cuts torn tails and nothing else. Recovered segments are never appended
 * to: a new process begins new ones. One thread only.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final String TORN = ".torn";

  /**
   * Where a stream goes on.
   *
   * @param digest SHA-256 of its last segment, zeros when there is none
   */
  record Tail(byte[] digest, long lastSequence) {
    static Tail none() {
      return new Tail(new byte[32], 0);
    }
  }

  private final Path journal;
  private final Storage storage;
  private final Quarantine quarantine;
  private final Catalogue catalogue = new Catalogue();
  private final Map<String, Tail> tails = new HashMap<>();
  private final List<String> done = new ArrayList<>();
  private long highest;

  Recovery(Path journal, Storage storage, Quarantine quarantine) {
    this.journal = journal;
    this.storage = storage;
    this.quarantine = quarantine;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Map<String, Tail> tails() {
    return tails;
  }

  /** Highest sequence that any stream has ever stored, as far as can be seen. */
  long highest() {
    return highest;
  }

  /** What was changed on disk, in words. */
  List<String> done() {
    return done;
  }

  void run() throws IOException {
    try (SegmentScanner scanner = new SegmentScanner()) {
      for (String stream : SegmentFiles.streams(journal)) {
        for (Path note : SegmentFiles.list(journal, stream, Quarantine.SUFFIX)) {
          quarantine.remember(note);
        }
        open(stream, scanner);
      }
    }
  }

  private void open(String stream, SegmentScanner scanner) throws IOException {
    List<SegmentFiles.Found> usable = new ArrayList<>();
    List<SegmentFiles.Found> all = SegmentFiles.segments(journal, stream, scanner);
    for (SegmentFiles.Found found : all) {
      if (found.readable()) {
        usable.add(found);
      } else if (found.header() != null) {
        // Its sequences must not be given away again: it may be moved back to its place.
        scanner.open(found.file(), found.header().id(), 1, Format.SEGMENT_HEADER);
        highest = Math.max(highest, scanner.highestBehind(scanner.size()));
      }
      if (!found.readable()
          && found.header() == null
          && found.file().equals(all.getLast().file())) {
        setAside(found);
      } else if (!found.problem().isEmpty()) {
        quarantine.tell("segment " + name(found) + ": " + found.problem());
      }
    }
    Last last = null;
    while (!usable.isEmpty() && last == null) {
      SegmentFiles.Found found = usable.getLast();
      Last one = scan(found, scanner);
      if (one.lastSequence() == 0) {
        usable.removeLast();
        setAside(found);
      } else {
        last = one;
      }
    }
    if (last == null) {
      return;
    }
    cut(usable.getLast(), last);
    publish(stream, usable, last);
  }

  private void publish(String stream, List<SegmentFiles.Found> usable, Last last)
      throws IOException {
    StreamLog log = catalogue.stream(stream);
    for (SegmentFiles.Found found : usable) {
      SegmentHeader header = found.header();
      Segment segment =
          new Segment(
              found.file(),
              stream,
              found.id(),
              found.firstSequence(),
              header == null ? 0 : header.createdMicros(),
              Files.size(found.file()));
      segment.seal();
      log.add(segment);
    }
    log.commit(last.lastSequence());
    highest = Math.max(highest, last.highest());
    tails.put(stream, new Tail(digest(usable.getLast().file()), last.highest()));
  }

  /**
   * What reading a last segment completely has shown.
   *
   * @param lastSequence last one that can be read, 0 when there is none
   * @param highest highest one of any valid chunk
   * @param cutAt where the torn tail begins, or the file's size
   */
  private record Last(long lastSequence, long highest, long cutAt, long size) {}

  private Last scan(SegmentFiles.Found found, SegmentScanner scanner) throws IOException {
    scanner.open(found.file(), found.id(), found.firstSequence(), Format.SEGMENT_HEADER);
    long size = scanner.size();
    long cutAt = Math.min(size, Format.SEGMENT_HEADER);
    long last = 0;
    long top = 0;
    while (true) {
      switch (scanner.look(size, true)) {
        case FRAME -> scanner.advance();
        case CHUNK -> {
          scanner.advance();
          last = scanner.lastSequence();
          top = Math.max(top, last);
          cutAt = scanner.position();
        }
        case END -> {
          return new Last(last, top, cutAt, size);
        }
        case DAMAGE -> {
          long behind = scanner.highestBehind(size);
          if (behind == 0) {
            return new Last(last, top, cutAt, size);
          }
          top = Math.max(top, behind);
          long from = scanner.position();
          scanner.resync(size);
          cutAt = scanner.position();
          quarantine.range(
              found.file(), found.stream(), from, cutAt, scanner.lastSequence(), "check sum");
        }
      }
    }
  }

  private void cut(SegmentFiles.Found found, Last last) throws IOException {
    Path file = found.file();
    try (Storage.Output out = storage.reopen(file)) {
      if (last.cutAt() < last.size()) {
        keepTorn(file, last.cutAt());
        out.truncate(last.cutAt());
        done(
            "segment "
                + name(found)
                + ": torn tail of "
                + (last.size() - last.cutAt())
                + " bytes cut at "
                + last.cutAt()
                + " and kept as .torn");
      }
      // After a kill the tail may be in the page cache only; nobody may see it before it is
      // durable.
      out.force();
    }
    Path directory = file.getParent();
    while (directory != null && directory.startsWith(journal)) {
      storage.forceDirectory(directory);
      directory = directory.getParent();
    }
  }

  private void keepTorn(Path file, long from) throws IOException {
    Path torn = file.resolveSibling(file.getFileName() + "." + from + TORN);
    storage.delete(torn);
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
        Storage.Output out = storage.create(torn)) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
      in.position(from);
      while (in.read(buffer.clear()) > 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
      out.force();
    }
  }

  /** A segment without any record: nothing of it was ever acknowledged. */
  private void setAside(SegmentFiles.Found found) throws IOException {
    Path file = found.file();
    highest = Math.max(highest, found.firstSequence() - 1);
    boolean bare = found.header() != null && Files.size(file) == Format.SEGMENT_HEADER;
    if (bare || Files.size(file) == 0) {
      storage.delete(file);
      done("segment " + name(found) + ": held no record and was removed");
    } else {
      Path torn = file.resolveSibling(file.getFileName() + ".0" + TORN);
      storage.delete(torn);
      storage.rename(file, torn);
      done("segment " + name(found) + ": held no valid record and was renamed to .0.torn");
    }
  }

  private void done(String what) {
    done.add(what);
    LOG.atWarn().addKeyValue("what", what).log("Journal was repaired");
  }

  private static String name(SegmentFiles.Found found) {
    return found.stream() + "/" + found.file().getFileName();
  }

  static byte[] digest(Path file) throws IOException {
    MessageDigest digest = SegmentWriter.sha256();
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
      while (in.read(buffer.clear()) > 0) {
        digest.update(buffer.flip());
      }
    }
    return digest.digest();
  }
}
