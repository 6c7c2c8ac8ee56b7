/**
 * Hits become alerts. A {@link tr.emanet.alert.Hit} says that one indicator or rule matched one
 * event; it is unique by what matched and where, so replay and retro-hunt may repeat it. An {@link
 * tr.emanet.alert.Alert} groups hits as the {@link tr.emanet.alert.Policy} says, counts their rows,
 * and is worked on by people: new, acknowledged, closed with a reason, opened again by a later hit.
 * {@link tr.emanet.alert.Alerts} is the only way in; it writes hits, alerts and the reader's
 * position in one transaction. Notifications leave through an outbox.
 */
@NullMarked
package tr.emanet.alert;

import org.jspecify.annotations.NullMarked;
