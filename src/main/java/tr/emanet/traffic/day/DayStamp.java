package tr.emanet.traffic.day;

import java.io.IOException;
import java.nio.file.Path;

/** Puts a time stamp beside the manifest of a day, where a stamping service is set up. */
@FunctionalInterface
public interface DayStamp {

  /** Nobody stamps: the folder has no {@code .tsq} and {@code .tsr}. */
  DayStamp NONE = manifest -> {};

  /** Writes {@code MANIFEST.sha256.tsq} and {@code .tsr} beside the finished manifest. */
  void stamp(Path manifest) throws IOException;
}
