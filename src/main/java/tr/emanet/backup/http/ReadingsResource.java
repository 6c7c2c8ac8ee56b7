package tr.emanet.backup.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.place.CopyTending;
import tr.emanet.backup.place.Damage;
import tr.emanet.backup.place.Place;
import tr.emanet.backup.place.PlaceDesk;
import tr.emanet.backup.place.Reading;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.event.Role;
import tr.emanet.web.security.Allow;

/** How far the copies at a target were read back, and what was damaged, over the API. */
@Path("/api/v1/backups/targets/{id: [0-9]{1,18}}/readings")
@Produces(MediaType.APPLICATION_JSON)
public final class ReadingsResource {

  private static final int DAMAGE = 1000;

  private final PlaceDesk desk;
  private final CopyTending tending;
  private final BackupDesk backups;

  public ReadingsResource(PlaceDesk desk, CopyTending tending, BackupDesk backups) {
    this.desk = desk;
    this.tending = tending;
    this.backups = backups;
  }

  /** The reading of each job's copy, and the damage that was found, the newest first. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> readings(@PathParam("id") long id) {
    Place place = desk.place(id).orElseThrow(NotFoundException::new);
    List<Map<String, @Nullable Object>> readings = new ArrayList<>();
    for (long plan : place.spec().jobs()) {
      BackupJob job = backups.job(plan).orElse(null);
      Reading reading = job == null ? null : tending.reading(place, job).orElse(null);
      if (reading != null) {
        readings.add(json(plan, reading));
      }
    }
    return Map.of(
        "readings",
        readings,
        "damage",
        tending.damage(id, DAMAGE).stream().map(ReadingsResource::json).toList());
  }

  private static Map<String, @Nullable Object> json(long job, Reading reading) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("job", job);
    out.put("readAt", text(reading.readAt()));
    out.put("wholeAt", text(reading.wholeAt()));
    out.put("roundSince", reading.cycleAt().toString());
    out.put("first", reading.first());
    out.put("last", reading.last());
    out.put("objects", reading.objects());
    out.put("bytes", reading.bytes());
    out.put("totalBytes", reading.total());
    out.put("problem", reading.problem());
    return out;
  }

  private static Map<String, @Nullable Object> json(Damage damage) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("job", damage.plan());
    out.put("object", damage.label());
    out.put("trouble", damage.trouble());
    out.put("foundAt", damage.foundAt().toString());
    out.put("healedAt", text(damage.healedAt()));
    return out;
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
