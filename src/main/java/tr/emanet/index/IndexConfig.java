package tr.emanet.index;

import java.nio.file.Path;
import java.time.ZoneId;

/**
 * Settings of the index.
 *
 * @param directory where partitions live: {@code <stream>/<yyyy-MM-dd>}
 * @param zone whose calendar days are partitions
 * @param ramBytes memory for documents not yet flushed, over all open partitions
 * @param keepDays partitions older than this are deleted; the journal keeps the records
 * @param maxBytes when the index grows beyond this the oldest partitions go; 0 = no limit
 * @param rulesVersion version of the parser; partitions built with another one are built again
 */
public record IndexConfig(
    Path directory, ZoneId zone, long ramBytes, int keepDays, long maxBytes, int rulesVersion) {

  public IndexConfig {
    if (ramBytes < 8L << 20) {
      throw new IllegalArgumentException("index memory " + ramBytes + " is below 8 MiB");
    }
    if (keepDays < 1) {
      throw new IllegalArgumentException("index keeps " + keepDays + " days; give at least 1");
    }
  }
}
