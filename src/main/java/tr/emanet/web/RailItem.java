package tr.emanet.web;

import java.util.Optional;
import java.util.Set;
import tr.emanet.event.Role;

/**
 * One entry of the rail. Only pages that exist are listed.
 *
 * @param id names the entry; the page that shows it active passes the same
 * @param href path of the page
 * @param icon name in the sprite; empty for a page that only the jump box offers
 * @param key text key of the label
 * @param letter second key after {@code g}, empty for none; never i, ı or a letter outside ASCII
 * @param bottom whether it stands at the lower end
 * @param roles who may open the page; empty for everybody who is signed in
 */
public record RailItem(
    String id,
    String href,
    String icon,
    String key,
    String letter,
    boolean bottom,
    Set<Role> roles) {

  private static final Set<String> THUMB = Set.of("overview", "alerts", "search", "indicators");

  public RailItem {
    roles = Set.copyOf(roles);
  }

  /** A page for everybody who is signed in. */
  public RailItem(String id, String href, String icon, String key, String letter, boolean bottom) {
    this(id, href, icon, key, letter, bottom, Set.of());
  }

  /** Whether it stands in the bar of a phone; the others are behind "more". */
  public boolean thumb() {
    return THUMB.contains(id);
  }

  /** Whether the page opens for this reader. */
  boolean opensFor(Optional<RequestPerson> reader) {
    return roles.isEmpty()
        || reader.isPresent() && roles.stream().anyMatch(reader.get().person()::has);
  }
}
