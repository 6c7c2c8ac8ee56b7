package tr.emanet.traffic.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Role;
import tr.emanet.traffic.Answer;
import tr.emanet.traffic.LookUp;
import tr.emanet.traffic.Question;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The page that asks who was behind an address. Complete without scripts. */
@Path("/lookup5651")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class LookUpScreenResource {

  /** The entry at the rail. */
  public static final String RAIL = "lookup5651";

  private static final int MAX_SHOWN = 100;

  private final LookUp lookUp;
  private final AnswerPapers papers;
  private final Pages pages;
  private final Shells shells;

  public LookUpScreenResource(LookUp lookUp, AnswerPapers papers, Pages pages, Shells shells) {
    this.lookUp = lookUp;
    this.papers = papers;
    this.pages = pages;
    this.shells = shells;
  }

  /** The form; what the address holds stands in it, and nothing is asked. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @QueryParam("endpoint") @DefaultValue("") String endpoint,
      @QueryParam("at") @DefaultValue("") String at,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    return show(200, shell, new AnswerViews.Form(cut(endpoint), cut(at), "", ""), null);
  }

  /** Asks, and shows the answer below the form. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response ask(
      @FormParam("endpoint") @DefaultValue("") String endpoint,
      @FormParam("at") @DefaultValue("") String at,
      @FormParam("reason") @DefaultValue("") String reason,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    Shell shell = shells.of(uri, headers, security, RAIL);
    String problem;
    switch (Question.read(endpoint, at, reason, shell.formats().zone())) {
      case Question.Read.Refused(String why) -> problem = why;
      case Question.Read.Asked(Question question) -> {
        switch (lookUp.ask(question, RequestPerson.of(security))) {
          case LookUp.Outcome.Refused(String why) -> problem = why;
          case LookUp.Outcome.Answered answered -> {
            return show(
                200,
                shell,
                new AnswerViews.Form(question.endpoint(), cut(at), question.reason(), ""),
                answered.answer());
          }
        }
      }
    }
    return show(
        422,
        shell,
        new AnswerViews.Form(
            cut(endpoint),
            cut(at),
            reason.length() <= Question.MAX_REASON
                ? reason
                : reason.substring(0, Question.MAX_REASON),
            shell.t("traffic.refused." + problem)),
        null);
  }

  /** An answer that the same person just got, on paper. */
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

  private Response show(int status, Shell shell, AnswerViews.Form form, @Nullable Answer answer) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("form", form);
    parameters.put("masked", !shell.person().map(p -> p.person().readsUnmasked()).orElse(false));
    if (answer != null) {
      parameters.put("answer", new AnswerWords(shell.texts()).shown(answer));
    }
    return pages.page(status, shell, "traffic/page.jte", parameters);
  }

  private static String cut(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN);
  }
}
