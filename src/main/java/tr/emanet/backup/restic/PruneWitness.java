package tr.emanet.backup.restic;

import java.io.IOException;

/**
 * Hears what a prune is about to remove, when all that is new is durable and nothing has been
 * removed: the place of a note from which a cut is made good. An exception ends the prune; nothing
 * is removed then. All calls come under the prune's lock.
 */
public interface PruneWitness {

  /** Before the first file is written; an exception ends the prune. */
  default void beginning() throws IOException {}

  void removing(PruneRun.Result planned) throws IOException;

  /** After the last file went: the place of a seal over it. */
  default void removed(PruneRun.Result done) throws IOException {}
}
