package tr.emanet;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Log lines on standard error, ours from INFO, those of libraries from WARN. Set up by hand: there
 * is nothing to configure, and a logging framework without configuration prints at DEBUG.
 */
final class Logging {

  private static final int QUEUE = 1024;
  private static final List<String> LIBRARIES =
      List.of(
          "org.apache.camel",
          "org.apache.lucene",
          "org.eclipse.jetty",
          "org.eclipse.paho",
          "io.dropwizard",
          "org.glassfish.jersey",
          "org.glassfish.hk2",
          "software.amazon.awssdk");

  /** It prints a stack for every connection that ends; what follows from it we say ourselves. */
  private static final String SSH_LIBRARY = "net.schmizz.sshj";

  private Logging() {}

  /** Once, before anything logs. */
  static void start() {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      throw new IllegalStateException("another logging library took the place of Logback");
    }
    context.reset();
    PatternLayoutEncoder lines = new PatternLayoutEncoder();
    lines.setContext(context);
    lines.setCharset(StandardCharsets.UTF_8);
    lines.setPattern("%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0} %msg %kvp%n%rEx");
    lines.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(lines);
    console.start();
    // A terminal that is held must not hold up whoever logs.
    AsyncAppender beside = new AsyncAppender();
    beside.setContext(context);
    beside.setQueueSize(QUEUE);
    beside.setNeverBlock(true);
    beside.addAppender(console);
    beside.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(beside);
    for (String library : LIBRARIES) {
      context.getLogger(library).setLevel(Level.WARN);
    }
    context.getLogger(SSH_LIBRARY).setLevel(Level.OFF);
    context.getLogger("net.schmizz.concurrent").setLevel(Level.OFF);
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
