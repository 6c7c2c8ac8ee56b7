package tr.emanet.overview;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.web.Health;
import tr.emanet.web.Visible;

/**
 * The shift page in words.
 *
 * @param day the date in words
 * @param lead the one sentence
 * @param counts open alerts by severity; empty when the reader may not see alerts
 * @param items at most five, worst first
 * @param more how many items are not shown, in words; empty for none
 * @param usom null when the reader may not see indicators
 */
public record ShiftView(
    String day,
    Health health,
    String lead,
    List<Count> counts,
    List<Item> items,
    String more,
    IntakeTile intake,
    Tile balance,
    Tile silent,
    @Nullable Tile usom,
    DiskTile disk) {

  public ShiftView {
    counts = List.copyOf(counts);
    items = List.copyOf(items);
  }

  /** Open alerts of one severity. */
  public record Count(String id, String text, String url) {}

  /**
   * Something that waits.
   *
   * @param severity id of a severity, for shape and colour
   * @param id stable while the item is there
   */
  public record Item(
      String id,
      String severity,
      String severityName,
      List<Visible.Piece> title,
      List<Visible.Piece> line,
      String time,
      String button,
      String url) {
    public Item {
      title = List.copyOf(title);
      line = List.copyOf(line);
    }
  }

  /** A line of a tile; health null for one that is only a figure. */
  public record Line(@Nullable Health health, String label, String value, boolean sum) {}

  /** A tile: name, link, figure with its unit, sentence, lines. */
  public record Tile(
      String name,
      String link,
      String url,
      String figure,
      String unit,
      String says,
      List<Line> lines) {
    public Tile {
      lines = List.copyOf(lines);
    }
  }

  /**
   * The intake tile.
   *
   * @param lines point lists of the line, one for each stretch without a gap
   * @param band points of the usual range; empty when nothing is called usual yet
   * @param top value of the upper edge
   * @param hours labels below, from left to right
   * @param table the same by the hour, for those who do not see the line
   */
  public record IntakeTile(
      String figure,
      String says,
      List<String> lines,
      String band,
      String top,
      List<String> hours,
      List<Line> table,
      boolean empty) {
    public IntakeTile {
      lines = List.copyOf(lines);
      hours = List.copyOf(hours);
      table = List.copyOf(table);
    }
  }

  /** The disk tile with the shares of its bar as SVG lengths. */
  public record DiskTile(
      String figure,
      String unit,
      String says,
      String journalShare,
      String searchShare,
      String journal,
      String search,
      String free,
      String name) {}
}
