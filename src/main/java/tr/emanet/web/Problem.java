package tr.emanet.web;

import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as the API tells it (RFC 9457).
 *
 * @param status HTTP status
 * @param code stable short name, the last part of {@code type}
 * @param title one sentence in the reader's language
 * @param detail what to do, or null
 * @param more further members, such as {@code position} in a query
 */
public record Problem(
    int status, String code, String title, @Nullable String detail, Map<String, Object> more) {

  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    more = Map.copyOf(more);
  }

  /** A problem without further members. */
  public static Problem of(int status, String code, String title, @Nullable String detail) {
    return new Problem(status, code, title, detail, Map.of());
  }

  /** The document; member order as in the RFC. */
  public Map<String, Object> document() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("type", "urn:emanet:problem:" + code);
    out.put("title", title);
    out.put("status", status);
    if (detail != null) {
      out.put("detail", detail);
    }
    out.putAll(more);
    return out;
  }

  /** The answer. */
  public Response response() {
    return Response.status(status).type(MEDIA_TYPE).entity(document()).build();
  }
}
