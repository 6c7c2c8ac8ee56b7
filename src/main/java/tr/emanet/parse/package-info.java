/**
 * Turns one stored record into an event: charset, syslog header, then the payload of the device or
 * service that wrote it.
 *
 * <p>The rules of the house: no input makes a parser throw, every record becomes an event, work is
 * bounded by the length of the record, and nothing is allocated for a record once the parser has
 * warmed up. Values are ranges of the record's own bytes; only text that had to be transcoded or
 * unescaped lives in the scratch of the {@link tr.emanet.event.Event}.
 *
 * <p>{@link tr.emanet.parse.EventParser} is the entry; {@link tr.emanet.parse.SourceSettings} says
 * which zone and charset a sender uses; {@link tr.emanet.parse.EcsJson} writes events for people
 * and programs.
 */
@NullMarked
package tr.emanet.parse;

import org.jspecify.annotations.NullMarked;
