/** Versions, ranges and matching by table; life-cycle on a real database. */
@NullMarked
package tr.emanet.indicator.notice;

import org.jspecify.annotations.NullMarked;
