package tr.emanet.ui;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tr.emanet.web.security.Allow;

/** A session that ends when a test says so. */
@Path("/api/v1/session")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class EndingSessionResource {

  private volatile Instant endsAt = Instant.MAX;

  /** Questions without the header that keeps them from prolonging the session. */
  final AtomicInteger loud = new AtomicInteger();

  /** Lets the session end after a while from now. */
  void endIn(Duration left) {
    endsAt = Instant.now().plus(left);
  }

  @GET
  @Allow
  public Map<String, Object> show(@HeaderParam("X-Emanet-Background") @Nullable String background) {
    if (background == null) {
      loud.incrementAndGet();
    }
    Instant usual = Instant.now().plus(Duration.ofMinutes(30));
    return Map.of("id", "nalkan", "ends_at", (endsAt.isBefore(usual) ? endsAt : usual).toString());
  }

  @POST
  @Allow
  public Map<String, Object> extend() {
    endsAt = Instant.MAX;
    return show("");
  }
}
