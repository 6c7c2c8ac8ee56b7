package tr.emanet.backup.restore;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * written; a damaged one breaks the archive off with an error, never fills it up. One use.
 */
public final class SnapshotArchive implements TreeWalk.Visitor<String> {

  /** What is written. */
  public enum Format {
    /** Zip with UTF-8 names, for people on any system. */
    ZIP,
    /** POSIX tar with pax headers; names that are no text keep their bytes. */
    TAR
  }

  /** What came into the archive; {@code leftOut} lists the first {@link RestoreReport#LISTED}. */
  public record Result(
      long files, long directories, long bytes, long missing, List<RestoreReport.Entry> leftOut) {

    public Result {
      leftOut = List.copyOf(leftOut);
    }
  }

  private final Contents contents;
  private final ArchiveWriter writer;
  private final RestoreProgress progress;
  private final long limit;
  private final List<RestoreReport.Entry> leftOut = new ArrayList<>();
  private final Set<String> used = new HashSet<>();
  private @Nullable IOException broken;
  private long files;
  private long directories;
  private long bytes;
  private long missing;

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
      new TreeWalk<>(contents, selection, false, archive).run(snapshot.tree(), "");
      IOException failed = archive.broken;
      if (failed != null) {
        throw failed;
      }
      if (progress.stopped()) {
        throw new BackupException("the archive was stopped; it is not whole");
      }
      writer.finish();
      return new Result(
          archive.files, archive.directories, archive.bytes, archive.missing, archive.leftOut);
    }
  }

  @Override
  public @Nullable String directory(String parent, Node node, boolean selected) {
    String path = name(parent, node) + "/";
    try {
      writer.directory(path, node);
      directories++;
      return path;
    } catch (IOException e) {
      broken = e;
      return null;
    }
  }

  @Override
  public void entry(String parent, Node node) throws IOException {
    String path = name(parent, node);
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
    writer.begin(path, node, size);
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
    if (leftOut.size() < RestoreReport.LISTED) {
      leftOut.add(new RestoreReport.Entry(path, why));
    }
  }

  /** A path that means the same everywhere and leads nowhere else, used once. */
  private String name(String parent, Node node) {
    String plain = writer.harmless(node.name());
    String path = parent + plain;
    int number = 1;
    while (!used.add(path)) {
      number++;
      path = parent + plain + "~" + number;
    }
    return path;
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
  public void unreadable(String folder, IOException why) {
    missing++;
    leave(folder, String.valueOf(why.getMessage()));
  }

  @Override
  public void missing(SnapshotPath path) {
    missing++;
    leave(path.toString(), "the snapshot has no such entry");
  }

  @Override
  public boolean stopped() {
    return broken != null || progress.stopped();
  }
}
