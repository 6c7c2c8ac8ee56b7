package tr.emanet.ui;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.microsoft.playwright.Page;
import java.util.List;

/** WCAG 2.2 AA as far as a program can tell. */
public final class Accessibility {

  private static final List<String> LEVELS =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
  private static final int EXAMPLES = 4;

  private Accessibility() {}

  /** What the page does wrong: rule and some elements each; empty when nothing was found. */
  public static List<String> violations(Page page) {
    AxeRunOptions options = new AxeRunOptions();
    // Describing each element that passes takes most of the time.
    options.setResultTypes(List.of("violations"));
    return new AxeBuilder(page)
            .options(options)
            // Our pages have no frames, for which it would open a second page.
            .setLegacyMode(true)
            .withTags(LEVELS)
            .analyze()
            .getViolations()
            .stream()
            .map(
                v ->
                    v.getImpact()
                        + " "
                        + v.getId()
                        + ": "
                        + v.getNodes().stream().limit(EXAMPLES).map(CheckedNode::getHtml).toList())
            .toList();
  }
}
