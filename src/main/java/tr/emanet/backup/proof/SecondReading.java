package tr.emanet.backup.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.FileNames;
import tr.emanet.backup.FileStatus;
import tr.emanet.backup.restic.Contents;
import tr.emanet.backup.restic.GoQuote;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.NodeType;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.crypto.Digests;

/**
 * Reads restored files from the disk and compares them with the snapshot's trees: the SHA-256 of
 * each blob, size, permission bits, time of change, and where links lead. Shares no code with the
 * restore but the reading of trees. One thread.
 */
final class SecondReading {

  private static final int BUFFER = 1 << 16;
  private static final int DEPTH = 1000;

  private final Contents contents;
  private final List<String> problems;
  private final ProofWatch watch;
  private final long before;
  private final long total;
  private final FileStatus.Reader reader = new FileStatus.Reader();
  private final MessageDigest list = Digests.sha256();
  private final List<Path> counts = new ArrayList<>();
  private final byte[] buffer = new byte[BUFFER];
  private long files;
  private long bytes;

  SecondReading(
      Contents contents, List<String> problems, ProofWatch watch, long before, long total) {
    this.contents = contents;
    this.problems = problems;
    this.watch = watch;
    this.before = before;
    this.total = total;
  }

  long files() {
    return files;
  }

  long bytes() {
    return bytes;
  }

  /** Files with the row counts of databases, as they were restored. */
  List<Path> counts() {
    return counts;
  }

  /**
   * Reads what was restored.
   *
   * @param only what of it; null for the whole snapshot
   * @return digest of the list of files
   */
  String read(Snapshot snapshot, Path root, @Nullable Survey only) {
    Set<String> wanted = null;
    if (only != null) {
      wanted = new HashSet<>();
      for (Survey.Chosen file : only.chosen()) {
        wanted.add(file.path());
      }
    }
    tree(snapshot.tree(), root, "", wanted, 0);
    return Sample.hex(list.digest());
  }

  private void tree(Id tree, Path directory, String path, @Nullable Set<String> wanted, int depth) {
    List<Node> nodes;
    try {
      if (depth > DEPTH) {
        throw new IOException("is nested deeper than " + DEPTH + " directories");
      }
      nodes = contents.tree(tree);
    } catch (IOException e) {
      return; // the survey has named it
    }
    for (Node node : nodes) {
      if (watch.stopped()) {
        return;
      }
      String name = path + "/" + GoQuote.quote(node.name());
      Path here = FileNames.child(directory, node.name());
      Id subtree = node.subtree();
      if (subtree != null) {
        if (wanted == null || Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
          tree(subtree, here, name, wanted, depth + 1);
        }
        if (wanted == null) {
          entry(name, here, node);
        }
      } else if (wanted == null || wanted.contains(name)) {
        entry(name, here, node);
      }
    }
  }

  private void entry(String name, Path here, Node node) {
    try {
      switch (node.type()) {
        case FILE -> {
          file(name, here, node);
          facts(name, here, node);
        }
        case SYMLINK -> link(name, here, node);
        case DIR -> facts(name, here, node);
        case DEV, CHARDEV, FIFO, SOCKET -> {
          // Devices, FIFOs and sockets hold no bytes; what was left out is counted.
        }
      }
    } catch (IOException e) {
      problems.add(name + ": cannot be read after the restore: " + e);
    }
  }

  private void file(String name, Path here, Node node) throws IOException {
    watch.at(before + bytes, total, name);
    files++;
    int slash = name.lastIndexOf('/');
    if (Survey.isCounts(name.substring(0, slash), name.substring(slash + 1))) {
      counts.add(here);
    }
    MessageDigest whole = Digests.sha256();
    try (InputStream in = Files.newInputStream(here, LinkOption.NOFOLLOW_LINKS)) {
      for (Id id : node.content()) {
        int entry = contents.entry(id);
        if (entry < 0) {
          return; // the restore has named it
        }
        if (!blob(in, contents.piece(entry).plain(), id, whole)) {
          problems.add(name + ": what lies on the disk is not blob " + id);
          return;
        }
      }
      if (in.read() >= 0) {
        problems.add(name + ": is longer on the disk than in the snapshot");
        return;
      }
    }
    list.update((Sample.hex(whole.digest()) + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private boolean blob(InputStream in, int length, Id id, MessageDigest whole) throws IOException {
    MessageDigest digest = Digests.sha256();
    int left = length;
    while (left > 0) {
      int got = in.read(buffer, 0, Math.min(left, buffer.length));
      if (got < 0) {
        return false;
      }
      digest.update(buffer, 0, got);
      whole.update(buffer, 0, got);
      bytes += got;
      left -= got;
    }
    return Sample.isDigest(digest, id);
  }

  private void link(String name, Path here, Node node) throws IOException {
    byte[] target = node.link();
    if (target != null && !Arrays.equals(FileNames.all(Files.readSymbolicLink(here)), target)) {
      problems.add(name + ": the link leads elsewhere after the restore");
    }
  }

  private void facts(String name, Path here, Node node) throws IOException {
    FileStatus status = reader.read(here, false);
    Node.Facts facts = node.facts();
    if (node.type() == NodeType.FILE && status.size() != facts.size()) {
      problems.add(name + ": has " + status.size() + " bytes, not " + facts.size());
    }
    if ((status.mode() & 0777) != (facts.mode() & 0777)) {
      problems.add(name + ": its permissions are not those of the snapshot");
    }
    if (!status.modified().equals(facts.modified())) {
      problems.add(name + ": its time is " + status.modified() + ", not " + facts.modified());
    }
  }
}
