/**
 * The HTTP side of search: the search screen, its fragments, the live tail, exports and {@code
 * /api/v1}. The page is the state: query, range, filters, columns and the open row stand in the
 * URL, so every fragment is a plain GET with the same parameters and Back always works.
 *
 * <p>Resources only translate; what is shown is computed in views ({@link
 * tr.emanet.search.http.SearchViews}) from the answers of {@link tr.emanet.search.EventSearch}.
 * Text from events reaches a page only through {@link tr.emanet.web.Visible}.
 */
@NullMarked
package tr.emanet.search.http;

import org.jspecify.annotations.NullMarked;
