package tr.emanet.journal.seal;

import java.util.List;

/** Segments that were destroyed on record; the sealer's thread asks. */
public interface Destructions {

  /** For a service that destroys nothing. */
  Destructions NONE =
      new Destructions() {
        @Override
        public List<Checkpoint.Destroyed> untold() {
          return List.of();
        }

        @Override
        public void told(List<Checkpoint.Destroyed> gone, long checkpoint) {
          // There is nothing to tell.
        }
      };

  /** What no checkpoint has told yet. */
  List<Checkpoint.Destroyed> untold();

  /** A checkpoint that tells them is on disk; may be said again after a crash. */
  void told(List<Checkpoint.Destroyed> gone, long checkpoint);
}
