package tr.emanet.search.http;

import org.jspecify.annotations.Nullable;
import tr.emanet.web.Urls;

/** The columns and widths that a browser remembers for addresses that name none. */
final class RememberedColumns {

  /** Name of the cookie; written by the page, read here. */
  static final String COOKIE = "columns";

  private static final int MAX = 2_000;

  private RememberedColumns() {}

  /** The cookie's value as {@code a,b;120,0}; empty when nothing is remembered. */
  static String of(@Nullable String cookie) {
    String value = cookie == null ? "" : Urls.decode(cookie);
    return value.length() > MAX || value.indexOf(';') < 1 ? "" : value;
  }
}
