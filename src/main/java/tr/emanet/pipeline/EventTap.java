package tr.emanet.pipeline;

import java.io.IOException;
import tr.emanet.event.Event;

/** Looks at every parsed event on its way to the index. One worker's own; one thread only. */
@FunctionalInterface
public interface EventTap {

  /**
   * Looks at one event. After a crash or a failure the same event comes again: what is kept of it
   * must be unique by its position. Redelivered records do not come.
   *
   * @param event valid only during this call
   * @param sequence with the stream, the position of the event
   * @throws IOException when what was found cannot be kept; indexing stops, and the event comes
   *     again after a pause
   */
  void accept(Event event, String stream, long sequence) throws IOException;
}
