package tr.emanet.alert.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.web.Visible;

/** What the templates of the inbox show; every text is already in the reader's language. */
public final class InboxViews {

  /** One tab of the head. */
  public record Tab(String name, String count, String url, boolean current) {}

  /** How many alerts of a severity are open; a link that shows only those, or all again. */
  public record Count(String id, String text, String url, boolean current) {}

  /** Text of which a part may be invisible or stand out. */
  public record Part(String text, boolean escape, boolean hit) {}

  /**
   * One alert of the list.
   *
   * @param title what matched, in words; the value follows
   * @param bars heights of 24 bars from 0 to 20
   */
  public record Row(
      String number,
      String url,
      String severity,
      String severityName,
      String title,
      List<Visible.Piece> value,
      List<Visible.Piece> line,
      List<Integer> bars,
      String events,
      String seen,
      String seenIso,
      String state,
      String stateName,
      boolean current) {
    public Row {
      value = List.copyOf(value);
      line = List.copyOf(line);
      bars = List.copyOf(bars);
    }
  }

  /** Rows of one rule. */
  public record Group(String id, List<Visible.Piece> name, String count, List<Row> rows) {
    public Group {
      name = List.copyOf(name);
      rows = List.copyOf(rows);
    }
  }

  /** The list with its counters: what is fetched again while the page is open. */
  public record Listing(
      long revision,
      long unseen,
      List<Tab> tabs,
      List<Count> counts,
      List<Group> groups,
      String total,
      boolean cut,
      String url) {
    public Listing {
      tabs = List.copyOf(tabs);
      counts = List.copyOf(counts);
      groups = List.copyOf(groups);
    }
  }

  /** One line of the explanation. */
  public record Why(
      String field, String before, List<Visible.Piece> value, String after, boolean doubt) {
    public Why {
      value = List.copyOf(value);
    }
  }

  /** A label and what it stands for. */
  public record Pair(String label, List<Visible.Piece> value) {
    public Pair {
      value = List.copyOf(value);
    }
  }

  /**
   * One hit with a link to its event.
   *
   * @param answered answered when a measure was taken since, after when it came later, else empty
   */
  public record HitLine(
      String time,
      String iso,
      List<Visible.Piece> value,
      String url,
      boolean retro,
      String answered,
      String answeredName) {
    public HitLine {
      value = List.copyOf(value);
    }
  }

  /** One entry of the history. */
  public record Told(String time, String iso, String who, String what, List<Visible.Piece> text) {
    public Told {
      text = List.copyOf(text);
    }
  }

  /**
   * The opened alert.
   *
   * @param previous address of the row above, empty when there is none
   * @param raw line that matched, empty with a note when it is gone
   * @param people who may be given the alert, by id
   * @param acts whether the reader may act
   */
  public record Panel(
      Row row,
      String sentence,
      String previous,
      String next,
      String close,
      List<Why> why,
      List<Part> raw,
      String rawNote,
      String events,
      String cardTitle,
      List<Pair> card,
      List<HitLine> hits,
      String hitsTitle,
      List<Told> history,
      String assignee,
      Map<String, String> people,
      boolean acts,
      MeasureViews.Box measures,
      @Nullable String problem) {
    public Panel {
      why = List.copyOf(why);
      raw = List.copyOf(raw);
      card = List.copyOf(card);
      hits = List.copyOf(hits);
      history = List.copyOf(history);
    }
  }

  private InboxViews() {}
}
