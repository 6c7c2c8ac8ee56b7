package tr.emanet.indicator.http;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.FeedState;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.Revisions;
import tr.emanet.indicator.feed.FeedFormat;
import tr.emanet.indicator.feed.FeedSchedule;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;

/** Feeds: how they stand, their revisions, and what an administrator does with them. */
@Path("/api/v1/feeds")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class FeedsResource {

  private static final String NAME = "{name: [a-z0-9][a-z0-9-]{0,31}}";

  private final Revisions revisions;
  private final IndicatorStore store;
  private final FeedSchedule schedule;
  private final FeedActs acts;
  private final Shells shells;

  public FeedsResource(
      Revisions revisions,
      IndicatorStore store,
      FeedSchedule schedule,
      FeedActs acts,
      Shells shells) {
    this.revisions = revisions;
    this.store = store;
    this.schedule = schedule;
    this.acts = acts;
    this.shells = shells;
  }

  /**
   * A file in the spool folder.
   *
   * @param file its name there
   * @param name what it was called before
   * @param signature the detached signature that lay beside it, in base64
   */
  public record Import(
      @Nullable String file,
      @Nullable String name,
      @Nullable String format,
      @Nullable String signature) {}

  /** Every feed, and whether one is fetched at the moment. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> all(@Context HttpHeaders headers) {
    Map<String, Integer> counts = store.counts();
    Texts texts = shells.texts(headers);
    return Map.of(
        "busy",
        schedule.busy(),
        "feeds",
        revisions.states().stream()
            .map(s -> json(s, counts.getOrDefault(s.name(), 0), texts))
            .toList());
  }

  /** Fetches soon; {@code full} for the whole list. */
  @POST
  @Path(NAME + "/sync")
  @Allow({Role.ADMINISTRATOR})
  public Response sync(
      @PathParam("name") String name, @QueryParam("full") @DefaultValue("false") boolean full) {
    if (!acts.sync(name, full)) {
      throw new NotFoundException();
    }
    return Response.status(202).entity(Map.of("started", name)).build();
  }

  /** Brings a file of the spool folder into force; it is deleted there. */
  @POST
  @Path(NAME + "/import")
  @Allow({Role.ADMINISTRATOR})
  public Map<String, @Nullable Object> take(
      @PathParam("name") String feed,
      Import wanted,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request)
      throws IOException {
    String file = wanted == null || wanted.file() == null ? "" : wanted.file();
    java.nio.file.Path path = acts.spooled(file).orElseThrow(() -> new ClientErrorException(400));
    @Nullable FeedFormat format =
        wanted.format() == null
            ? null
            : FeedFormat.ofId(wanted.format()).orElseThrow(() -> new ClientErrorException(400));
    try {
      return json(
          acts.take(
              RequestPerson.of(request.getSecurityContext()),
              feed,
              path,
              wanted.name() == null ? file : wanted.name(),
              format,
              wanted.signature() == null ? "" : wanted.signature()));
    } catch (FeedException e) {
      Texts texts = shells.texts(headers);
      Map<String, @Nullable Object> out = new LinkedHashMap<>();
      out.put("state", "failed");
      out.put("failure", e.failure().id());
      out.put("sentence", texts.get(e.failure().key()));
      out.put("detail", e.detail());
      return out;
    }
  }

  /** The last revisions, newest first. */
  @GET
  @Path(NAME + "/revisions")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, List<Map<String, @Nullable Object>>> revisions(
      @PathParam("name") String name) {
    return Map.of(
        "revisions", revisions.newest(name, 200).stream().map(FeedsResource::json).toList());
  }

  /** {@code approve}, {@code reject} or {@code roll-back} to a revision. */
  @POST
  @Path(NAME + "/revisions/{number: [0-9]{1,18}}/{act: approve|reject|roll-back}")
  @Allow({Role.ADMINISTRATOR})
  public Map<String, @Nullable Object> act(
      @PathParam("name") String name,
      @PathParam("number") long number,
      @PathParam("act") String act,
      @Context ContainerRequestContext request) {
    Principal who = RequestPerson.of(request.getSecurityContext());
    boolean done =
        acts.act(who, name, number, FeedActs.Act.named(act)).orElseThrow(NotFoundException::new);
    if (!done) {
      throw new ClientErrorException(409);
    }
    return json(revisions.find(number).orElseThrow());
  }

  private static Map<String, @Nullable Object> json(FeedState state, int rows, Texts texts) {
    FeedFailure failure = state.failure();
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("name", state.name());
    out.put("revision", state.current());
    out.put("rows", rows);
    out.put("held", state.held());
    out.put("full_at", string(state.fullAt()));
    out.put("delta_at", string(state.deltaAt()));
    out.put("tried_at", string(state.triedAt()));
    out.put("failure", failure == null ? null : failure.id());
    out.put("failure_detail", failure == null ? null : state.failureDetail());
    out.put("failing_since", string(state.failingSince()));
    out.put("failures", state.failures());
    out.put("sentence", texts.get(failure == null ? "indicator.feed.ok" : failure.key()));
    return out;
  }

  private static Map<String, @Nullable Object> json(Revision revision) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("number", revision.number());
    out.put("feed", revision.feed());
    out.put("kind", revision.kind().id());
    out.put("state", revision.state().id());
    out.put("origin", revision.origin());
    out.put("signature", revision.signature());
    out.put("target", revision.target() == 0 ? null : revision.target());
    out.put("started_at", revision.startedAt().toString());
    out.put("applied_at", string(revision.appliedAt()));
    out.put("actor", revision.actor());
    out.put("received", revision.counts().received());
    out.put("added", revision.counts().added());
    out.put("removed", revision.counts().removed());
    out.put("changed", revision.counts().changed());
    out.put("refused", revision.refused());
    out.put("spared", revision.spared());
    out.put("digest", revision.digest());
    out.put("reason", revision.reason());
    return out;
  }

  private static @Nullable String string(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
