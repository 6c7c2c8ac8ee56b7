package tr.emanet.overview;

import java.time.Instant;
import java.util.Optional;
import tr.emanet.alert.OutboxStatus;
import tr.emanet.index.IndexStatus;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.journal.JournalStatus;
import tr.emanet.journal.seal.SealReport;
import tr.emanet.pipeline.PipelineStatus;

/**
 * The state of the whole service at about one moment.
 *
 * @param startedAt start of this process; all counters begin there
 * @param address host name or address under which devices reach us
 * @param feedsNotTickedSince since when no route ticks the feeds although some are configured;
 *     empty while all is well
 */
public record SystemSnapshot(
    Instant startedAt,
    String address,
    IntakeStatus intake,
    JournalStatus journal,
    PipelineStatus pipeline,
    IndexStatus index,
    OutboxStatus notifications,
    Optional<Instant> feedsNotTickedSince,
    SealReport seal) {

  /** Where every received record is. */
  public Balance balance() {
    long dropped = intake.dropped().values().stream().mapToLong(Long::longValue).sum();
    long unwritten = intake.received() - intake.journaled() - dropped;
    long unindexed = journal.appended() - pipeline.processed();
    return new Balance(
        intake.received(),
        pipeline.parsed(),
        pipeline.unparsed(),
        pipeline.redelivered(),
        unwritten + unindexed,
        dropped);
  }

  /**
   * The identity of intake.
   *
   * @param waiting read and not yet in the journal, or in the journal and not yet indexed
   */
  public record Balance(
      long received, long parsed, long unparsed, long redelivered, long waiting, long dropped) {

    /** Received minus everything that is accounted for; 0 when all is well. */
    public long difference() {
      return received - parsed - unparsed - redelivered - waiting - dropped;
    }

    public boolean balanced() {
      return difference() == 0 && waiting >= 0;
    }
  }
}
