/** The API of indicators and feeds: lists, revisions, approval, roll-back, fetching, import. */
@NullMarked
package tr.emanet.indicator.http;

import org.jspecify.annotations.NullMarked;
