package tr.emanet.journal.seal;

import java.io.IOException;
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

        @Override
        public void between(Roots work) throws IOException {
          work.make();
        }
      };

  /** Makes roots. */
  interface Roots {
    void make() throws IOException;
  }

  /** What no checkpoint has told yet. */
  List<Checkpoint.Destroyed> untold();

  /** A checkpoint that tells them is on disk; may be said again after a crash. */
  void told(List<Checkpoint.Destroyed> gone, long checkpoint);

  /** Makes roots while no record is being written: a day's root covers all records of the day. */
  void between(Roots work) throws IOException;
}
