package tr.emanet.indicator.http;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Role;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorFilter;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.usom.UsomStore;
import tr.emanet.web.security.Allow;

/** What feeds list and have listed. */
@Path("/api/v1/indicators")
@Produces(MediaType.APPLICATION_JSON)
public final class IndicatorsResource {

  private final IndicatorStore store;
  private final UsomStore words;
  private final InstantSource clock;

  public IndicatorsResource(IndicatorStore store, UsomStore words, InstantSource clock) {
    this.store = store;
    this.words = words;
    this.clock = clock;
  }

  /** A page, newest first; the answer names where the page after it begins. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, @Nullable Object> list(
      @QueryParam("text") @DefaultValue("") String text,
      @QueryParam("kind") @DefaultValue("") String kind,
      @QueryParam("feed") @DefaultValue("") String feed,
      @QueryParam("source") @DefaultValue("") String source,
      @QueryParam("connection") @DefaultValue("") String connection,
      @QueryParam("state") @DefaultValue("") String state,
      @QueryParam("before") @DefaultValue("9223372036854775807") long before,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    IndicatorFilter filter =
        new IndicatorFilter(text, kind, feed, source, connection, state, before, limit);
    List<Indicator> page = store.page(filter);
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("indicators", page.stream().map(this::json).toList());
    out.put("next", page.size() == filter.limit() ? page.getLast().id() : null);
    return out;
  }

  /** One indicator with the meaning of its codes. */
  @GET
  @Path("{id: [0-9]{1,18}}")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, @Nullable Object> one(@PathParam("id") long id) {
    Indicator indicator = store.find(id).orElseThrow(NotFoundException::new);
    Map<String, @Nullable Object> out = json(indicator);
    Map<String, Map<String, String>> meanings = new LinkedHashMap<>();
    for (UsomStore.Code code : words.codes()) {
      String field =
          switch (code.table()) {
            case "address-description" -> "description";
            case "address-source" -> "source";
            default -> "connection";
          };
      if (code.code().equals(out.get(field))) {
        meanings.put(field, Map.of("tr", code.titleTr(), "en", code.titleEn()));
      }
    }
    out.put("meanings", meanings);
    return out;
  }

  private Map<String, @Nullable Object> json(Indicator indicator) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", indicator.id());
    out.put("feed", indicator.feed());
    out.put("external_id", indicator.external());
    out.put("raw", indicator.raw());
    out.put("kind", indicator.value().map(v -> v.kind().id()).orElse(null));
    out.put("value", indicator.value().map(v -> v.text()).orElse(null));
    out.put("refused", text(indicator.refusal()));
    out.put("spared", text(indicator.guard()));
    out.put("description", indicator.codes().description());
    out.put("source", indicator.codes().source());
    out.put("connection", indicator.codes().connection());
    out.put("criticality", indicator.codes().criticality());
    out.put("listed_at", string(indicator.listedAt()));
    out.put("expires_at", string(indicator.expiresAt()));
    out.put("first_seen", indicator.firstSeen().toString());
    out.put("last_seen", indicator.lastSeen().toString());
    out.put("active_from", indicator.activeFrom().toString());
    out.put("active_until", string(indicator.activeUntil()));
    out.put("in_force", indicator.inForce(clock.instant()));
    out.put("revision", indicator.revision());
    return out;
  }

  private static @Nullable String text(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String string(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
