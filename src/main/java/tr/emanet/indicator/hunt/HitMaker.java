package tr.emanet.indicator.hunt;

import tr.emanet.alert.Hit;
import tr.emanet.event.Event;
import tr.emanet.event.Position;
import tr.emanet.indicator.Indicator;

/** Says what an event and an indicator tell about their hit: one way for live and past events. */
@FunctionalInterface
public interface HitMaker {

  /**
   * Makes a hit.
   *
   * @param event valid only during this call
   * @param indicator one with a value
   * @param retro whether the event was received before the indicator was known
   */
  Hit hit(Event event, Position position, Indicator indicator, Observed observed, boolean retro);
}
