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
        (path, options, problems) -> EndpointOptions.mqtt(path, options, problems).name(),
        TimerComponent.SCHEME,
        (path, options, problems) -> {
          int ignored = EndpointOptions.timer(path, options, problems);
          return "";
        });
  }

  /**
   * Where a route that begins with this component may end: a tick is no record, and no record
   * ticks.
   */
  static Map<String, RouteCheck.OptionCheck> targets(String source) {
    return source.equals(TimerComponent.SCHEME)
        ? Map.of(
            TickComponent.SCHEME,
            (path, options, problems) -> {
              String ignored = EndpointOptions.tick(path, options, problems);
              return "";
            })
        : Map.of(
            JournalComponent.SCHEME,
            (path, options, problems) -> {
              EndpointOptions.journal(path, options, problems);
              return "";
            });
  }
}
