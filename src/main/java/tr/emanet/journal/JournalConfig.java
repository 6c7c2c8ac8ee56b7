package tr.emanet.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/**
 * Settings of the file journal. Immutable; begin with {@link #of}.
 *
 * @param directory holds one directory a stream
 * @param zone whose midnight begins a new segment
 * @param closeBelowBytes intake closes when fewer bytes are free; opens again 10 % above
 * @param segmentBytes a segment ends at this stored size
 * @param segmentAge a segment ends at this age
 * @param frameAge a frame ends at this age
 * @param cacheBytes decoded frames kept for {@link Journal#find}
 * @param retention how long each stream is kept; expired segments are only reported
 * @param unsafeNoForce test only: {@code force()} does nothing, so a power cut loses records
 * @param unsafeAckFirst test only: acknowledges before the append, so a crash loses records
 */
public record JournalConfig(
    Path directory,
    ZoneId zone,
    long closeBelowBytes,
    long segmentBytes,
    Duration segmentAge,
    Duration frameAge,
    long cacheBytes,
    Map<String, Duration> retention,
    boolean unsafeNoForce,
    boolean unsafeAckFirst) {

  /** System property of the torture harness's negative control for power cuts. */
  public static final String UNSAFE_NO_FORCE = "emanet.journal.unsafe-no-force";

  /** System property of the torture harness's negative control for kills. */
  public static final String UNSAFE_ACK_FIRST = "emanet.journal.unsafe-ack-first";

  /** System property of the torture harness: small segments, so that many end in a short time. */
  public static final String SEGMENT_BYTES = "emanet.journal.segment-bytes";

  private static final long GIB = 1L << 30;

  public JournalConfig {
    retention = Map.copyOf(retention);
    if (closeBelowBytes < 0 || cacheBytes < 0 || segmentBytes < 4096 || segmentBytes > GIB) {
      throw new IllegalArgumentException(
          "sizes are out of range: segment " + segmentBytes + ", reserve " + closeBelowBytes);
    }
    if (!segmentAge.isPositive() || !frameAge.isPositive()) {
      throw new IllegalArgumentException("segment age and frame age must be positive");
    }
  }

  /** The shipped settings; the reserve is the larger of 2 GiB and 5 % of the file system. */
  public static JournalConfig of(Path directory, ZoneId zone) throws IOException {
    Path there = directory.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    long reserve = Math.max(2 * GIB, Files.getFileStore(there).getTotalSpace() / 20);
    return new JournalConfig(
        directory,
        zone,
        reserve,
        Long.getLong(SEGMENT_BYTES, 64L << 20),
        Duration.ofHours(1),
        Duration.ofSeconds(60),
        32L << 20,
        Map.of(),
        Boolean.getBoolean(UNSAFE_NO_FORCE),
        Boolean.getBoolean(UNSAFE_ACK_FIRST));
  }

  public JournalConfig withReserve(long bytes) {
    return new JournalConfig(
        directory,
        zone,
        bytes,
        segmentBytes,
        segmentAge,
        frameAge,
        cacheBytes,
        retention,
        unsafeNoForce,
        unsafeAckFirst);
  }

  public JournalConfig withSegments(long bytes, Duration age) {
    return new JournalConfig(
        directory,
        zone,
        closeBelowBytes,
        bytes,
        age,
        frameAge,
        cacheBytes,
        retention,
        unsafeNoForce,
        unsafeAckFirst);
  }

  public JournalConfig withCache(long bytes) {
    return new JournalConfig(
        directory,
        zone,
        closeBelowBytes,
        segmentBytes,
        segmentAge,
        frameAge,
        bytes,
        retention,
        unsafeNoForce,
        unsafeAckFirst);
  }

  public JournalConfig withRetention(Map<String, Duration> kept) {
    return new JournalConfig(
        directory,
        zone,
        closeBelowBytes,
        segmentBytes,
        segmentAge,
        frameAge,
        cacheBytes,
        kept,
        unsafeNoForce,
        unsafeAckFirst);
  }
}
