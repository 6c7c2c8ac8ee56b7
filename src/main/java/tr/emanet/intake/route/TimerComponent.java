package tr.emanet.intake.route;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoint {@code timer:NAME?seconds=30}: an empty exchange a second after its start and then
 * each time the pause is over. Ours and not Camel's, which knows calendars, time zones and beans.
 */
final class TimerComponent extends DefaultComponent {

  static final String SCHEME = "timer";

  private static final Logger LOG = LoggerFactory.getLogger(TimerComponent.class);

  @Override
  protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters) {
    int seconds =
        EndpointOptions.timer(path, ListenerComponent.take(parameters), ListenerComponent::fail);
    return new TimerEndpoint(uri, this, seconds);
  }

  private static final class TimerEndpoint extends DefaultEndpoint {
    private final int seconds;

    TimerEndpoint(String uri, TimerComponent component, int seconds) {
      super(uri, component);
      this.seconds = seconds;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new TimerConsumer(this, processor, seconds);
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException("timer: can only be read from");
    }

    @Override
    public boolean isSingleton() {
      return true;
    }
  }

  private static final class TimerConsumer extends DefaultConsumer {
    private final int seconds;
    private @Nullable ScheduledExecutorService thread;

    TimerConsumer(Endpoint endpoint, Processor processor, int seconds) {
      super(endpoint, processor);
      this.seconds = seconds;
    }

    @Override
    protected void doStart() throws Exception {
      super.doStart();
      ScheduledExecutorService made =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("route-timer").factory());
      thread = made;
      var ignored = made.scheduleWithFixedDelay(this::fire, 1, seconds, TimeUnit.SECONDS);
    }

    private void fire() {
      Exchange exchange = createExchange(false);
      try {
        getProcessor().process(exchange);
        Exception failure = exchange.getException();
        if (failure != null) {
          LOG.atError()
              .setCause(failure)
              .addKeyValue("timer", getEndpoint())
              .log("A tick failed in its route");
        }
      } catch (Exception e) {
        // Boundary: Camel declares Exception, and the next tick must come.
        LOG.atError().setCause(e).addKeyValue("timer", getEndpoint()).log("A tick failed");
      } finally {
        releaseExchange(exchange, false);
      }
    }

    @Override
    protected void doStop() throws Exception {
      ScheduledExecutorService was = thread;
      thread = null;
      if (was != null) {
        was.shutdownNow();
      }
      super.doStop();
    }
  }
}
