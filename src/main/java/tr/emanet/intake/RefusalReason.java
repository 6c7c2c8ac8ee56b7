package tr.emanet.intake;

import java.util.Locale;

/** Why a connection or frame never became a record. Each has a text {@code intake.refusal.*}. */
public enum RefusalReason {
  /** The listener had as many connections as allowed. */
  CONNECTION_LIMIT,
  /** The source address had as many connections as allowed. */
  SOURCE_CONNECTION_LIMIT,
  /** A connection that had never sent a record made room for a new one at the limit. */
  MUTE_CONNECTION,
  /** The client's certificate is missing, not valid, too weak or not of a trusted authority. */
  TLS_CERTIFICATE,
  /** The client speaks only versions of TLS that are not safe any more. */
  TLS_VERSION,
  /** What came on the TLS port was no TLS. */
  TLS_MISSING,
  /** The TLS handshake failed for another reason, or the client broke it off. */
  TLS_HANDSHAKE,
  /** The TLS handshake took too long. */
  HANDSHAKE_TIMEOUT,
  /** Nothing was sent for the idle time. */
  IDLE_TIMEOUT,
  /** A frame was begun and not ended in time; its begin is kept as an incomplete record. */
  FRAME_TIMEOUT,
  /** A frame or datagram of 0 bytes. */
  EMPTY_FRAME,
  /** The sockets of the process are used up or accepting failed otherwise. */
  ACCEPT_FAILED,
  /** The other side broke the connection. */
  CONNECTION_BROKEN,
  /** The broker refused log-in, name or protocol, or could not be reached. */
  BROKER_CONNECT,
  /** The broker's certificate is not trusted or bears another name. */
  BROKER_TLS,
  /** The connection to the broker was given up because the journal did not keep up. */
  BROKER_BACK_PRESSURE;

  /** Key in the text bundles. */
  public String textKey() {
    return "intake.refusal." + name().toLowerCase(Locale.ROOT);
  }
}
