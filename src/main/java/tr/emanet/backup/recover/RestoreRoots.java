package tr.emanet.backup.recover;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.DiskReserve;
import tr.emanet.backup.restic.GoQuote;
import tr.emanet.backup.restore.SnapshotPath;

/**
 * The directories below which the service restores: its own, and those that the configuration file
 * names, so that nobody at a browser can choose a place that the owner of the machine did not. It
 * only says no early; the restore itself goes through no symbolic link, whatever happens meanwhile.
 *
 * @param own the directory in the state directory; what is restored there lies one level deeper
 * @param reserve what stays free
 */
public record RestoreRoots(Path own, List<Path> configured, DiskReserve reserve) {

  private static final int MAX = 4000;

  public RestoreRoots {
    own = own.toAbsolutePath().normalize();
    configured = configured.stream().map(p -> p.toAbsolutePath().normalize()).toList();
  }

  /** All of them, our own first. */
  public List<Path> all() {
    List<Path> all = new ArrayList<>(List.of(own));
    all.addAll(configured);
    return all;
  }

  /** Why nothing may be restored into this directory, as last part of a text key; empty: it may. */
  public String wrong(String target) {
    if (target.isBlank() || target.length() > MAX || !target.startsWith("/")) {
      return "target";
    }
    Path path;
    try {
      path = Path.of(target);
    } catch (InvalidPathException e) {
      return "target";
    }
    if (!path.equals(path.normalize()) || target.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      return "target";
    }
    if (!inside(path, false)) {
      return "outside";
    }
    return plain(path) ? "" : "link";
  }

  /** Why these paths may not be restored to where they came from; empty: they may. */
  String wrongOriginal(List<SnapshotPath> paths) {
    for (SnapshotPath one : paths) {
      Path path = path(one);
      if (path == null) {
        return "original-name";
      }
      if (!inside(path, true)) {
        return "outside";
      }
      Path parent = path.getParent();
      if (parent != null && !plain(parent)) {
        return "link";
      }
    }
    return paths.isEmpty() ? "outside" : "";
  }

  /** The same for paths as text; all of a snapshot is looked at when a preview has opened it. */
  String wrongSelection(List<String> selection) {
    try {
      List<SnapshotPath> paths = new ArrayList<>();
      for (String path : selection) {
        paths.add(SnapshotPath.parse(path));
      }
      return paths.contains(SnapshotPath.ROOT) ? "" : wrongOriginal(paths);
    } catch (BackupException e) {
      return "selection";
    }
  }

  private boolean inside(Path path, boolean original) {
    boolean ours = path.startsWith(own) && !path.equals(own);
    return ours && !original || configured.stream().anyMatch(path::startsWith);
  }

  /** Whether no part of the way that stands is a symbolic link, and it is a way of directories. */
  private static boolean plain(Path path) {
    Path at = path;
    while (at != null && !Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
      at = at.getParent();
    }
    try {
      return at != null && at.toRealPath().equals(at) && Files.isDirectory(at);
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable Path path(SnapshotPath one) {
    Path path = Path.of("/");
    try {
      for (String name : one.names()) {
        byte[] raw = GoQuote.unquote(name, "path");
        path =
            path.resolve(
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString());
      }
      return path;
    } catch (BackupException | CharacterCodingException | InvalidPathException e) {
      return null;
    }
  }

  /** Whether nothing stands at the target. */
  static boolean empty(Path target) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
      return !entries.iterator().hasNext();
    }
  }

  /** Bytes that may still be written to the fullest of these places; negative: too many are. */
  long spare(List<Path> places) throws IOException {
    long least = Long.MAX_VALUE;
    for (Path place : places) {
      least = Math.min(least, reserve.spare(place));
    }
    return least;
  }
}
