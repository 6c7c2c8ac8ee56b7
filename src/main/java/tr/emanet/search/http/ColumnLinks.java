package tr.emanet.search.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tr.emanet.event.Field;

/** Addresses of the same page with other columns, and the width class of each column. */
public final class ColumnLinks {

  /** Pixels by which the buttons of the column menu change a width. */
  private static final int STEP = 24;

  private ColumnLinks() {}

  /** The page with a column moved by one place. */
  public static String moved(SearchState state, int at, int by) {
    List<String> columns = new ArrayList<>(state.columns());
    Collections.swap(columns, at, at + by);
    return state.withColumns(columns).url();
  }

  /** The page without a column. */
  public static String without(SearchState state, int at) {
    List<String> columns = new ArrayList<>(state.columns());
    columns.remove(at);
    return state.withColumns(columns).url();
  }

  /** The page with the columns it came with, in their usual widths. */
  public static String standard(SearchState state) {
    return state
        .withColumns(SearchState.DEFAULT_COLUMNS)
        .withUsualWidths()
        .withColumnsNamed()
        .url();
  }

  /** The page with a narrower column. */
  public static String narrower(SearchState state, int at) {
    return widened(state, at, -STEP);
  }

  /** The page with a wider column. */
  public static String wider(SearchState state, int at) {
    return widened(state, at, STEP);
  }

  private static String widened(SearchState state, int at, int by) {
    String column = state.columns().get(at);
    int now = state.width(column) > 0 ? state.width(column) : usual(column);
    return state.withWidth(column, now + by).url();
  }

  private static int usual(String column) {
    return switch (css(column)) {
      case "c-ip" -> 140;
      case "c-number" -> 92;
      case "c-date" -> 200;
      case "c-rest" -> 420;
      default -> 132;
    };
  }

  /** The CSS class that gives a column its width. */
  public static String css(String column) {
    if (column.equals("message")) {
      return "c-rest";
    }
    return Field.named(column)
        .map(
            field ->
                switch (field.type()) {
                  case IP -> "c-ip";
                  case LONG -> "c-number";
                  case DATE -> "c-date";
                  case KEYWORD, TEXT -> "c-word";
                })
        .orElse("c-word");
  }
}
