package tr.emanet.traffic.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Role;
import tr.emanet.traffic.LookUp;
import tr.emanet.traffic.Question;
import tr.emanet.traffic.day.DayExports;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;

/** The look-up and the lists of a day for programs. */
@Path("/api/v1/lookup5651")
@Produces(MediaType.APPLICATION_JSON)
public final class LookUpResource {

  private final LookUp lookUp;
  private final AnswerPapers papers;
  private final DayExports days;
  private final Shells shells;

  public LookUpResource(LookUp lookUp, AnswerPapers papers, DayExports days, Shells shells) {
    this.lookUp = lookUp;
    this.papers = papers;
    this.days = days;
    this.shells = shells;
  }

  /**
   * What to look up.
   *
   * @param endpoint {@code 203.0.113.7:61234} or {@code [2001:db8::1]:443}
   * @param at ISO, or local time of the configured zone
   * @param reason why; it goes into the audit chain
   */
  public record Wanted(@Nullable String endpoint, @Nullable String at, @Nullable String reason) {}

  /**
   * A day to write out.
   *
   * @param day {@code 2026-11-22}
   */
  public record WantedDay(@Nullable String day) {}

  /** Looks up. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response ask(
      @Nullable Wanted wanted, @Context HttpHeaders headers, @Context SecurityContext security)
      throws IOException {
    Texts texts = shells.texts(headers);
    Wanted asked = wanted == null ? new Wanted(null, null, null) : wanted;
    return switch (Question.read(
        asked.endpoint(), asked.at(), asked.reason(), texts.formats().zone())) {
      case Question.Read.Refused(String problem) -> refused(texts, problem);
      case Question.Read.Asked(Question question) ->
          switch (lookUp.ask(question, RequestPerson.of(security))) {
            case LookUp.Outcome.Refused(String problem) -> refused(texts, problem);
            case LookUp.Outcome.Answered answered ->
                Response.ok(new AnswerJson(new AnswerWords(texts)).of(answered.answer())).build();
          };
    };
  }

  private static Response refused(Texts texts, String problem) {
    return Problem.of(
            400,
            "lookup-" + problem,
            texts.get("traffic.refused"),
            texts.get("traffic.refused." + problem))
        .response();
  }

  /** An answer that the same person just got, as {@code answer.pdf} or {@code answer.p7s}. */
  @GET
  @Path("{id: [A-Za-z0-9_-]{1,64}}/{file: answer\\.(?:pdf|p7s)}")
  @Produces({AnswerPapers.PDF, AnswerPapers.P7S})
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response paper(
      @PathParam("id") String id,
      @PathParam("file") String file,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    return papers
        .file(id, file, RequestPerson.of(security), shells.texts(headers))
        .map(LookUpResource::download)
        .orElseThrow(NotFoundException::new);
  }

  static Response download(AnswerPapers.PaperFile paper) {
    // The name is made of fixed words and a number.
    return Response.ok(paper.bytes(), paper.type())
        .header("Content-Disposition", "attachment; filename=\"" + paper.name() + "\"")
        .build();
  }

  /** Queues the lists of a day. */
  @POST
  @Path("days")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.ANALYST, Role.ADMINISTRATOR})
  public Response export(
      @Nullable WantedDay wanted, @Context HttpHeaders headers, @Context SecurityContext security) {
    Texts texts = shells.texts(headers);
    String day = wanted == null ? null : wanted.day();
    return switch (days.start(day == null ? "" : day, RequestPerson.of(security))) {
      case DayExports.Start.Refused(String problem) ->
          Problem.of(
                  400,
                  "day-" + problem,
                  texts.get("traffic.day.refused"),
                  texts.get("traffic.day.refused." + problem))
              .response();
      case DayExports.Start.Started(long id) ->
          Response.status(202).entity(days.document(id).orElseThrow()).build();
    };
  }

  /** How far an export is, and where it lies. */
  @GET
  @Path("days/{id: [0-9]{1,18}}")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response exported(@PathParam("id") long id) {
    return Response.ok(days.document(id).orElseThrow(NotFoundException::new)).build();
  }
}
