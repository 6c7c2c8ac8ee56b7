package tr.emanet.demo;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of the demo: opened when first used, again five seconds after they broke. */
final class DemoOutlets implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoOutlets.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int CONNECT_MILLIS = 3000;

  private final DemoEndpoints endpoints;
  private final InstantSource clock;
  private @Nullable DatagramSocket udp;
  private @Nullable Socket tcp;
  private @Nullable OutputStream tcpOut;
  private @Nullable MqttAsyncClient mqtt;
  private Instant tcpAgain = Instant.MIN;
  private Instant mqttAgain = Instant.MIN;

  DemoOutlets(DemoEndpoints endpoints, InstantSource clock) {
    this.endpoints = endpoints;
    this.clock = clock;
  }

  /** Sends, or loses it and returns false. */
  boolean send(DemoEvent event) {
    return switch (event) {
      case DemoEvent.Syslog line ->
          switch (line.way()) {
            case UDP -> udp(line.line());
            case TCP -> tcp(line.line());
          };
      case DemoEvent.Reading reading -> mqtt(reading);
    };
  }

  private boolean udp(byte[] line) {
    InetSocketAddress to = endpoints.syslogUdp();
    if (to == null) {
      return false;
    }
    try {
      DatagramSocket socket = udp;
      if (socket == null) {
        socket = new DatagramSocket();
        udp = socket;
      }
      socket.send(new DatagramPacket(line, line.length, to));
      return true;
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("Demo datagram was not sent");
      return false;
    }
  }

  private boolean tcp(byte[] line) {
    InetSocketAddress to = endpoints.syslogTcp();
    Instant now = clock.instant();
    if (to == null || tcp == null && now.isBefore(tcpAgain)) {
      return false;
    }
    try {
      OutputStream out = tcpOut;
      if (out == null) {
        Socket socket = new Socket();
        tcp = socket;
        socket.connect(to, CONNECT_MILLIS);
        out = new BufferedOutputStream(socket.getOutputStream(), 4096);
        tcpOut = out;
      }
      out.write(line);
      out.write('\n');
      out.flush();
      return true;
    } catch (IOException e) {
      LOG.atInfo().addKeyValue("peer", to).setCause(e).log("Demo connection is down");
      closeTcp();
      tcpAgain = now.plus(PAUSE);
      return false;
    }
  }

  private void closeTcp() {
    Socket socket = tcp;
    tcp = null;
    tcpOut = null;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.atDebug().setCause(e).log("Demo connection did not close cleanly");
      }
    }
  }

  private boolean mqtt(DemoEvent.Reading reading) {
    InetSocketAddress to = endpoints.mqttBroker();
    if (to == null) {
      return false;
    }
    try {
      MqttAsyncClient client = connected(to);
      if (client == null) {
        return false;
      }
      client.publish(reading.topic(), reading.payload(), 1, false);
      return true;
    } catch (MqttException e) {
      LOG.atInfo().addKeyValue("peer", to).setCause(e).log("Demo broker is not reachable");
      closeMqtt();
      mqttAgain = clock.instant().plus(PAUSE);
      return false;
    }
  }

  private @Nullable MqttAsyncClient connected(InetSocketAddress to) throws MqttException {
    MqttAsyncClient client = mqtt;
    if (client != null && client.isConnected()) {
      return client;
    }
    if (clock.instant().isBefore(mqttAgain)) {
      return null;
    }
    closeMqtt();
    String host = to.getAddress() == null ? to.getHostString() : to.getAddress().getHostAddress();
    String uri = "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + to.getPort();
    MqttAsyncClient fresh =
        new MqttAsyncClient(uri, "emanet-demo-sensors", new MemoryPersistence());
    mqtt = fresh;
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setAutomaticReconnect(false);
    options.setConnectionTimeout(3);
    fresh.connect(options).waitForCompletion(CONNECT_MILLIS);
    return fresh;
  }

  private void closeMqtt() {
    MqttAsyncClient client = mqtt;
    mqtt = null;
    if (client == null) {
      return;
    }
    try {
      if (client.isConnected()) {
        client.disconnect(1000).waitForCompletion(1000);
      }
    } catch (MqttException e) {
      LOG.atDebug().setCause(e).log("Demo client did not disconnect cleanly");
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      LOG.atDebug().setCause(e).log("Demo client did not close cleanly");
    }
  }

  @Override
  public void close() {
    closeTcp();
    closeMqtt();
    DatagramSocket socket = udp;
    if (socket != null) {
      socket.close();
    }
  }
}
