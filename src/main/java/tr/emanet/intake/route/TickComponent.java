package tr.emanet.intake.route;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import tr.emanet.intake.Ticks;

/**
 * The endpoint {@code tick:feeds}: tells a runner that it may look what is due. Hands nothing of
 * the exchange over: what is done, and when, is not decided by a route.
 */
final class TickComponent extends DefaultComponent {

  static final String SCHEME = "tick";

  private final Ticks ticks;

  TickComponent(Ticks ticks) {
    this.ticks = ticks;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters) {
    String runner =
        EndpointOptions.tick(path, ListenerComponent.take(parameters), ListenerComponent::fail);
    return new TickEndpoint(uri, this, runner);
  }

  private static final class TickEndpoint extends DefaultEndpoint {
    private final Ticks ticks;
    private final String runner;

    TickEndpoint(String uri, TickComponent component, String runner) {
      super(uri, component);
      this.ticks = component.ticks;
      this.runner = runner;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          ticks.tick(runner);
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException("tick: can only be written to");
    }

    @Override
    public boolean isSingleton() {
      return true;
    }
  }
}
