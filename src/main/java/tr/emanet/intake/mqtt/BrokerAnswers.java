package tr.emanet.intake.mqtt;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What both versions of MQTT answer alike, in words for the operator. */
final class BrokerAnswers {

  /** How long an answer of the broker is waited for. */
  static final long WAIT_MILLIS = 15_000;

  /** So long a farewell may take; the session outlives it in any case. */
  static final long BYE_MILLIS = 500;

  /** SUBACK codes from here on are refusals (MQTT 3.1.1 section 3.9.3, MQTT 5 section 3.9.3). */
  private static final int REFUSED = 0x80;

  private BrokerAnswers() {}

  /**
   * Checks the codes of a SUBACK.
   *
   * @param codes one a topic, in their order; null when the library has none
   * @throws IOException naming the first topic that is refused
   */
  static void granted(List<String> topics, int @Nullable [] codes) throws IOException {
    for (int i = 0; codes != null && i < codes.length; i++) {
      if (codes[i] >= REFUSED) {
        throw new IOException(
            "the broker refuses the topic '" + topics.get(i) + "'; check its access list");
      }
    }
  }

  /** The exception of a library as ours; its cause tells why, such as a TLS problem. */
  static IOException failed(String what, MqttOptions options, Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new IOException(what + " at " + options.uri() + ": " + cause, cause);
  }
}
