package tr.emanet.intake.route;

import java.util.Map;

/** The components a route may begin with, and how their options are checked. */
final class SourceChecks {

  static final String SYSLOG = "emanet-syslog";
  static final String MQTT = "emanet-mqtt";

  private SourceChecks() {}

  static Map<String, RouteCheck.OptionCheck> all() {
    return Map.of(
        SYSLOG,
        (path, options, problems) -> EndpointOptions.syslog(path, options, problems).name(),
        MQTT,
        (path, options, problems) -> EndpointOptions.mqtt(path, options, problems).name());
  }
}
