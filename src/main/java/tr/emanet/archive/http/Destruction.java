package tr.emanet.archive.http;

import java.util.Optional;
import tr.emanet.event.Principal;

/** The look that destroys what has passed its retention, as the page shows it. */
public interface Destruction {

  /** How far it is, 0 to 100; empty while nothing is destroyed. */
  Optional<Integer> percent();

  /** Ends it until the next look; false when nothing is destroyed now. */
  boolean stop(Principal who);
}
