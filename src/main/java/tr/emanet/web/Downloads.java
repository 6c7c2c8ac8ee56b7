package tr.emanet.web;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Answers that browsers save and never show. */
public final class Downloads {

  private Downloads() {}

  /**
   * Bytes under a name; nothing of them is kept by anybody on the way.
   *
   * @param size -1 when nobody knows
   */
  public static Response stream(StreamingOutput body, String name, long size) {
    Response.ResponseBuilder answer = attachment(Response.ok(body), name);
    if (size >= 0) {
      answer.header(HttpHeaders.CONTENT_LENGTH, size);
    }
    return answer.type(MediaType.APPLICATION_OCTET_STREAM).build();
  }

  /** With the name under which a browser saves it (RFC 6266). */
  public static Response.ResponseBuilder attachment(Response.ResponseBuilder answer, String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return answer
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + Urls.encode(name))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
