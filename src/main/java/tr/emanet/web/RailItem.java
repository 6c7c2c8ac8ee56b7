package tr.emanet.web;

/**
 * One entry of the rail. Only pages that exist are listed.
 *
 * @param id names the entry; the page that shows it active passes the same
 * @param href path of the page
 * @param icon name in the sprite
 * @param key text key of the label
 * @param letter second key after {@code g}; never i, ı or a letter outside ASCII
 * @param bottom whether it stands at the lower end
 */
public record RailItem(
    String id, String href, String icon, String key, String letter, boolean bottom) {}
