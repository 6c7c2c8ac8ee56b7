package tr.emanet.search;

import java.io.IOException;
import java.util.List;
import tr.emanet.event.Event;
import tr.emanet.event.Position;

/**
 * Looks for very many values at once in everything that is indexed. The index proposes events that
 * may name a value, perhaps some too many and never one too few; each is read back from the journal
 * and parsed, in the order of the journal, and the caller decides. Safe for many threads.
 */
public interface EventHunt {

  /** Who hunts. */
  interface Hunter {

    /** Asked often; false ends the hunt of a partition early. */
    boolean goesOn();

    /**
     * One event that may name a value.
     *
     * @param event valid only during this call
     */
    void look(Event event, Position position) throws IOException;
  }

  /** Highest sequence that is durable now, over all streams. */
  long received();

  /** Whether everything up to a sequence can be found; asks for a refresh of the index if not. */
  boolean searchable(long sequence);

  /**
   * Names of the partitions, {@code 2026-11-22/syslog}: by falling day, then by stream. A partition
   * may be gone when it is hunted.
   */
  List<String> partitions();

  /**
   * Hunts in one partition.
   *
   * @param range span of {@code @timestamp}
   * @return how many events were looked at
   * @throws IOException when index or journal cannot be read
   */
  long hunt(String partition, HuntTerms terms, TimeRange range, Hunter hunter) throws IOException;
}
