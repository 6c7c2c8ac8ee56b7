package tr.emanet.alert.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertChange;
import tr.emanet.alert.measure.Draft;
import tr.emanet.alert.measure.Measure;
import tr.emanet.alert.measure.MeasureChange;
import tr.emanet.alert.measure.Measures;
import tr.emanet.alert.measure.Subject;
import tr.emanet.event.Principal;

/** Reads what a form or a program wrote about a measure. Pure functions. */
final class MeasureForm {

  private MeasureForm() {}

  /**
   * Records a measure of an alert; a time that cannot be read is refused.
   *
   * @param zone of times without one
   */
  static MeasureChange record(
      Measures measures, Principal who, Alert alert, Written written, ZoneId zone) {
    Instant due = null;
    if (!written.due().isBlank()) {
      due = moment(written.due().strip(), zone);
      if (due == null) {
        return new MeasureChange.Refused("bad-due");
      }
    }
    return measures.record(
        who,
        Subject.alert(alert.number()),
        new Draft(written.owner(), due, !written.planned(), written.text()));
  }

  /** Whether a measure is one of an alert or of its indicator. */
  static boolean belongs(Measures measures, long id, Alert alert) {
    return measures
        .find(id)
        .map(Measure::subject)
        .filter(
            s ->
                s.equals(Subject.alert(alert.number())) || s.equals(Subject.indicator(alert.key())))
        .isPresent();
  }

  /**
   * The fields as they came.
   *
   * @param due a moment in UTC, or a local one as a browser sends it; empty for none
   * @param planned whether it is still to be done
   */
  record Written(String owner, String due, boolean planned, String text) {}

  private static @Nullable Instant moment(String text, ZoneId zone) {
    try {
      return text.endsWith("Z")
          ? Instant.parse(text)
          : LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      return null; // told to the writer as a refusal
    }
  }

  /** The same outcome in the words of the inbox. */
  static AlertChange change(MeasureChange change, Alert alert) {
    return switch (change) {
      case MeasureChange.Done done -> new AlertChange.Done(alert);
      case MeasureChange.Unknown unknown -> new AlertChange.Unknown();
      case MeasureChange.Refused refused -> new AlertChange.Refused("measure." + refused.code());
    };
  }
}
