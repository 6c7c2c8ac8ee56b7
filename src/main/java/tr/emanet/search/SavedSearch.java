package tr.emanet.search;

import java.time.Instant;

/**
 * A search that a person keeps.
 *
 * @param id number, unique over all people
 * @param name chosen by the person, 1 to {@value SavedSearches#MAX_NAME} characters
 * @param url path and parameters of the search screen
 */
public record SavedSearch(long id, String name, String url, Instant savedAt) {}
