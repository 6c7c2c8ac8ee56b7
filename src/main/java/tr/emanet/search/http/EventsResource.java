package tr.emanet.search.http;

import com.fasterxml.jackson.databind.util.RawValue;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.search.Cursor;
import tr.emanet.search.EventExport;
import tr.emanet.search.EventExport.Format;
import tr.emanet.search.EventSearch;
import tr.emanet.search.Results;
import tr.emanet.search.SearchRefused;
import tr.emanet.search.SearchRequest;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;
import tr.emanet.web.security.Public;

/** Search for programs; described in {@code openapi.yaml}, errors as RFC 9457 documents. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class EventsResource {

  private static final int MAX_LIMIT = 1000;
  private static final int MAX_CONTEXT = 200;

  private final EventSearch search;
  private final Shells shells;
  private final ExportRecord record;
  private final EventExport export;

  public EventsResource(EventSearch search, Shells shells, ExportRecord record) {
    this.search = search;
    this.shells = shells;
    this.record = record;
    this.export = new EventExport(search, EventJson::line);
  }

  /** Matching events, newest first, page by page. */
  @GET
  @Path("events")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response events(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @QueryParam("limit") @DefaultValue("50") String limit,
      @QueryParam("after") @Nullable String after)
      throws IOException {
    return answer(
        uri,
        headers,
        security,
        call -> {
          SearchRequest request = call.request();
          Cursor cursor = after == null ? null : call.cursor(after);
          Results.Page page = search.page(request, call.number("limit", limit, MAX_LIMIT), cursor);
          Map<String, Object> out = new LinkedHashMap<>();
          out.put("events", page.events().stream().map(EventJson::document).toList());
          Cursor next = page.next();
          out.put("next", next == null ? null : next.toString());
          out.put("coverage", coverage(page.coverage()));
          return out;
        });
  }

  /** One event by its position. */
  @GET
  @Path("events/{position}")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response event(@Context SecurityContext security, @PathParam("position") String position)
      throws IOException {
    EventRecord event =
        search
            .find(position(position), RequestPerson.of(security))
            .orElseThrow(NotFoundException::new);
    return Response.ok(EventJson.document(event)).build();
  }

  /** Lines of the same source around an event. */
  @GET
  @Path("events/{position}/context")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response context(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @PathParam("position") String position,
      @QueryParam("before") @DefaultValue("5") String before,
      @QueryParam("after") @DefaultValue("5") String after)
      throws IOException {
    return answer(
        uri,
        headers,
        security,
        call -> {
          Results.Context found =
              search
                  .context(
                      position(position),
                      call.number("before", before, MAX_CONTEXT),
                      call.number("after", after, MAX_CONTEXT),
                      RequestPerson.of(security))
                  .orElseThrow(NotFoundException::new);
          Map<String, Object> out = new LinkedHashMap<>();
          out.put("before", documents(found.before()));
          out.put("event", EventJson.document(found.event()));
          out.put("after", documents(found.after()));
          out.put("coverage", coverage(found.coverage()));
          return out;
        });
  }

  /** Counts over time. */
  @GET
  @Path("histogram")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response histogram(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @QueryParam("buckets") @DefaultValue("96") String buckets)
      throws IOException {
    return answer(
        uri,
        headers,
        security,
        call -> {
          Results.Histogram h =
              search.histogram(
                  call.request(),
                  call.number("buckets", buckets, Integer.MAX_VALUE),
                  shells.facts().zone());
          Map<String, Object> out = new LinkedHashMap<>();
          out.put("start", Instant.ofEpochMilli(h.startMillis()).toString());
          out.put("bucket_ms", h.bucketMillis());
          out.put("counts", h.counts());
          out.put("failures", h.failures());
          out.put("total", h.total());
          out.put("coverage", coverage(h.coverage()));
          return out;
        });
  }

  /** The most frequent values of a field. */
  @GET
  @Path("top")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response top(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @QueryParam("field") @DefaultValue("") String field,
      @QueryParam("limit") @DefaultValue("10") String limit)
      throws IOException {
    return answer(
        uri,
        headers,
        security,
        call -> {
          call.require("field", Chip.isField(field));
          Results.TopValues top =
              search.top(call.request(), field, call.number("limit", limit, MAX_LIMIT));
          Map<String, Object> out = new LinkedHashMap<>();
          out.put("field", top.field());
          out.put("values", top.values());
          out.put("with_field", top.withField());
          out.put("total", top.total());
          out.put("distinct", top.distinct() < 0 ? null : top.distinct());
          out.put("exact", top.exact());
          out.put("coverage", coverage(top.coverage()));
          return out;
        });
  }

  /** Fields of the matching events. */
  @GET
  @Path("fields")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response fields(
      @Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security)
      throws IOException {
    return answer(
        uri,
        headers,
        security,
        call -> {
          Results.FieldList list = search.fields(call.request());
          List<Map<String, Object>> fields =
              list.fields().stream()
                  .map(
                      f -> {
                        Map<String, Object> one = new LinkedHashMap<>();
                        one.put("field", f.field());
                        one.put("type", f.type());
                        one.put("distinct", f.distinct() < 0 ? null : f.distinct());
                        one.put("with_field", f.withField());
                        return one;
                      })
                  .toList();
          Map<String, Object> out = new LinkedHashMap<>();
          out.put("fields", fields);
          out.put("total", list.total());
          out.put("coverage", coverage(list.coverage()));
          return out;
        });
  }

  /** All matching events as a download, without a cap. */
  @GET
  @Path("export")
  @Produces(MediaType.WILDCARD)
  @Allow(Role.ANALYST)
  public Response export(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @QueryParam("format") @DefaultValue("ndjson") String format) {
    ApiCall call = call(uri, headers, security);
    try {
      SearchRequest request = call.request();
      boolean csv = format.equals("csv");
      call.require("format", csv || format.equals("ndjson"));
      record.exporting(request.who(), format + " " + call.description());
      List<String> columns = new ArrayList<>(List.of("@timestamp"));
      columns.addAll(call.state().columns());
      columns.addAll(List.of(EventExport.RAW, "emanet.position"));
      StreamingOutput body =
          out -> {
            try {
              export.write(request, csv ? Format.CSV : Format.NDJSON, columns, out);
            } catch (SearchRefused e) {
              throw new IOException("export was refused: " + e.getMessage(), e);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new IOException("export was interrupted", e);
            }
          };
      String type = (csv ? Format.CSV : Format.NDJSON).mediaType();
      String name = "emanet-" + shells.facts().now().getEpochSecond() + (csv ? ".csv" : ".ndjson");
      return Response.ok(body, type)
          .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
          .build();
    } catch (ApiProblem problem) {
      return problem.problem().response();
    }
  }

  /** The description of this interface; it holds no secret and needs no log-in. */
  @GET
  @Path("openapi.yaml")
  @Produces("application/yaml")
  @Public
  public Response description() throws IOException {
    try (InputStream in = EventsResource.class.getResourceAsStream("/tr/emanet/web/openapi.yaml")) {
      if (in == null) {
        throw new NotFoundException();
      }
      return Response.ok(in.readAllBytes(), "application/yaml").build();
    }
  }

  /** What one request is answered with. */
  private interface Question {
    Map<String, Object> answer(ApiCall call) throws ApiProblem, SearchRefused, IOException;
  }

  private Response answer(
      UriInfo uri, HttpHeaders headers, SecurityContext security, Question question)
      throws IOException {
    ApiCall call = call(uri, headers, security);
    try {
      return Response.ok(question.answer(call)).build();
    } catch (ApiProblem problem) {
      return problem.problem().response();
    } catch (SearchRefused refused) {
      return call.refused(refused).response();
    }
  }

  private ApiCall call(UriInfo uri, HttpHeaders headers, SecurityContext security) {
    Principal who = RequestPerson.of(security);
    return new ApiCall(
        search, shells.texts(headers), who, shells.facts().now(), uri.getQueryParameters());
  }

  private static List<RawValue> documents(List<EventRecord> events) {
    return events.stream().map(EventJson::document).toList();
  }

  private static Map<String, Object> coverage(Results.Coverage coverage) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("complete", coverage.complete());
    if (!coverage.complete()) {
      out.put("read_from", Instant.ofEpochMilli(coverage.readFromMillis()).toString());
    }
    out.put("took_ms", coverage.tookMillis());
    return out;
  }

  private static Position position(String text) {
    try {
      return Position.parse(text);
    } catch (IllegalArgumentException e) {
      throw new NotFoundException(e);
    }
  }
}
