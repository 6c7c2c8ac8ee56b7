package tr.emanet.intake.mqtt;

import java.io.IOException;

/** One connection to a broker, used once. Hides which of the two Paho libraries speaks. */
interface BrokerLink {

  /** Called on Paho's threads; must not block. */
  interface Events {
    void arrived(Arrival arrival);

    /** The connection is gone; called at most a few times. */
    void lost(String why);
  }

  /**
   * Connects with the callback already in place, because a broker sends its backlog at once.
   *
   * @return whether the broker still had our session
   */
  boolean connect() throws IOException;

  /** Subscribes with QoS 1; the message of the exception names a refused topic. */
  void subscribe() throws IOException;

  /** Queues a PUBACK; does not wait for the network. */
  void acknowledge(int packetId) throws IOException;

  /** Ends the connection, politely if that takes less than a second. */
  void close();
}
