package tr.emanet.alert.http;

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
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Alert;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.measure.Answers;
import tr.emanet.alert.measure.Evidence;
import tr.emanet.alert.measure.Measure;
import tr.emanet.alert.measure.MeasureChange;
import tr.emanet.alert.measure.Steps;
import tr.emanet.alert.measure.Subject;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.search.Masking;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;

/** Measures of an alert for programs: read, record, complete. */
@Path("/api/v1/alerts/{number}/measures")
@Produces(MediaType.APPLICATION_JSON)
public final class MeasuresApiResource {

  private final Alerts alerts;
  private final Answers answers;
  private final Masking masking;
  private final Shells shells;

  public MeasuresApiResource(Alerts alerts, Answers answers, Masking masking, Shells shells) {
    this.alerts = alerts;
    this.answers = answers;
    this.masking = masking;
    this.shells = shells;
  }

  /**
   * A measure to record.
   *
   * @param done false plans a step; absent: taken already
   * @param due a moment such as {@code 2026-11-23T06:00:00Z}
   */
  public record Wanted(
      @Nullable String text,
      @Nullable String owner,
      @Nullable String due,
      @Nullable Boolean done) {}

  /** How a step was verified. */
  public record Completion(@Nullable String text) {}

  /** What was written, and what the appliance itself knows. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> list(
      @PathParam("number") String number, @Context SecurityContext security) {
    Alert alert = find(number);
    Reader reader = new Reader(RequestPerson.of(security), masking);
    Subject subject = Subject.alert(alert.number());
    Steps steps = answers.measures().steps(subject);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("done", steps.done());
    out.put("all", steps.all());
    out.put("measures", answers.measures().of(subject).stream().map(m -> json(m, reader)).toList());
    out.put("evidence", answers.evidence().of(alert).stream().map(f -> json(f)).toList());
    return out;
  }

  /** Records a measure; it cannot be changed afterwards. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(Role.ANALYST)
  public Response record(
      @PathParam("number") String number,
      @Nullable Wanted wanted,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Alert alert = find(number);
    Principal who = RequestPerson.of(security);
    Texts texts = shells.texts(headers);
    boolean planned = wanted != null && Boolean.FALSE.equals(wanted.done());
    MeasureForm.Written written =
        new MeasureForm.Written(
            wanted == null ? "" : text(wanted.owner()),
            wanted == null ? "" : text(wanted.due()),
            planned,
            wanted == null ? "" : text(wanted.text()));
    return answer(
        MeasureForm.record(answers.measures(), who, alert, written, texts.formats().zone()),
        201,
        who,
        texts);
  }

  /** Says that a planned step is done. */
  @POST
  @Path("{id: [0-9]{1,18}}/done")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(Role.ANALYST)
  public Response complete(
      @PathParam("number") String number,
      @PathParam("id") long id,
      @Nullable Completion completion,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Alert alert = find(number);
    Principal who = RequestPerson.of(security);
    if (!MeasureForm.belongs(answers.measures(), id, alert)) {
      throw new NotFoundException();
    }
    String said = completion == null ? "" : text(completion.text());
    return answer(answers.measures().complete(who, id, said), 200, who, shells.texts(headers));
  }

  private Response answer(MeasureChange change, int status, Principal who, Texts texts) {
    return switch (change) {
      case MeasureChange.Done done -> {
        alerts.touch();
        yield Response.status(status)
            .entity(json(done.measure(), new Reader(who, masking)))
            .build();
      }
      case MeasureChange.Unknown unknown -> throw new NotFoundException();
      case MeasureChange.Refused refused ->
          Problem.of(
                  refused.code().equals("completed") || refused.code().equals("too-many")
                      ? 409
                      : 400,
                  "measure-" + refused.code(),
                  texts.get("alert.problem.measure." + refused.code()),
                  null)
              .response();
    };
  }

  private Alert find(String number) {
    return alerts.find(number).orElseThrow(NotFoundException::new);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Map<String, @Nullable Object> json(Measure measure, Reader reader) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", measure.id());
    out.put("text", reader.text(measure.text()));
    out.put("owner", reader.text(measure.owner()));
    out.put("at", measure.at().toString());
    out.put("by", measure.by());
    out.put("due", string(measure.due()));
    out.put("done_at", string(measure.done()));
    out.put("done_by", measure.doneBy().isEmpty() ? null : measure.doneBy());
    out.put("done_text", measure.doneText().isEmpty() ? null : reader.text(measure.doneText()));
    return out;
  }

  private static Map<String, Object> json(Evidence.Fact fact) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("what", fact.code());
    out.put("subject", fact.subject());
    out.put("detail", fact.detail());
    out.put("at", fact.at().toString());
    return out;
  }

  private static @Nullable String string(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
