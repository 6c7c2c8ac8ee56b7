package tr.emanet.intake.mqtt;

import java.io.IOException;
import java.util.Arrays;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection with MQTT 3.1.1. */
final class LinkV3 implements BrokerLink {

  private static final Logger LOG = LoggerFactory.getLogger(LinkV3.class);

  private final MqttOptions options;
  private final Credentials credentials;
  private final MqttAsyncClient client;
  private final @Nullable SocketFactory tls;

  LinkV3(MqttOptions options, Credentials credentials, @Nullable SocketFactory tls, Events events)
      throws IOException {
    this.options = options;
    this.credentials = credentials;
    this.tls = tls;
    try {
      client = new MqttAsyncClient(options.uri(), options.clientId(), new MemoryPersistence());
      client.setManualAcks(true);
      client.setCallback(callback(events));
    } catch (MqttException e) {
      throw BrokerAnswers.failed("cannot prepare", options, e);
    }
  }

  private static MqttCallback callback(Events events) {
    return new MqttCallback() {
      @Override
      public void messageArrived(String topic, MqttMessage m) {
        events.arrived(
            new Arrival(
                topic, m.getPayload(), m.getQos(), m.isRetained(), m.isDuplicate(), m.getId()));
      }

      @Override
      public void connectionLost(Throwable cause) {
        events.lost(String.valueOf(cause));
      }

      @Override
      public void deliveryComplete(IMqttDeliveryToken token) {
        LOG.atTrace().log("Nothing is published here");
      }
    };
  }

  @Override
  public boolean connect() throws IOException {
    MqttConnectOptions with = new MqttConnectOptions();
    with.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    with.setCleanSession(false);
    with.setKeepAliveInterval(options.keepAliveSeconds());
    with.setConnectionTimeout(10);
    with.setAutomaticReconnect(false);
    with.setHttpsHostnameVerificationEnabled(true);
    if (tls != null) {
      with.setSocketFactory(tls);
    }
    if (credentials.given()) {
      with.setUserName(credentials.user());
      with.setPassword(credentials.password().toCharArray());
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
    String[] topics = options.topics().toArray(String[]::new);
    int[] levels = new int[topics.length];
    Arrays.fill(levels, 1);
    try {
      IMqttToken token = client.subscribe(topics, levels);
      token.waitForCompletion(BrokerAnswers.WAIT_MILLIS);
      BrokerAnswers.granted(options.topics(), token.getGrantedQos());
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
