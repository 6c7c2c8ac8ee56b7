package tr.emanet.indicator.list;

import java.time.Instant;

/**
 * Equal pulls of one day, as one row: same list, form, version, puller, address and status.
 *
 * @param who user name that the firewall gave, the label of its token, or {@code secret path}
 * @param status 200 or 304
 * @param entries of the list then
 * @param count how many there were
 */
public record Pull(
    String list,
    String format,
    long version,
    String who,
    String address,
    String agent,
    int status,
    String etag,
    int entries,
    Instant firstAt,
    Instant lastAt,
    long count) {}
