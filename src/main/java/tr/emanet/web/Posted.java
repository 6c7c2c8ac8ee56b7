package tr.emanet.web;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/**
 * A form of one of our pages: what was written, and the way back. A done act is answered with a
 * redirect, so that a reload does not repeat it. One thread only.
 */
public record Posted(MultivaluedMap<String, String> form) {

  /** The first value of a field; empty when there is none. */
  public String text(String name) {
    String first = form.getFirst(name);
    return first == null ? "" : first;
  }

  /** Where the form asks to go afterwards, when that is the page itself; else the page. */
  public String back(String page) {
    String asked = text("back");
    return Urls.isLocal(asked) && (asked + "?").startsWith(page + "?") ? asked : page;
  }

  /** The answer to a done act: see there. */
  public static Response to(String url) {
    return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, url).build();
  }
}
