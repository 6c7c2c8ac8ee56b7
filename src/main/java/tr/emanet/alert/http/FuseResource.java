package tr.emanet.alert.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import tr.emanet.event.Role;
import tr.emanet.web.security.Allow;

/** The button on the system page that mends the fuse over all notifications. */
@Path("/system/notifications/fuse")
public final class FuseResource {

  private final NotificationsResource api;

  public FuseResource(NotificationsResource api) {
    this.api = api;
  }

  /** Mends it; nothing happens when it has not blown. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response mend(@Context SecurityContext security) {
    api.mend(security).close();
    return Response.status(Response.Status.SEE_OTHER)
        .header(HttpHeaders.LOCATION, "/system#notifications")
        .build();
  }
}
