package tr.emanet;

import ch.qos.logback.classic.Level;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.jetty.HttpsConnectorFactory;
import io.dropwizard.logging.common.BootstrapLogging;
import io.dropwizard.logging.common.ConsoleAppenderFactory;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import io.dropwizard.logging.common.LoggingFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import io.dropwizard.util.Duration;
import java.util.List;
import tr.emanet.crypto.ServerCertificate;
import tr.emanet.web.WebSetup;

/** Dropwizard's server from our settings: one connector, no admin connector, logs on stderr. */
final class HttpServer {

  private HttpServer() {}

  static String url(Settings settings, int port) {
    String host = settings.bindAddress().isAnyLocalAddress() ? "localhost" : settings.http().bind();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return (settings.http().tls() ? "https://" : "http://") + shown + ":" + port;
  }

  static ServerFactory factory(Settings settings, ServerCertificate certificate, int port) {
    DefaultServerFactory factory = new DefaultServerFactory();
    HttpConnectorFactory connector =
        settings.http().tls() ? tls(certificate) : new HttpConnectorFactory();
    connector.setBindHost(settings.http().bind());
    connector.setPort(port);
    connector.setAcceptorThreads(java.util.Optional.of(1));
    connector.setSelectorThreads(java.util.Optional.of(1));
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

  /** Before Dropwizard reads its configuration the root logger would print at DEBUG. */
  static void quietLogging() {
    BootstrapLogging.bootstrap(Level.WARN);
  }

  static LoggingFactory logging() {
    DefaultLoggingFactory logging = new DefaultLoggingFactory();
    logging.setLevel("INFO");
    logging.setLoggers(
        java.util.Map.of(
            "org.apache.camel", text("WARN"),
            "org.eclipse.jetty", text("WARN"),
            "io.dropwizard", text("WARN"),
            "org.glassfish.jersey", text("WARN"),
            "org.hibernate.validator", text("WARN")));
    ConsoleAppenderFactory<ch.qos.logback.classic.spi.ILoggingEvent> console =
        new ConsoleAppenderFactory<>();
    console.setTarget(ConsoleAppenderFactory.ConsoleStream.STDERR);
    console.setLogFormat("%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0} %msg %kvp%n%rEx");
    logging.setAppenders(List.of(console));
    return logging;
  }

  private static com.fasterxml.jackson.databind.JsonNode text(String level) {
    return com.fasterxml.jackson.databind.node.TextNode.valueOf(level);
  }
}
