package tr.emanet.intake.route;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * A component whose endpoints only consume: {@code emanet-syslog} and {@code emanet-mqtt}. It reads
 * the options with the same code as the dry run and leaves sockets to the {@link ListenerFactory}.
 */
final class ListenerComponent extends DefaultComponent {

  /** Makes the listener of one endpoint. */
  interface ListenerFactory {
    Listeners.Planned plan(String path, Map<String, String> options);
  }

  private final ListenerFactory factory;
  private final Listeners listeners;

  ListenerComponent(Listeners listeners, ListenerFactory factory) {
    this.listeners = listeners;
    this.factory = factory;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters) {
    return new ListenerEndpoint(uri, this, factory.plan(path, take(parameters)));
  }

  /** Empties the map, so that Camel does not set anything by reflection. */
  static Map<String, String> take(Map<String, Object> parameters) {
    Map<String, String> out = new LinkedHashMap<>();
    parameters.forEach((name, value) -> out.put(name, String.valueOf(value)));
    parameters.clear();
    return out;
  }

  static void fail(String problem, String remedy) {
    throw new IllegalArgumentException(problem + "; " + remedy);
  }

  private static final class ListenerEndpoint extends DefaultEndpoint {
    private final Listeners listeners;
    private final Listeners.Planned planned;

    ListenerEndpoint(String uri, ListenerComponent component, Listeners.Planned planned) {
      super(uri, component);
      this.listeners = component.listeners;
      this.planned = planned;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new BatchConsumer(this, processor, listeners, planned);
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException("listeners can only be read from");
    }

    @Override
    public boolean isSingleton() {
      return true;
    }
  }
}
