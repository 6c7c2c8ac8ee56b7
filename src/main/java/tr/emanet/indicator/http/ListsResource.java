package tr.emanet.indicator.http;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.indicator.list.BlockList;
import tr.emanet.indicator.list.BlockLists;
import tr.emanet.indicator.list.ListDoor;
import tr.emanet.indicator.list.ListFormat;
import tr.emanet.indicator.list.Published;
import tr.emanet.indicator.list.Pull;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;
import tr.emanet.web.security.Public;
import tr.emanet.web.security.SecurityFilter;

/**
 * Block lists: firewalls pull them with HTTP Basic or by a secret address, people look at them and
 * at who pulled what.
 */
@Path("/api/v1/lists")
@Produces(MediaType.APPLICATION_JSON)
public final class ListsResource {

  private static final String PLAIN = "text/plain;charset=us-ascii";
  private static final int PULLS = 200;
  private static final int LATER_SECONDS = 30;

  private final BlockLists lists;
  private final ListDoor door;
  private final Shells shells;

  public ListsResource(BlockLists lists, ListDoor door, Shells shells) {
    this.lists = lists;
    this.door = door;
    this.shells = shells;
  }

  /** Every list, and who pulled what, the latest first. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> all() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("lists", lists.all().stream().map(ListsResource::json).toList());
    out.put("pulls", lists.pulls(PULLS).stream().map(ListsResource::json).toList());
    return out;
  }

  // Judges the key itself: firewalls speak HTTP Basic and nothing else does here.
  @GET
  @Path("{file: [a-z0-9-]{1,32}\\.[a-z.]{1,20}}")
  @Produces({PLAIN, MediaType.APPLICATION_JSON})
  @Public(basic = true)
  public Response pull(
      @PathParam("file") String file,
      @Context ContainerRequestContext request,
      @Context HttpHeaders headers) {
    Principal person = person(request.getSecurityContext());
    if (person != null) {
      if (!person.readsEvents()) {
        throw new ForbiddenException();
      }
      return answer(file, "", request, headers);
    }
    return judged(
        door.basic(headers.getHeaderString(HttpHeaders.AUTHORIZATION), address(request)),
        file,
        request,
        headers);
  }

  // Judges the key itself: it is part of the address, for firewalls that send no password.
  @GET
  @Path("{secret: [A-Za-z0-9_-]{43}}/{file: [a-z0-9-]{1,32}\\.[a-z.]{1,20}}")
  @Produces({PLAIN, MediaType.APPLICATION_JSON})
  @Public
  public Response pullSecretly(
      @PathParam("secret") String secret,
      @PathParam("file") String file,
      @Context ContainerRequestContext request,
      @Context HttpHeaders headers) {
    String name = file.substring(0, file.indexOf('.'));
    return judged(door.secret(name, secret, address(request)), file, request, headers);
  }

  /** A new secret address of a list; the one before ends at once. */
  @POST
  @Path("{name: [a-z0-9-]{1,32}}/secret")
  @Allow(Role.ADMINISTRATOR)
  public Response renewSecret(@PathParam("name") String name, @Context SecurityContext security) {
    BlockList list = list(name);
    String secret = door.renewSecret(RequestPerson.of(security), name);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("name", name);
    out.put("secret", secret);
    out.put(
        "paths",
        ListFormat.of(list.kind()).stream()
            .map(f -> "/api/v1/lists/" + secret + "/" + name + "." + f.suffix())
            .toList());
    return Response.status(201).entity(out).build();
  }

  /** Ends the secret address of a list. */
  @DELETE
  @Path("{name: [a-z0-9-]{1,32}}/secret")
  @Allow(Role.ADMINISTRATOR)
  public Response dropSecret(@PathParam("name") String name, @Context SecurityContext security) {
    BlockList list = list(name);
    if (!door.dropSecret(RequestPerson.of(security), list.name())) {
      throw new NotFoundException();
    }
    return Response.noContent().build();
  }

  private BlockList list(String name) {
    return lists.all().stream()
        .map(Published::list)
        .filter(l -> l.name().equals(name))
        .findFirst()
        .orElseThrow(NotFoundException::new);
  }

  private Response judged(
      ListDoor.Outcome outcome, String file, ContainerRequestContext request, HttpHeaders headers) {
    Texts texts = shells.texts(headers);
    return switch (outcome) {
      case ListDoor.Outcome.Open open -> answer(file, open.who(), request, headers);
      case ListDoor.Outcome.Shut shut ->
          Response.fromResponse(
                  Problem.of(401, "list-key", texts.get("indicator.list.key"), null).response())
              .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Emanet\", charset=\"UTF-8\"")
              .build();
      case ListDoor.Outcome.Wait(Duration time) ->
          Response.fromResponse(
                  Problem.of(429, "list-wait", texts.get("indicator.list.wait"), null).response())
              .header(HttpHeaders.RETRY_AFTER, Math.max(1, time.toSeconds()))
              .build();
    };
  }

  private Response answer(
      String file, String who, ContainerRequestContext request, HttpHeaders headers) {
    Texts texts = shells.texts(headers);
    return switch (lists.find(file)) {
      case BlockLists.Found.Here here -> send(here, who, request, headers);
      case BlockLists.Found.NoFormat(Published list) ->
          Problem.of(
                  404,
                  "list-format",
                  texts.get("indicator.list.format", list.list().name()),
                  list.formats().stream()
                      .map(f -> list.list().name() + "." + f.suffix())
                      .collect(Collectors.joining(", ")))
              .response();
      case BlockLists.Found.Unknown unknown ->
          Problem.of(
                  404,
                  "list-unknown",
                  texts.get("indicator.list.unknown"),
                  lists.all().stream().map(l -> l.list().name()).collect(Collectors.joining(", ")))
              .response();
      case BlockLists.Found.NotYet notYet -> later(texts);
    };
  }

  private static Response later(Texts texts) {
    return Response.fromResponse(
            Problem.of(503, "list-not-yet", texts.get("indicator.list.not-yet"), null).response())
        .header(HttpHeaders.RETRY_AFTER, LATER_SECONDS)
        .build();
  }

  private Response send(
      BlockLists.Found.Here here,
      String who,
      ContainerRequestContext request,
      HttpHeaders headers) {
    ListDoor.Visitor visitor =
        new ListDoor.Visitor(
            who, address(request), headers.getHeaderString(HttpHeaders.USER_AGENT));
    EntityTag tag = new EntityTag(here.etag());
    Date changed = date(here.list().changedAt());
    Response.ResponseBuilder same = request.getRequest().evaluatePreconditions(changed, tag);
    if (same != null) {
      Response response = headed(same, tag, changed).build();
      if (response.getStatus() == 304) {
        door.pulled(here, visitor, 304);
      }
      return response;
    }
    try {
      BlockLists.Written written = lists.open(here);
      InputStream in = Files.newInputStream(written.file());
      long size = Files.size(written.file());
      if (request.getMethod().equals("HEAD")) {
        in.close();
        return headed(Response.ok(), new EntityTag(written.etag()), date(written.changedAt()))
            .type(PLAIN)
            .header(HttpHeaders.CONTENT_LENGTH, size)
            .build();
      }
      door.pulled(here, visitor, 200);
      StreamingOutput body =
          out -> {
            try (in) {
              in.transferTo(out);
            }
          };
      return headed(Response.ok(body), new EntityTag(written.etag()), date(written.changedAt()))
          .type(PLAIN)
          .header(HttpHeaders.CONTENT_LENGTH, size)
          .build();
    } catch (NoSuchFileException e) {
      // A new version came in between; the firewall comes again.
      return later(shells.texts(headers));
    } catch (IOException e) {
      throw new UncheckedIOException("block list " + here.list().list().name(), e);
    }
  }

  private static Response.ResponseBuilder headed(
      Response.ResponseBuilder builder, EntityTag tag, Date changed) {
    return builder.tag(tag).lastModified(changed);
  }

  private static Date date(Instant at) {
    return Date.from(at.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String address(ContainerRequestContext request) {
    return request.getProperty(SecurityFilter.PEER_ADDRESS) instanceof String text ? text : "";
  }

  private static @Nullable Principal person(SecurityContext security) {
    return security.getUserPrincipal() instanceof RequestPerson known ? known.person() : null;
  }

  private static Map<String, @Nullable Object> json(Published list) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    BlockList spec = list.list();
    out.put("name", spec.name());
    out.put("kind", spec.kind().id());
    out.put("feeds", spec.feeds().stream().sorted().toList());
    out.put("version", list.version());
    out.put("entries", list.entries());
    out.put("max_entries", spec.maxEntries());
    out.put("cut", list.cut());
    out.put("below_severity_or_confidence", list.weak());
    out.put("outside_grammar", list.poisoned());
    out.put("min_severity", spec.minSeverity().id());
    out.put("min_confidence", spec.minConfidence());
    out.put("include_reports", spec.includeReports());
    out.put("changed_at", list.version() == 0 ? null : list.changedAt().toString());
    out.put("secret_path", list.secret());
    out.put(
        "paths",
        list.formats().stream()
            .map(f -> "/api/v1/lists/" + spec.name() + "." + f.suffix())
            .toList());
    return out;
  }

  private static Map<String, Object> json(Pull pull) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("list", pull.list());
    out.put("format", pull.format());
    out.put("version", pull.version());
    out.put("who", pull.who());
    out.put("address", pull.address());
    out.put("user_agent", pull.agent());
    out.put("status", pull.status());
    out.put("etag", pull.etag());
    out.put("entries", pull.entries());
    out.put("first_at", pull.firstAt().toString());
    out.put("last_at", pull.lastAt().toString());
    out.put("count", pull.count());
    return out;
  }
}
