package tr.emanet.backup.restic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.backup.ObjectKind;

/** Writes index files of packs that are there, each with about 50,000 blobs. */
final class IndexWriter {

  private IndexWriter() {}

  /** The names of the new files; all durable on return. */
  static List<Id> write(Repository repository, Map<Id, List<Pack.Entry>> packs, Workbench bench)
      throws IOException {
    List<Id> fresh = new ArrayList<>();
    Map<Id, List<Pack.Entry>> next = new LinkedHashMap<>();
    int blobs = 0;
    for (Map.Entry<Id, List<Pack.Entry>> pack : packs.entrySet()) {
      next.put(pack.getKey(), pack.getValue());
      blobs += pack.getValue().size();
      if (blobs >= IndexFile.MAX_BLOBS) {
        fresh.add(repository.save(ObjectKind.INDEX, IndexFile.encode(next), bench));
        next.clear();
        blobs = 0;
      }
    }
    if (!next.isEmpty()) {
      fresh.add(repository.save(ObjectKind.INDEX, IndexFile.encode(next), bench));
    }
    return fresh;
  }
}
