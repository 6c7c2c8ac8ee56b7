package tr.emanet;

import java.nio.file.Path;
import tr.emanet.intake.IntakeConfig;
import tr.emanet.intake.IntakeConfig.AdmissionConfig;
import tr.emanet.intake.IntakeConfig.MqttConfig;
import tr.emanet.intake.IntakeConfig.PortConfig;
import tr.emanet.intake.IntakeConfig.SyslogConfig;

/** What the intake is told: the settings together with the ports that were chosen. */
final class Listeners {

  private Listeners() {}

  /** The listeners' configuration with the ports that were chosen; MQTT port 0 means off. */
  static IntakeConfig config(Settings settings, int udp, int tcp, int tls, int mqttPort) {
    Settings.Syslog s = settings.intake().syslog();
    Settings.Mqtt m = settings.intake().mqtt();
    Settings.Admission a = settings.intake().admission();
    MqttConfig mqtt =
        new MqttConfig(
            m.enabled() || mqttPort != 0,
            m.enabled() ? m.host() : "127.0.0.1",
            m.enabled() ? m.port() : mqttPort,
            m.enabled() && m.tls(),
            m.caFile().isEmpty() ? null : Path.of(m.caFile()),
            m.version(),
            m.clientId(),
            m.topics(),
            "mqtt",
            m.credentialsFile().isEmpty() ? null : Path.of(m.credentialsFile()),
            m.keepAliveSeconds(),
            m.receiveMaximum());
    return new IntakeConfig(
        settings.routes(Home.of("routes")),
        settings.zone(),
        new SyslogConfig(
            s.bind(),
            "syslog",
            new PortConfig(true, udp),
            new PortConfig(true, tcp),
            new PortConfig(true, tls),
            s.clientAuth(),
            s.receiveBufferBytes(),
            s.maxConnections(),
            s.maxConnectionsPerSource(),
            s.idleSeconds(),
            s.frameSeconds()),
        mqtt,
        new AdmissionConfig(
            a.recordsPerSecond(),
            a.crowdRecordsPerSecond(),
            a.newSourcesPerSecond(),
            a.sources(),
            a.dayShare()));
  }
}
