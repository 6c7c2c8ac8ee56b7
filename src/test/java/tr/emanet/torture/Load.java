package tr.emanet.torture;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * TCP and MQTT load together.
 *
 * @param tcpConnections number of TCP connections
 * @param tcpLines lines a second of each
 * @param mqttPublishers number of publishers
 * @param mqttLines lines a second of each
 */
record Load(int tcpConnections, int tcpLines, int mqttPublishers, int mqttLines) {

  /** What a round of a test can compare quickly. */
  static final Load SMALL = new Load(3, 400, 2, 400);

  /** Starts both against the running service. */
  Running start(Emanet emanet, int mqttPort, Ledger ledger, long seed)
      throws IOException, InterruptedException {
    // TCP first: what the broker hands over may already kill a service that is to die at a point.
    TcpLoad tcp =
        TcpLoad.start(emanet.address("syslog_tcp"), tcpConnections, tcpLines, ledger, seed);
    try {
      return new Running(tcp, MqttLoad.start(mqttPort, mqttPublishers, mqttLines, ledger));
    } catch (IOException e) {
      tcp.close();
      throw e;
    }
  }

  /** Load that runs. */
  record Running(TcpLoad tcp, MqttLoad mqtt) implements AutoCloseable {

    /** Lets the publishers go on for a while without the service, then ends everything. */
    void stop(int moreMillis) throws InterruptedException {
      TimeUnit.MILLISECONDS.sleep(moreMillis);
      tcp.stop();
      mqtt.stop();
    }

    /** Ends everything at once: service and broker have ended. */
    void abandon() throws InterruptedException {
      tcp.stop();
      mqtt.abandon();
    }

    @Override
    public void close() {
      tcp.close();
      mqtt.close();
    }
  }
}
