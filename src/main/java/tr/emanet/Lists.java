package tr.emanet;

import io.dropwizard.core.setup.Environment;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.http.MeasuresApiResource;
import tr.emanet.alert.measure.Answers;
import tr.emanet.alert.measure.Evidence;
import tr.emanet.alert.measure.Measures;
import tr.emanet.search.Masking;
import tr.emanet.web.Shells;

/** Measures, wired. */
final class Lists {

  private final Alerts alerts;
  private final Answers answers;

  private Lists(Alerts alerts, Answers answers) {
    this.alerts = alerts;
    this.answers = answers;
  }

  static Lists open(Detection.Parts parts, Alerts alerts) {
    Measures measures = new Measures(parts.database(), parts.audit(), parts.clock());
    return new Lists(alerts, new Answers(measures, Evidence.NONE));
  }

  Measures measures() {
    return answers.measures();
  }

  /** For the panel of an alert. */
  Answers answers() {
    return answers;
  }

  void install(Environment environment, Masking masking, Shells shells) {
    environment.jersey().register(new MeasuresApiResource(alerts, answers, masking, shells));
  }
}
