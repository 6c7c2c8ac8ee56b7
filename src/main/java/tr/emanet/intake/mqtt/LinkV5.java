package tr.emanet.intake.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection with MQTT 5. */
final class LinkV5 implements BrokerLink {

  private static final Logger LOG = LoggerFactory.getLogger(LinkV5.class);
  private static final long SESSION_SECONDS = 7L * 24 * 3600;

  /** Retained messages only for a subscription that is new. */
  private static final int RETAIN_IF_NEW = 1;

  private final MqttOptions options;
  private final Credentials credentials;
  private final MqttAsyncClient client;
  private final TappedNetwork.Options with = new TappedNetwork.Options();
  private final @Nullable SocketFactory tls;

  LinkV5(MqttOptions options, Credentials credentials, @Nullable SocketFactory tls, Events events)
      throws IOException {
    this.options = options;
    this.credentials = credentials;
    this.tls = tls;
    try {
      String uri = TappedNetwork.SCHEME + "://" + options.broker();
      client = new MqttAsyncClient(uri, options.clientId(), new MemoryPersistence());
      client.setManualAcks(true);
      client.setCallback(callback(events));
    } catch (MqttException e) {
      throw BrokerAnswers.failed("cannot prepare", options, e);
    }
  }

  private MqttCallback callback(Events events) {
    return new MqttCallback() {
      @Override
      public void messageArrived(String topic, MqttMessage m) {
        // The message itself never says so, see DupTap.
        boolean again = m.getQos() > 0 && with.duplicates().contains(m.getId());
        events.arrived(
            new Arrival(topic, m.getPayload(), m.getQos(), m.isRetained(), again, m.getId()));
      }

      @Override
      public void disconnected(MqttDisconnectResponse response) {
        Exception cause = response.getException();
        events.lost(cause == null ? "broker: " + response.getReasonString() : cause.toString());
      }

      @Override
      public void mqttErrorOccurred(MqttException e) {
        LOG.atWarn().setCause(e).log("MQTT error");
      }

      @Override
      public void deliveryComplete(IMqttToken token) {
        LOG.atTrace().log("Nothing is published here");
      }

      @Override
      public void connectComplete(boolean again, String uri) {
        LOG.atDebug().addKeyValue("broker", uri).log("Connected");
      }

      @Override
      public void authPacketArrived(int code, MqttProperties properties) {
        LOG.atWarn().addKeyValue("code", code).log("Unexpected AUTH packet");
      }
    };
  }

  @Override
  public boolean connect() throws IOException {
    with.setCleanStart(false);
    with.setSessionExpiryInterval(SESSION_SECONDS);
    with.setReceiveMaximum(options.receiveMaximum());
    with.setMaximumPacketSize((long) MqttOptions.MAX_PACKET);
    with.setKeepAliveInterval(options.keepAliveSeconds());
    with.setConnectionTimeout(10);
    with.setAutomaticReconnect(false);
    if (tls != null) {
      with.setSocketFactory(tls);
    }
    if (credentials.given()) {
      with.setUserName(credentials.user());
      with.setPassword(credentials.password().getBytes(StandardCharsets.UTF_8));
    }
    try {
      IMqttToken token = client.connect(with);
      token.waitForCompletion(BrokerAnswers.WAIT_MILLIS);
      return token.getSessionPresent();
    } catch (MqttException e) {
      throw BrokerAnswers.failed("cannot connect", options, e);
    }
  }

  @Override
  public void subscribe() throws IOException {
    MqttSubscription[] wanted = new MqttSubscription[options.topics().size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = new MqttSubscription(options.topics().get(i), 1);
      wanted[i].setRetainAsPublished(true);
      wanted[i].setRetainHandling(RETAIN_IF_NEW);
    }
    try {
      IMqttToken token = client.subscribe(wanted);
      token.waitForCompletion(BrokerAnswers.WAIT_MILLIS);
      BrokerAnswers.granted(options.topics(), token.getReasonCodes());
    } catch (MqttException e) {
      throw BrokerAnswers.failed("cannot subscribe", options, e);
    }
  }

  @Override
  public void acknowledge(int packetId) throws IOException {
    try {
      client.messageArrivedComplete(packetId, 1);
    } catch (MqttException e) {
      throw BrokerAnswers.failed("cannot acknowledge", options, e);
    }
  }

  @Override
  public void close() {
    try {
      // Not forcibly: that waits for its whole time-out, whatever the broker answers.
      client.disconnect(0).waitForCompletion(BrokerAnswers.BYE_MILLIS);
    } catch (MqttException e) {
      LOG.atDebug().setCause(e).log("Disconnect");
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      LOG.atDebug().setCause(e).log("Close");
    }
  }
}
