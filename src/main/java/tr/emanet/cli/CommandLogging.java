package tr.emanet.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;

/**
 * Log lines of commands: warnings on standard error. Without it the logging framework prints every
 * packet of a server to standard output. It is found as a service and does nothing unless {@link
 * #on} was called; {@code serve} has its own.
 */
public final class CommandLogging extends ContextAwareBase implements Configurator {

  private static final String PROPERTY = "emanet.command";

  /** As the framework makes it. */
  public CommandLogging() {}

  /** Before anything logs. */
  static void on() {
    System.setProperty(PROPERTY, "true");
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(PROPERTY) == null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    PatternLayoutEncoder lines = new PatternLayoutEncoder();
    lines.setContext(context);
    lines.setCharset(StandardCharsets.UTF_8);
    lines.setPattern("%-5level %logger{0} %msg %kvp%n%rEx");
    lines.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(lines);
    console.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    // They print a stack for every connection that ends; what follows from it we say ourselves.
    context.getLogger("net.schmizz").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
