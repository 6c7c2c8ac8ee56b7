/**
 * The event model: field names of the Elastic Common Schema, the reusable {@link
 * tr.emanet.event.Event}, its immutable copy {@link tr.emanet.event.EventRecord}, positions, people
 * and the one text-folding function. Uses nothing but the JDK.
 */
@NullMarked
package tr.emanet.event;

import org.jspecify.annotations.NullMarked;
