package tr.emanet.web.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jspecify.annotations.Nullable;
import tr.emanet.web.Language;
import tr.emanet.web.Problem;

/** Answers 400 to a body that is not the JSON that was asked for, without repeating any of it. */
public final class BadBodyMapper implements ExceptionMapper<JsonProcessingException> {

  @Context private @Nullable HttpHeaders headers;

  @Override
  public Response toResponse(JsonProcessingException failure) {
    String accepted = headers == null ? null : headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
    Language language = accepted == null ? Language.TR : Language.accepted(accepted);
    var where = failure.getLocation();
    String place = where == null ? "" : " (" + where.getLineNr() + ":" + where.getColumnNr() + ")";
    String title =
        switch (language) {
          case TR -> "Gönderilen JSON okunamadı" + place;
          case EN -> "The JSON that was sent cannot be read" + place;
        };
    return Problem.of(400, "bad-body", title, null).response();
  }
}
