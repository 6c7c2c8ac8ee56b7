package tr.emanet.overview;

import tr.emanet.web.Health;

/**
 * One sentence about the state of a part.
 *
 * @param health how bad it is
 * @param text in the reader's language, names cause and remedy
 */
public record Finding(Health health, String text) {}
