package tr.emanet.keep;

import java.io.IOException;
import java.time.LocalDate;

/** Hears that nothing of a stream's day is left, so that views forget it too. */
@FunctionalInterface
public interface DayDropped {

  /** Called after the last file of the day is gone; may be called again after a crash. */
  void dropped(String stream, LocalDate day) throws IOException;
}
