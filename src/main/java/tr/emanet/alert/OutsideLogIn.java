package tr.emanet.alert;

import java.time.Instant;
import java.util.Map;
import tr.emanet.event.Position;

/**
 * A successful log-in from an address that is not ours. Told to {@link Alerts} so that an alert of
 * the same asset shortly before becomes worse.
 *
 * @param asset whom it concerns, see {@link Asset}
 * @param at event time
 * @param from the address from which it came
 * @param event where it stands
 */
public record OutsideLogIn(String asset, Instant at, String from, Position event) {

  /** What the alert says about it. */
  Map<String, String> facts() {
    return Map.of(
        Facts.LOGIN_AT, at.toString(),
        Facts.LOGIN_FROM, Hit.cut(from, 64),
        Facts.LOGIN_EVENT, event.toString());
  }
}
