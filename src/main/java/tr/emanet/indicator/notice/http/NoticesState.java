package tr.emanet.indicator.notice.http;

import java.util.List;
import java.util.Map;
import tr.emanet.indicator.notice.NoticeFilter;
import tr.emanet.web.Urls;

/**
 * What the page shows, as its address says it. Immutable; whatever an address holds gives a state.
 *
 * @param tab open, matched or closed
 * @param text filter text, empty for all
 * @param open id of the notice in the panel, empty for none
 */
public record NoticesState(String tab, String text, String open) {

  static final List<String> TABS = List.of("open", "matched", "closed");
  private static final int MAX_TEXT = 200;

  static NoticesState of(Map<String, List<String>> parameters) {
    String tab = first(parameters, "tab");
    String text = first(parameters, "q").strip();
    String open = first(parameters, "open");
    return new NoticesState(
        TABS.contains(tab) ? tab : "open",
        text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text,
        open.matches("[A-Za-z0-9-]{1,100}") ? open : "");
  }

  private static String first(Map<String, List<String>> parameters, String name) {
    List<String> all = parameters.get(name);
    return all == null || all.isEmpty() ? "" : all.getFirst();
  }

  public String url() {
    return Urls.path("/notices")
        .with("tab", tab.equals("open") ? "" : tab)
        .with("q", text)
        .with("open", open)
        .toString();
  }

  public NoticesState withTab(String other) {
    return new NoticesState(other, text, "");
  }

  public NoticesState withText(String other) {
    return new NoticesState(tab, other, open);
  }

  public NoticesState withOpen(String other) {
    return new NoticesState(tab, text, other);
  }

  NoticeFilter filter() {
    return NoticeFilter.of(NoticeFilter.Wanted.named(tab).orElse(NoticeFilter.Wanted.OPEN), text);
  }
}
