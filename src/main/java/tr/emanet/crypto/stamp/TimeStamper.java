package tr.emanet.crypto.stamp;

/** Somebody who stamps digests with the time. Implementations are safe for many threads. */
public interface TimeStamper {

  /**
   * Asks for one stamp; blocks until it is there or refused, at most the bounded time of the
   * implementation. It costs money with some authorities: stamp roots, not events.
   *
   * @param sha256 32 bytes
   */
  TimeStamping stamp(byte[] sha256);
}
