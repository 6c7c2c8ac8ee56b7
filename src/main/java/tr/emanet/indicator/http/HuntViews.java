package tr.emanet.indicator.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.web.Visible;

/** What the templates of the hunt page show; every text is already in the reader's language. */
public final class HuntViews {

  /**
   * What stands in the form.
   *
   * @param problem why it was refused, or null
   */
  public record Form(String values, String from, String to, @Nullable String problem) {}

  /**
   * One hunt of the list.
   *
   * @param state id: queued, running, done, failed or stopped
   * @param percent 0 to 100
   */
  public record Row(
      long id,
      String url,
      List<Visible.Piece> values,
      String more,
      String range,
      String who,
      String when,
      String iso,
      String state,
      String stateName,
      int percent,
      String found,
      boolean ended,
      boolean current) {
    public Row {
      values = List.copyOf(values);
    }
  }

  /** One event that was found. */
  public record Line(
      String time,
      String iso,
      String url,
      List<Visible.Piece> wanted,
      String field,
      List<Visible.Piece> value,
      boolean weak) {
    public Line {
      wanted = List.copyOf(wanted);
      value = List.copyOf(value);
    }
  }

  /** The opened hunt. */
  public record Opened(
      Row row, String says, List<List<Visible.Piece>> values, List<Line> lines, boolean cut) {
    public Opened {
      values = List.copyOf(values);
      lines = List.copyOf(lines);
    }
  }

  /**
   * A scan of the program itself for new indicators.
   *
   * @param act address of what can be done with it now, empty: nothing
   * @param actName how that is called
   */
  public record Scan(
      String name,
      String state,
      String stateName,
      int percent,
      String when,
      String act,
      String actName) {}

  private HuntViews() {}
}
