package tr.emanet.journal.seal;

import java.util.List;
import tr.emanet.journal.FileJournal;
import tr.emanet.journal.StoredSegment;

/** The part of the journal that is sealed. */
interface Journals {

  List<String> streams();

  /** In sequence order, from the segment that begins there or above. */
  List<StoredSegment> segments(String stream, long fromFirst);

  /** The real one. */
  record Files(FileJournal journal) implements Journals {

    @Override
    public List<String> streams() {
      return journal.streams();
    }

    @Override
    public List<StoredSegment> segments(String stream, long fromFirst) {
      return journal.segments(stream, fromFirst);
    }
  }
}
