package tr.emanet.alert.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import tr.emanet.event.Role;
import tr.emanet.web.Posted;
import tr.emanet.web.security.Allow;

/** The button on the system page that tries a notification once more. */
@Path("/system/notifications/resend")
public final class ResendResource {

  private final NotificationsResource api;

  public ResendResource(NotificationsResource api) {
    this.api = api;
  }

  /** Tries it and comes back. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.ANALYST, Role.ADMINISTRATOR})
  public Response resend(MultivaluedMap<String, String> form, @Context SecurityContext security) {
    Posted posted = new Posted(form);
    try (Response ignored =
        api.resend(posted.text("channel"), posted.text("alert"), posted.text("step"), security)) {
      return Posted.to("/system#notifications");
    }
  }
}
