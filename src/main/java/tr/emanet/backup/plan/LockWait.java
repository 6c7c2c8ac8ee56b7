package tr.emanet.backup.plan;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tr.emanet.job.Progress;

/**
 * For whose lock of the repository a job waits. It travels as the note of the job's progress, so
 * that the pages, the top bar and the API of any job can tell.
 *
 * @param since when the other took the lock, as far as was seen
 */
public record LockWait(String host, long pid, Instant since) {

  private static final String WORD = "waiting-for-lock";

  /** Host, process and since when, for a log. */
  public String[] words() {
    return new String[] {host, Long.toString(pid), since.toString()};
  }

  /** What the job says of itself meanwhile. */
  Progress progress() {
    return new Progress(0, 0, WORD + " " + pid + " " + since + " " + host);
  }

  /** What the note of a job's progress says; empty when the job does not wait. */
  public static Optional<LockWait> of(Progress progress) {
    String[] words = progress.note().split(" ", 4);
    if (words.length < 4 || !words[0].equals(WORD)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new LockWait(words[3], Long.parseLong(words[1]), Instant.parse(words[2])));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty(); // the name of a file may begin with any word
    }
  }
}
