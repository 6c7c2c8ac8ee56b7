package tr.emanet.backup.key;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Where acts with keys and drills are put on record. */
public interface KeyRecords {

  /** Records an act; before it returns it is durable. Details never hold a secret. */
  void act(String who, String action, Map<String, String> details) throws IOException;

  void drill(Drill drill) throws IOException;

  /** The drills of a repository, the newest first. */
  List<Drill> drills(String repository) throws IOException;
}
