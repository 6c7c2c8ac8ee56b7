package tr.emanet.intake.route;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.intake.BatchOut;
import tr.emanet.intake.DropReason;
import tr.emanet.intake.Listener;
import tr.emanet.journal.Batch;

/**
 * Sends each batch of one listener through its route, on the listener's thread. The exchange holds
 * the batch and nothing else. A batch that the journal did not take is counted and released.
 */
final class BatchConsumer extends DefaultConsumer implements BatchOut {

  private static final Logger LOG = LoggerFactory.getLogger(BatchConsumer.class);
  private static final long QUIET_NANOS = 60_000_000_000L;

  private final Listeners listeners;
  private final Listeners.Planned planned;
  private final AtomicLong lastComplaint = new AtomicLong(System.nanoTime() - QUIET_NANOS);
  private @Nullable Listener listener;

  BatchConsumer(
      Endpoint endpoint, Processor processor, Listeners listeners, Listeners.Planned planned) {
    super(endpoint, processor);
    this.listeners = listeners;
    this.planned = planned;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    listener = listeners.begin(planned, this);
  }

  @Override
  protected void doStop() throws Exception {
    Listener was = listener;
    listener = null;
    if (was != null) {
      was.stop();
    }
    super.doStop();
  }

  @Override
  public boolean deliver(Batch batch) {
    // Read before the journal owns it: it may be released and reused at once.
    int records = batch.count();
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(batch);
      try {
        getProcessor().process(exchange);
      } catch (Exception e) {
        // Boundary: whatever a route throws must not end the listener's thread.
        exchange.setException(e);
      }
      if (exchange.getProperty(JournalComponent.TAKEN) != null) {
        planned.counters().journaled(records);
        return true;
      }
      planned.counters().dropped(DropReason.ROUTE_FAILED, records);
      complain(records, exchange.getException());
      batch.release();
      return false;
    } finally {
      releaseExchange(exchange, false);
    }
  }

  private void complain(int records, @Nullable Throwable cause) {
    long now = System.nanoTime();
    long last = lastComplaint.get();
    if (now - last >= QUIET_NANOS && lastComplaint.compareAndSet(last, now)) {
      LOG.atError()
          .setCause(cause)
          .addKeyValue("listener", planned.name())
          .addKeyValue("records", records)
          .log(
              "Route failed, its records are lost; more failures within a minute are only counted");
    }
  }
}
