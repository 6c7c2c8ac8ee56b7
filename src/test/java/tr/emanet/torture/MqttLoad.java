package tr.emanet.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * Several MQTT 5 publishers that send numbered lines with QoS 1 and note each PUBACK. What is
 * acknowledged belongs to the broker and its subscribers from then on; what is not acknowledged
 * when the broker goes away is never sent again, so that each number is published at most once.
 */
final class MqttLoad implements AutoCloseable {

  /**
   * Below mosquitto's max_inflight_messages default, so that a publish never has to wait inside.
   */
  private static final int WINDOW = 16;

  private static final int NO_SUBSCRIBERS = 0x10;
  private static final int FAILURE = 0x80;
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final int port;
  private final Ledger ledger;
  private final int linesPerSecond;
  private final List<Publisher> publishers = new ArrayList<>();
  private volatile boolean running = true;

  private MqttLoad(int port, Ledger ledger, int linesPerSecond) {
    this.port = port;
    this.ledger = ledger;
    this.linesPerSecond = linesPerSecond;
  }

  /**
   * Connects to the broker on a loopback port and begins.
   *
   * @param linesPerSecond of each publisher, about
   */
  static MqttLoad start(int port, int count, int linesPerSecond, Ledger ledger)
      throws IOException, InterruptedException {
    MqttLoad load = new MqttLoad(port, ledger, linesPerSecond);
    try {
      for (int i = 0; i < count; i++) {
        Publisher publisher = load.new Publisher("m" + i);
        load.publishers.add(publisher);
        publisher.connect();
      }
    } catch (IOException e) {
      load.close();
      throw e;
    }
    load.publishers.forEach(p -> p.thread.start());
    return load;
  }

  /** Publishes one line in a connection of its own and waits for the acknowledgement. */
  static void publishOne(int port, Ledger ledger, String channel, int number)
      throws IOException, InterruptedException {
    try (MqttLoad load = new MqttLoad(port, ledger, 1)) {
      Publisher publisher = load.new Publisher(channel);
      load.publishers.add(publisher);
      publisher.connect();
      publisher.number = number - 1;
      publisher.publish();
      if (!publisher.drain()) {
        throw new IOException("the broker on port " + port + " does not acknowledge");
      }
    }
  }

  /** Ends sending and waits, bounded, for the acknowledgements that are under way. */
  void stop() throws InterruptedException {
    running = false;
    for (Publisher publisher : publishers) {
      publisher.thread.join(ANSWER.toMillis());
      publisher.drain();
    }
  }

  /** Ends sending without waiting: the broker went away with the service. */
  void abandon() throws InterruptedException {
    close();
    for (Publisher publisher : publishers) {
      publisher.thread.interrupt();
      publisher.thread.join(ANSWER.toMillis());
    }
  }

  @Override
  public void close() {
    running = false;
    publishers.forEach(Publisher::close);
  }

  /** A line on its way: its number and the window of the connection that carries it. */
  private record Way(int number, Semaphore places) {}

  /** One sender. */
  private final class Publisher implements MqttActionListener {

    private final String channel;
    private final Thread thread;

    /** One a connection: late answers of an old one must not widen the window of the new one. */
    private volatile Semaphore window = new Semaphore(WINDOW);

    private volatile @Nullable MqttAsyncClient client;
    private int number;

    private Publisher(String channel) {
      this.channel = channel;
      this.thread = Thread.ofPlatform().name("load-" + channel).unstarted(this::send);
      ledger.sent(channel, 0);
    }

    private void connect() throws IOException, InterruptedException {
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setCleanStart(true);
      options.setConnectionTimeout(5);
      IOException last = new IOException("not tried");
      for (int tries = 0; tries < 100 && (running || tries == 0); tries++) {
        try {
          MqttAsyncClient fresh =
              new MqttAsyncClient(
                  "tcp://127.0.0.1:" + port,
                  ledger.token() + channel + "-" + tries,
                  new MemoryPersistence());
          client = fresh;
          fresh.connect(options).waitForCompletion(ANSWER.toMillis());
          window = new Semaphore(WINDOW);
          return;
        } catch (MqttException e) {
          last = new IOException("no connection to the broker on port " + port, e);
          close();
          TimeUnit.MILLISECONDS.sleep(100);
        }
      }
      throw last;
    }

    private void send() {
      try {
        while (running) {
          long begun = System.nanoTime();
          int burst = Math.max(1, linesPerSecond / 100);
          try {
            for (int i = 0; i < burst && running; i++) {
              publish();
            }
          } catch (IOException e) {
            // The broker went away: what it has not acknowledged is forgotten, numbers go on.
            close();
            connect();
          }
          long rest = 1_000_000_000L * burst / linesPerSecond - (System.nanoTime() - begun);
          TimeUnit.NANOSECONDS.sleep(Math.max(0, rest));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        running = false;
      }
    }

    private void publish() throws IOException, InterruptedException {
      MqttAsyncClient now = client;
      Semaphore places = window;
      if (now == null || !places.tryAcquire(1, TimeUnit.SECONDS)) {
        if (now == null || !now.isConnected()) {
          throw new IOException("the broker is gone");
        }
        return;
      }
      int mine = ++number;
      ledger.sent(channel, mine);
      byte[] payload =
          new Line(ledger.token(), channel, mine).text().getBytes(StandardCharsets.UTF_8);
      try {
        IMqttToken sent =
            now.publish("torture/" + channel, payload, 1, false, new Way(mine, places), this);
        if (sent.getException() != null) {
          throw new IOException("the broker is gone", sent.getException());
        }
      } catch (MqttException e) {
        throw new IOException("the broker is gone", e);
      }
    }

    @Override
    public void onSuccess(IMqttToken token) {
      int[] codes = token.getReasonCodes();
      int code = codes == null || codes.length == 0 ? 0 : codes[0];
      Way way = (Way) token.getUserContext();
      if (code == NO_SUBSCRIBERS) {
        ledger.unheard(channel);
      } else if (code < FAILURE) {
        ledger.acknowledged(channel, way.number());
      }
      way.places().release();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      ((Way) token.getUserContext()).places().release();
    }

    /** Waits until nothing is under way; false when the time is over. */
    private boolean drain() throws InterruptedException {
      return client != null && window.tryAcquire(WINDOW, 2, TimeUnit.SECONDS);
    }

    private void close() {
      MqttAsyncClient old = client;
      client = null;
      if (old != null) {
        try {
          old.disconnectForcibly(0, 200, false);
          old.close(true);
        } catch (MqttException e) {
          // It was not connected any more; its threads end with the socket.
          running &= true;
        }
      }
    }
  }
}
