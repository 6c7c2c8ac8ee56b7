package tr.emanet.intake;

/** How well the transport proves who the sender is; decides who is refused first. */
public enum Trust {
  /** A UDP sender: the address may be forged. */
  FORGEABLE(4),
  /** A plain TCP or TLS peer without certificate: the address is real. */
  CONNECTED(8),
  /** A TLS client certificate or MQTT credentials. */
  AUTHENTICATED(Integer.MAX_VALUE);

  private final int reserve;

  Trust(int reserve) {
    this.reserve = reserve;
  }

  /** How many of {@code batches} this class must leave to better proven senders. */
  int reserved(int batches) {
    return batches / reserve;
  }
}
