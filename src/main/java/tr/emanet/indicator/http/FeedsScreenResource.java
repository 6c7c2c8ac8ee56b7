package tr.emanet.indicator.http;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Role;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.RevisionDiffStore;
import tr.emanet.indicator.Revisions;
import tr.emanet.indicator.feed.FeedSchedule;
import tr.emanet.web.Pages;
import tr.emanet.web.Posted;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.Urls;
import tr.emanet.web.security.Allow;

/** How the feeds stand, and what an administrator does with them. */
@Path("/indicators/feeds")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class FeedsScreenResource {

  private static final String NAME = "{name: [a-z0-9][a-z0-9-]{0,31}}";
  private static final String PAGE = "/indicators/feeds";

  private final Revisions revisions;
  private final FeedSchedule schedule;
  private final FeedActs acts;
  private final IndicatorFacts facts;
  private final RevisionDiffStore diffs;
  private final Pages pages;
  private final Shells shells;

  public FeedsScreenResource(
      Revisions revisions,
      FeedSchedule schedule,
      FeedActs acts,
      IndicatorFacts facts,
      RevisionDiffStore diffs,
      Pages pages,
      Shells shells) {
    this.revisions = revisions;
    this.schedule = schedule;
    this.acts = acts;
    this.facts = facts;
    this.diffs = diffs;
    this.pages = pages;
    this.shells = shells;
  }

  /** The page. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @QueryParam("revision") @DefaultValue("") String revision,
      @QueryParam("back") @DefaultValue("") String back) {
    Shell shell = shells.of(uri, headers, security, IndicatorScreenResource.RAIL);
    return show(200, shell, revision, back, null);
  }

  private Response show(
      int status, Shell shell, String revision, String back, @Nullable String problem) {
    FeedScreen view = new FeedScreen(revisions, schedule, facts, diffs, shell.texts(), shell.now());
    List<FeedViews.Feed> feeds = view.feeds();
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("feeds", feeds);
    parameters.put("targets", FeedScreen.targets(feeds));
    parameters.put("guard", view.guard());
    parameters.put("busy", schedule.busy());
    parameters.put(
        "acts", shell.person().map(p -> p.person().has(Role.ADMINISTRATOR)).orElse(false));
    view.opened(number(revision)).ifPresent(o -> parameters.put("opened", o));
    view.question(number(back)).ifPresent(q -> parameters.put("question", q));
    if (problem != null) {
      parameters.put("problem", problem);
    }
    return pages.page(status, shell, "indicator/feeds.jte", parameters);
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  /** Fetches soon. */
  @POST
  @Path(NAME + "/sync")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response sync(@PathParam("name") String name, MultivaluedMap<String, String> form) {
    if (!acts.sync(name, new Posted(form).text("full").equals("true"))) {
      throw new NotFoundException();
    }
    return Posted.to(PAGE);
  }

  /** Approves, rejects or brings back. */
  @POST
  @Path(NAME + "/revisions/{number: [0-9]{1,18}}/{act: approve|reject|roll-back}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response act(
      @PathParam("name") String name,
      @PathParam("number") long number,
      @PathParam("act") String act,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    boolean done =
        acts.act(RequestPerson.of(security), name, number, FeedActs.Act.named(act))
            .orElseThrow(NotFoundException::new);
    if (done) {
      return Posted.to(PAGE);
    }
    Shell shell = shells.of(uri, headers, security, IndicatorScreenResource.RAIL);
    return show(409, shell, Long.toString(number), "", shell.t("feeds.problem.state"));
  }

  /** A piece of a file, at most a mebibyte; answers how much is there. */
  @PUT
  @Path("upload/{id: [0-9a-f]{16}}")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Produces(MediaType.TEXT_PLAIN)
  @Allow(Role.ADMINISTRATOR)
  public String upload(
      @PathParam("id") String id, @QueryParam("at") @DefaultValue("0") long at, byte[] piece)
      throws IOException {
    long length = acts.append(id, at, piece);
    if (length < 0) {
      throw new ClientErrorException(409);
    }
    return Long.toString(length);
  }

  /** Brings an uploaded file into force. */
  @POST
  @Path(NAME + "/import")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response take(
      @PathParam("name") String feed,
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    java.nio.file.Path file =
        acts.spooled("import-" + new Posted(form).text("file")).orElseThrow(NotFoundException::new);
    String name = new Posted(form).text("name");
    try {
      long number =
          acts.take(
                  RequestPerson.of(security),
                  feed,
                  file,
                  name.isBlank() ? "file" : name,
                  null,
                  new Posted(form).text("signature"))
              .number();
      return Posted.to(Urls.path(PAGE).with("revision", Long.toString(number)).toString());
    } catch (FeedException e) {
      Shell shell = shells.of(uri, headers, security, IndicatorScreenResource.RAIL);
      String said = shell.t(e.failure().key()) + " (" + e.detail() + ")";
      return show(422, shell, "", "", said);
    }
  }
}
