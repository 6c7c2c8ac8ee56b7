package tr.emanet.indicator.http;

import java.util.List;
import tr.emanet.web.Visible;

/** What the templates of the list show; every text is already in the reader's language. */
public final class ListViews {

  /** One tab of the head. */
  public record Tab(String name, String count, String url, boolean current) {}

  /** One choice of a filter. */
  public record Option(String value, String name, boolean current) {}

  /** One filter with its choices; the first one is everything. */
  public record Filter(String parameter, String label, List<Option> options) {
    public Filter {
      options = List.copyOf(options);
    }
  }

  /** A filter in force with the address without it. */
  public record Chip(String label, List<Visible.Piece> value, String url) {
    public Chip {
      value = List.copyOf(value);
    }
  }

  /**
   * One indicator of the list.
   *
   * @param state id for the shape: listed, removed, refused, spared or expired
   * @param measure id of the state of the measure; empty when there is nothing to say
   */
  public record Row(
      long id,
      String url,
      List<Visible.Piece> value,
      String kind,
      String meaning,
      String source,
      String feed,
      String firstSeen,
      String firstIso,
      String lastSeen,
      String lastIso,
      String revision,
      String live,
      String past,
      String hitsUrl,
      String state,
      String stateName,
      String measure,
      String measureName,
      boolean current) {
    public Row {
      value = List.copyOf(value);
    }
  }

  /** The page of the list. */
  public record Listing(
      List<Tab> tabs,
      List<Filter> filters,
      List<Chip> chips,
      List<Row> rows,
      String total,
      String next,
      String first,
      boolean measures,
      boolean nothingYet,
      String understood) {
    public Listing {
      tabs = List.copyOf(tabs);
      filters = List.copyOf(filters);
      chips = List.copyOf(chips);
      rows = List.copyOf(rows);
    }
  }

  /** A label and what it stands for. */
  public record Pair(String label, List<Visible.Piece> value) {
    public Pair {
      value = List.copyOf(value);
    }
  }

  /** A check of the explanation. */
  public record Check(boolean well, String text) {}

  /** A stretch of being listed. */
  public record SpanLine(String from, String until, String revisions, String codes, boolean open) {}

  /** An alert of this indicator. */
  public record HitLine(
      String number,
      String url,
      String severity,
      String severityName,
      String asset,
      String count,
      String state,
      String seen,
      String seenIso) {}

  /**
   * The opened indicator.
   *
   * @param copy the value in a form that nothing turns into a link
   * @param events address of the search for it; empty when it has no value
   * @param hunt address of the hunt for it; empty when the reader may not hunt
   */
  public record Panel(
      Row row,
      String kindName,
      String sentence,
      String previous,
      String next,
      String close,
      String copy,
      String events,
      String hunt,
      List<Check> checks,
      List<Pair> card,
      List<SpanLine> spans,
      String hitsTitle,
      List<HitLine> hits,
      List<Visible.Piece> raw) {
    public Panel {
      checks = List.copyOf(checks);
      card = List.copyOf(card);
      spans = List.copyOf(spans);
      hits = List.copyOf(hits);
      raw = List.copyOf(raw);
    }
  }

  private ListViews() {}
}
