package tr.emanet.backup.restore;

import java.io.IOException;
import tr.emanet.backup.restic.Node;

/** A format of archives; entries one after the other. One thread. */
interface ArchiveWriter {

  /** The name of an entry as this format can carry it. */
  String harmless(byte[] name);

  /** A path as people may read it anywhere, a terminal too. */
  String shown(String path);

  /** A directory; the path ends with a slash. */
  void directory(String path, Node node) throws IOException;

  /** Begins a file of that many bytes. */
  void begin(String path, Node.Facts facts, long size) throws IOException;

  void content(byte[] plain) throws IOException;

  void end(long size) throws IOException;

  /** Writes the end of the archive; the stream stays open. */
  void finish() throws IOException;
}
