package tr.emanet.backup.restore;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.Contents;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.NodeType;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;

/**
 * Streams a part of a snapshot as zip or tar. Names are relative, without dots for directories,
 * control characters or anything that a system treats as a separator; two that become the same are
 * told apart by a number. Links, devices and FIFOs are left out and listed, setuid bits never set:
 * the archive cannot write outside of where it is unpacked. Each blob is checked before it is
 * written; a damaged one breaks the archive off with an error, never fills it up. When something is
 * left out or missing, the last entry, {@link #LIST}, says what: no archive looks whole that is
 * not. One use.
 */
public final class SnapshotArchive implements TreeWalk.Visitor<SnapshotArchive.Place> {

  /** The name of the list of what is not in the archive; it is there only when it has a line. */
  public static final String LIST = "EMANET-EKSIK.txt";

  /** What is written. */
  public enum Format {
    /** Zip with UTF-8 names, for people on any system. */
    ZIP,
    /** POSIX tar with pax headers; names that are no text keep their bytes. */
    TAR
  }

  /**
   * What came into the archive.
   *
   * @param missing what the repository cannot give back any more, or never had
   * @param left what is not in the archive, these and links, devices and the like
   * @param leftOut lists the first {@link RestoreReport#LISTED} of them
   */
  public record Result(
      long files,
      long directories,
      long bytes,
      long missing,
      long left,
      List<RestoreReport.Entry> leftOut) {

    public Result {
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * A directory of the archive. Its names are forgotten when the walk leaves it.
   *
   * @param path ends with a slash; empty for the root
   * @param used names that are taken, with the number that the next one of the same name gets
   */
  record Place(String path, Map<String, Integer> used) {

    Place(String path) {
      this(path, new HashMap<>());
    }
  }

  private final Contents contents;
  private final ArchiveWriter writer;
  private final RestoreProgress progress;
  private final long limit;
  private final List<RestoreReport.Entry> leftOut = new ArrayList<>();
  private @Nullable IOException broken;
  private long files;
  private long directories;
  private long bytes;
  private long missing;
  private long left;

  private SnapshotArchive(
      Contents contents, ArchiveWriter writer, RestoreProgress progress, long limit) {
    this.contents = contents;
    this.writer = writer;
    this.progress = progress;
    this.limit = limit;
  }

  /**
   * Writes the archive; the stream stays open.
   *
   * @param limit the most bytes of content; more ends with an error
   * @throws BackupException when it would be larger, a blob is damaged, or the listener stopped it
   */
  public static Result write(
      Repository repository,
      Snapshot snapshot,
      List<SnapshotPath> selection,
      Format format,
      OutputStream out,
      long limit,
      RestoreProgress progress)
      throws IOException {
    ArchiveWriter writer =
        switch (format) {
          case ZIP -> new ZipWriter(out);
          case TAR -> new TarWriter(out);
        };
    try (Contents contents = Contents.open(repository)) {
      SnapshotArchive archive = new SnapshotArchive(contents, writer, progress, limit);
      Place root = new Place("");
      new TreeWalk<>(contents, selection, false, archive).run(snapshot.tree(), root);
      IOException failed = archive.broken;
      if (failed != null) {
        throw failed;
      }
      if (progress.stopped()) {
        throw new BackupException("the archive was stopped; it is not whole");
      }
      archive.list(root, snapshot);
      writer.finish();
      return new Result(
          archive.files,
          archive.directories,
          archive.bytes,
          archive.missing,
          archive.left,
          archive.leftOut);
    }
  }

  @Override
  public @Nullable Place directory(Place parent, Node node, boolean selected) {
    String path = name(parent, writer.harmless(node.name())) + "/";
    try {
      writer.directory(path, node);
      directories++;
      return new Place(path);
    } catch (IOException e) {
      broken = e;
      return null;
    }
  }

  @Override
  public void entry(Place parent, Node node) throws IOException {
    String path = name(parent, writer.harmless(node.name()));
    if (node.type() != NodeType.FILE) {
      leave(path, "a " + node.type().word() + " is not put into an archive");
      return;
    }
    long size = 0;
    for (Id id : node.content()) {
      int entry = contents.entry(id);
      if (entry < 0) {
        missing++;
        leave(path, "data blob " + id + " is in no index");
        return;
      }
      size += contents.piece(entry).plain();
    }
    if (size != node.facts().size()) {
      missing++;
      leave(path, "its chunks have " + size + " bytes, not those of its entry");
      return;
    }
    if (size > limit - bytes) {
      throw new BackupException("the archive would be larger than " + limit + " bytes");
    }
    writer.begin(path, node.facts(), size);
    for (Id id : node.content()) {
      int entry = contents.entry(id);
      Contents.Piece piece = contents.piece(entry);
      byte[] sealed = new byte[piece.length()];
      contents.read(piece.pack(), piece.offset(), sealed, sealed.length);
      writer.content(contents.unpack(sealed, 0, entry));
    }
    writer.end(size);
    bytes += size;
    files++;
    progress.done(bytes, files, path);
  }

  private void leave(String path, String why) {
    left(path.isEmpty() ? "/" : writer.shown(path), why);
  }

  private void left(String path, String why) {
    left++;
    if (leftOut.size() < RestoreReport.LISTED) {
      leftOut.add(new RestoreReport.Entry(path, why));
    }
  }

  /** Says inside of the archive what is not in it: whoever gets it later has nothing else. */
  private void list(Place root, Snapshot snapshot) throws IOException {
    if (left == 0) {
      return;
    }
    StringBuilder text = new StringBuilder();
    text.append("Bu arşivde olmayanlar / what is not in this archive: ").append(left);
    text.append("\nSnapshot ").append(snapshot.id().hex()).append("\n\n");
    for (RestoreReport.Entry entry : leftOut) {
      text.append(entry.path()).append(": ").append(entry.why()).append('\n');
    }
    if (left > leftOut.size()) {
      text.append("... + ").append(left - leftOut.size()).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    Node.Facts facts =
        new Node.Facts(
            0644,
            snapshot.time(),
            snapshot.time(),
            new Node.Owner(0, 0, "", ""),
            new Node.Place(0, 0, 1, 0),
            bytes.length,
            List.of());
    writer.begin(name(root, LIST), facts, bytes.length);
    writer.content(bytes);
    writer.end(bytes.length);
  }

  /** A path that means the same everywhere and leads nowhere else, used once. */
  private static String name(Place parent, String plain) {
    String name = plain;
    while (parent.used().putIfAbsent(name, 2) != null) {
      int number = parent.used().merge(plain, 1, Integer::sum) - 1;
      name = plain + "~" + number;
    }
    return parent.path() + name;
  }

  /** The name with what could be a separator, a device or a command of a terminal replaced. */
  static String harmless(byte[] name, boolean keepsBytes) {
    String text =
        keepsBytes
            ? new String(name, StandardCharsets.ISO_8859_1)
            : new String(name, StandardCharsets.UTF_8);
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean bad = c < 0x20 || c == 0x7f || c == '/' || c == '\\';
      bad |= !keepsBytes && (":*?\"<>|".indexOf(c) >= 0 || c >= 0x80 && c < 0xa0 || c == 0xfffd);
      bad |= !keepsBytes && Character.getType(c) == Character.FORMAT;
      safe.append(bad ? '_' : c);
    }
    String found = safe.toString();
    return found.isEmpty() || found.equals(".") || found.equals("..") ? "_" : found;
  }

  @Override
  public void unreadable(Place folder, IOException why) {
    missing++;
    leave(folder.path(), String.valueOf(why.getMessage()));
  }

  @Override
  public void missing(SnapshotPath path) {
    missing++;
    left(path.toString(), "the snapshot has no such entry");
  }

  @Override
  public boolean stopped() {
    return broken != null || progress.stopped();
  }
}
