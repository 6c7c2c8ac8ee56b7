package tr.emanet.backup.plan;

import java.util.List;
import tr.emanet.backup.source.Source;

/** Hears that the configuration of a network device is not what it was at the last backup. */
public interface DeviceNews {

  /** Nobody listens. */
  DeviceNews NONE = (job, device, lines) -> {};

  /**
   * It changed.
   *
   * @param job the name of the backup job that saw it
   * @param lines what was added ({@code +}) and removed ({@code -}), without secrets
   */
  void changed(String job, Source.Device device, List<String> lines);
}
