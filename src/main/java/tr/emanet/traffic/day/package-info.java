/**
 * The lists of a day in the forms that Turkish municipalities know: who had which address ({@code
 * IP<TAB><TAB>begin<TAB><TAB>end<TAB><TAB>MAC<CRLF>}, as pfSense's 5651 package writes it),
 * translations and sessions, a manifest of their digests, and a chain over the days.
 */
@NullMarked
package tr.emanet.traffic.day;

import org.jspecify.annotations.NullMarked;
