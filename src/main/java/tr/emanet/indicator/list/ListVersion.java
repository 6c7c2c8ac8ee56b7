package tr.emanet.indicator.list;

import java.time.Instant;

/**
 * One content of a list.
 *
 * @param digest SHA-256 in hex over the values
 * @param serial of the response policy zone; rises with the version
 */
record ListVersion(String list, long version, String digest, long serial, Instant changedAt) {}
