package tr.emanet.overview;

/**
 * A source that is silent, in words.
 *
 * @param last when it was last heard
 * @param since how long ago that was
 * @param usual how far apart its minutes usually are
 */
public record SilentLine(String address, String last, String since, String usual) {}
