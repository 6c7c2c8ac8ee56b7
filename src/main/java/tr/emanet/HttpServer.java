package tr.emanet;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jackson.AnnotationSensitivePropertyNamingStrategy;
import io.dropwizard.jackson.FuzzyEnumModule;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.jetty.HttpsConnectorFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.server.ServerProperties;
import tr.emanet.crypto.ServerCertificate;
import tr.emanet.web.WebSetup;

/**
 * Dropwizard's server from our settings: one connector, no admin connector. Its parts are put
 * together here rather than by Dropwizard's own command, which reads command lines, validates beans
 * and publishes management beans first: half a second that nobody needs. Prepare and start may run
 * beside other parts of a start, one after the other.
 */
final class HttpServer {

  private static final int TRIES = 20;

  private final Environment environment;

  private HttpServer(Environment environment) {
    this.environment = environment;
  }

  /** Everything that needs neither settings nor services. */
  static HttpServer prepare() {
    Configuration none = new Configuration();
    Environment environment =
        new Environment(
            "Emanet",
            json(),
            NoConstraints.factory(),
            new MetricRegistry(),
            HttpServer.class.getClassLoader(),
            new HealthCheckRegistry(),
            none);
    environment.jersey().property(ServerProperties.RESOURCE_VALIDATION_DISABLE, true);
    environment.jersey().property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
    return new HttpServer(environment);
  }

  /** Dropwizard's mapper without the modules for libraries that no answer of ours holds. */
  private static ObjectMapper json() {
    return new ObjectMapper()
        .registerModule(new FuzzyEnumModule())
        .registerModule(new ParameterNamesModule())
        .registerModule(new Jdk8Module())
        .registerModule(new JavaTimeModule())
        .setPropertyNamingStrategy(new AnnotationSensitivePropertyNamingStrategy())
        // A list with a hole in it is a mistake of the client, told with its place.
        .setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /**
   * Binds the port and starts serving what the installer registers.
   *
   * @return the URL without path
   */
  String start(
      Settings settings,
      Ports ports,
      Supplier<ServerCertificate> certificate,
      Consumer<Environment> installer)
      throws Exception {
    int port =
        ports.pick(
            "http",
            settings.bindAddress(),
            settings.http().port(),
            settings.http().tls() ? 8443 : 8080);
    ServerFactory factory = factory(settings, certificate, port);
    factory.configure(environment);
    installer.accept(environment);
    Server server = factory.build(environment);
    // What is no request at all is answered before a context is known.
    server.setErrorHandler(environment.getApplicationContext().getErrorHandler());
    port = bind(server, settings, ports, port);
    server.start();
    return url(settings, port);
  }

  /** Somebody may have taken the port since it was found free; then the next one is ours. */
  private static int bind(Server server, Settings settings, Ports ports, int first)
      throws IOException {
    ServerConnector connector = (ServerConnector) server.getConnectors()[0];
    int port = first;
    for (int tries = 1; ; tries++) {
      try {
        connector.setPort(port);
        connector.open();
        return port;
      } catch (IOException e) {
        if (settings.http().port() != 0 || tries == TRIES || !Ports.taken(e)) {
          throw e;
        }
        port = ports.next("http", settings.bindAddress());
      }
    }
  }

  private static String url(Settings settings, int port) {
    String host = settings.bindAddress().isAnyLocalAddress() ? "localhost" : settings.http().bind();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return (settings.http().tls() ? "https://" : "http://") + shown + ":" + port;
  }

  private static ServerFactory factory(
      Settings settings, Supplier<ServerCertificate> certificate, int port) {
    DefaultServerFactory factory = new DefaultServerFactory();
    HttpConnectorFactory connector =
        settings.http().tls() ? tls(certificate.get()) : new HttpConnectorFactory();
    connector.setBindHost(settings.http().bind());
    connector.setPort(port);
    connector.setAcceptorThreads(java.util.Optional.of(1));
    connector.setSelectorThreads(java.util.Optional.of(1));
    // The longest query, 8,192 letters, is six bytes a letter in an address.
    connector.setMaxRequestHeaderSize(DataSize.kibibytes(64));
    factory.setApplicationConnectors(List.of(connector));
    factory.setAdminConnectors(List.of());
    factory.setMaxThreads(128);
    factory.setMinThreads(8);
    factory.setShutdownGracePeriod(Duration.seconds(2));
    LogbackAccessRequestLogFactory none = new LogbackAccessRequestLogFactory();
    none.setAppenders(List.of());
    factory.setRequestLogFactory(none);
    WebSetup.prepare(factory);
    return factory;
  }

  private static HttpConnectorFactory tls(ServerCertificate certificate) {
    HttpsConnectorFactory connector = new HttpsConnectorFactory();
    connector.setKeyStorePath(certificate.file().toString());
    connector.setKeyStoreType("PKCS12");
    connector.setKeyStorePassword(certificate.storePassword());
    connector.setSupportedProtocols(List.of("TLSv1.3", "TLSv1.2"));
    connector.setValidateCerts(false);
    connector.setDisableSniHostCheck(true);
    return connector;
  }
}
