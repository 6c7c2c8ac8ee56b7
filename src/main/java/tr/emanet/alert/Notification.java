package tr.emanet.alert;

import java.time.Instant;
import java.util.List;

/**
 * One thing to tell on one channel, or a summary of many.
 *
 * @param id stable over retries and restarts: receivers that know it drop a repetition
 * @param step what happened: opened, reopened-N, raised-SEVERITY, summary or test
 * @param alerts one alert, or the first of those that the summary stands for
 * @param total how many notifications a summary stands for; 1 otherwise
 */
public record Notification(
    String id, String step, List<Alert> alerts, int total, Instant createdAt) {
  public Notification {
    alerts = List.copyOf(alerts);
  }

  /** Whether it stands for many. */
  public boolean summary() {
    return step.equals("summary");
  }
}
