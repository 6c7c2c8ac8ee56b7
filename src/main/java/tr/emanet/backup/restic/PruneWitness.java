package tr.emanet.backup.restic;

import java.io.IOException;

/**
 * Hears what a prune is about to remove, when all that is new is durable and nothing has been
 * removed: the place of a seal over it. An exception ends the prune; nothing is removed then.
 */
public interface PruneWitness {

  void removing(PruneRun.Result planned) throws IOException;
}
