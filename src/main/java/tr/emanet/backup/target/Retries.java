package tr.emanet.backup.target;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.BackupException;

/**
 * Tries a request of a server again after trouble of the network, three times in all, with a wait
 * that doubles. A {@link BackupException} is an answer, not trouble: it is not tried again. Any
 * thread.
 */
final class Retries {

  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
  private static final int TRIES = 3;
  private static final long FIRST_WAIT_MILLIS = 500;

  /** What may be done twice with the same end. */
  interface Work<T> {
    T run() throws IOException;
  }

  <T> T run(String target, Work<T> work) throws IOException {
    long wait = FIRST_WAIT_MILLIS;
    for (int tried = 1; ; tried++) {
      try {
        return work.run();
      } catch (BackupException e) {
        throw e;
      } catch (IOException e) {
        if (tried == TRIES) {
          throw new BackupException(
              target + " does not answer after " + TRIES + " tries: " + reason(e), e);
        }
        LOG.atWarn()
            .addKeyValue("target", target)
            .addKeyValue("problem", reason(e))
            .log("A backup target has trouble; the request is sent again");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BackupException("interrupted while waiting for " + target, e);
      }
      wait *= 2;
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
