package tr.emanet.keep;

import java.io.IOException;
import java.util.List;

/** What the next checkpoint has to say of destroyed segments. Safe for many threads. */
public interface DestroyedLines {

  /**
   * One {@code destroyed} line.
   *
   * @param path {@code stream/YYYY/MM/DD/FIRST.emj}
   * @param sha256 of the file that is gone
   * @param record number of the destruction record
   * @param recordSha256 of the record's statement
   */
  record Line(String path, String sha256, long record, String recordSha256) {}

  /** Lines that no checkpoint has yet, sorted by path. */
  List<Line> pending();

  /** A checkpoint with these lines is on disk. */
  void sealed(List<Line> lines, long checkpoint);

  /** Something that must not happen while a record is being written. */
  interface Work {
    void run() throws IOException;
  }

  /** Does it between two records. */
  void between(Work work) throws IOException;
}
