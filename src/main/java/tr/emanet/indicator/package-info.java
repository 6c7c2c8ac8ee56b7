/**
 * What feeds list: indicators, their revisions and what is never blocked.
 *
 * <p>A feed's client stages what it fetched page by page; {@link tr.emanet.indicator.Revisions}
 * compares it with the list in force and either brings it into force, in one small transaction
 * after many, or lets it wait for an administrator. Nothing a feed does wrong touches the list in
 * force. Rows are never deleted: a removed indicator keeps the span in which it was listed, so that
 * old hits stay explainable, and any earlier revision can be brought back.
 */
@NullMarked
package tr.emanet.indicator;

import org.jspecify.annotations.NullMarked;
