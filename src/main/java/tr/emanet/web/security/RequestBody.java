package tr.emanet.web.security;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Reads a request's body once, within a bound, and puts it back for the resource. */
final class RequestBody {

  /** Most bytes of a body unless its method says otherwise: 1 MiB. */
  static final int MAX_BYTES = 1 << 20;

  private static final int TOO_LARGE = 413;

  private RequestBody() {}

  /** Keeps the body in memory; a longer one than {@code most} is refused. */
  static byte[] bound(ContainerRequestContext request, int most) {
    try {
      byte[] body = request.getEntityStream().readNBytes(most + 1);
      if (body.length > most) {
        throw new ClientErrorException(TOO_LARGE);
      }
      request.setEntityStream(new ByteArrayInputStream(body));
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException("request body ended early", e);
    }
  }

  /** The first value of a form field, empty when the body is no form or has no such field. */
  static String field(ContainerRequestContext request, byte[] body, String name) {
    MediaType type = request.getMediaType();
    if (type == null || !type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)) {
      return "";
    }
    String start = name + "=";
    for (String pair : new String(body, StandardCharsets.US_ASCII).split("&", -1)) {
      if (pair.startsWith(start)) {
        try {
          return URLDecoder.decode(pair.substring(start.length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          return "";
        }
      }
    }
    return "";
  }
}
