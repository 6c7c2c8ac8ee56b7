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
import tr.emanet.journal.Batch;
import tr.emanet.journal.Journal;

/** The endpoint {@code journal:<stream>}: hands the batch of an exchange to the journal. */
final class JournalComponent extends DefaultComponent {

  static final String SCHEME = "journal";

  /** Set on an exchange whose batch now belongs to the journal. */
  static final String TAKEN = "emanet.taken";

  private final Journal journal;

  JournalComponent(Journal journal) {
    this.journal = journal;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters) {
    String stream =
        EndpointOptions.journal(path, ListenerComponent.take(parameters), ListenerComponent::fail);
    return new JournalEndpoint(uri, this, stream);
  }

  private static final class JournalEndpoint extends DefaultEndpoint {
    private final JournalComponent component;
    private final String stream;

    JournalEndpoint(String uri, JournalComponent component, String stream) {
      super(uri, component);
      this.component = component;
      this.stream = stream;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          if (!(exchange.getMessage().getBody() instanceof Batch batch)
              || exchange.getProperty(TAKEN) != null) {
            throw new IllegalStateException("the exchange holds no batch for the journal");
          }
          component.journal.append(stream, batch);
          exchange.setProperty(TAKEN, true);
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException("journal: can only be written to");
    }

    @Override
    public boolean isSingleton() {
      return true;
    }
  }
}
