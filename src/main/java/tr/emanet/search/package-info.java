/**
 * Query text to query tree to results: pages, histograms, top values, context, live tail and
 * exports. Owns the sealed {@link tr.emanet.search.Query} that the UI, the API, indicators and
 * rules build; only this package and {@code index} know Lucene.
 */
@NullMarked
package tr.emanet.search;

import org.jspecify.annotations.NullMarked;
