package tr.emanet.alert;

import java.time.Instant;

/**
 * A successful log-in from an address that is not ours. Told to {@link Alerts} so that an alert of
 * the same asset shortly before becomes worse.
 *
 * @param asset whom it concerns, see {@link Asset}
 * @param at event time
 */
public record OutsideLogIn(String asset, Instant at) {}
