package tr.emanet.backup.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The appliance as a source: makes a consistent point of itself to be backed up. */
public interface SelfSource {

  /**
   * Makes the point and names the files and directories that hold it.
   *
   * @throws IOException when it cannot be made; nothing must be backed up then
   */
  List<Path> take() throws IOException;

  /** Frees what {@link #take} made. */
  void drop() throws IOException;
}
