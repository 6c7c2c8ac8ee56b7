package tr.emanet.alert.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.AlertFilter;
import tr.emanet.alert.Severity;
import tr.emanet.event.Principal;
import tr.emanet.web.Urls;

/**
 * What the inbox shows, as its address says it. Immutable; whatever an address holds gives a state.
 *
 * @param tab open, mine or closed
 * @param severity id of the only severity, empty for all
 * @param text filter text, empty for all
 * @param by rule or none: how rows are grouped
 * @param open number of the alert in the panel, empty for none
 */
public record InboxState(String tab, String severity, String text, String by, String open) {

  static final List<String> TABS = List.of("open", "mine", "closed");
  private static final int MAX_TEXT = 200;

  static InboxState of(Map<String, List<String>> parameters) {
    String severity = first(parameters, "severity");
    String text = first(parameters, "q").strip();
    String open = first(parameters, "open");
    return new InboxState(
        TABS.contains(first(parameters, "tab")) ? first(parameters, "tab") : "open",
        Severity.named(severity).isPresent() ? severity : "",
        text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text,
        first(parameters, "by").equals("none") ? "none" : "rule",
        open.matches("A-[0-9]{4}-[0-9]{4,12}") ? open : "");
  }

  private static String first(Map<String, List<String>> parameters, String name) {
    List<String> all = parameters.get(name);
    return all == null || all.isEmpty() ? "" : all.getFirst();
  }

  public String url() {
    return url("/alerts");
  }

  public String url(String path) {
    return Urls.path(path)
        .with("tab", tab.equals("open") ? "" : tab)
        .with("severity", severity)
        .with("q", text)
        .with("by", by.equals("rule") ? "" : by)
        .with("open", open)
        .toString();
  }

  public InboxState withTab(String other) {
    return new InboxState(other, "", text, by, "");
  }

  public InboxState withSeverity(String other) {
    return new InboxState(tab, other, text, by, open);
  }

  public InboxState withText(String other) {
    return new InboxState(tab, severity, other, by, open);
  }

  public InboxState withBy(String other) {
    return new InboxState(tab, severity, text, other, open);
  }

  public InboxState withOpen(String other) {
    return new InboxState(tab, severity, text, by, other);
  }

  AlertFilter filter(Principal who) {
    return new AlertFilter(
        tab.equals("closed") ? AlertFilter.Wanted.CLOSED : AlertFilter.Wanted.OPEN,
        onlySeverity(),
        tab.equals("mine") ? who.id() : null,
        text,
        0);
  }

  private @Nullable Severity onlySeverity() {
    return Severity.named(severity).orElse(null);
  }
}
