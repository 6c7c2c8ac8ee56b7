package tr.emanet.intake;

/** Something that receives: a bound port or a subscription. Started and stopped by its route. */
public interface Listener {

  /** Binds and begins to receive; an exception names the address and a remedy. */
  void start() throws IntakeException;

  /**
   * Stops accepting, hands everything already read to the route, then returns. Calling it again
   * does nothing.
   */
  void stop();

  /** What the system page shows; cheap enough for once a second. */
  IntakeStatus.ListenerStatus status();
}
