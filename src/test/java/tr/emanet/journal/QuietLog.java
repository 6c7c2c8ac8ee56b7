package tr.emanet.journal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Silences the journal's log for tests that break it hundreds of times. */
final class QuietLog implements BeforeAllCallback, AfterAllCallback {

  private static Logger journal() {
    return (Logger) LoggerFactory.getLogger("tr.emanet.journal");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    journal().setLevel(Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    journal().setLevel(null);
  }
}
