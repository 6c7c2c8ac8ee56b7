package tr.emanet.search;

import tr.emanet.event.Principal;

/**
 * One interactive search.
 *
 * @param query the tree, chips and query box already joined
 * @param range span of {@code @timestamp}
 * @param who decides masking, is audited and limited to two running searches
 */
public record SearchRequest(Query query, TimeRange range, Principal who) {}
