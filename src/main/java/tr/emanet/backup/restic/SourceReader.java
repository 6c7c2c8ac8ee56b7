package tr.emanet.backup.restic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.FileNames;
import tr.emanet.backup.FileStatus;
import tr.emanet.backup.Posix;

/** Reads what the file system says about a file, never following a symbolic link. Any thread. */
final class SourceReader {

  private final Posix posix = new Posix();
  private final FileStatus.Reader reader = new FileStatus.Reader();
  private final Map<Integer, String> users = new ConcurrentHashMap<>();
  private final Map<Integer, String> groups = new ConcurrentHashMap<>();

  /** What a scan asks for; {@code bytes} are those of a file. */
  record Size(boolean directory, long bytes) {}

  /** Type and size alone. */
  Size size(Path file) throws IOException {
    FileStatus found = reader.read(file, false);
    NodeType type = NodeType.ofMode(found.mode());
    return new Size(type == NodeType.DIR, type == NodeType.FILE ? found.size() : 0);
  }

  /** A node without content and subtree; null when it is of no type that we know. */
  @Nullable Node read(Path file, byte[] name) throws IOException {
    FileStatus found = reader.read(file, true);
    NodeType type = NodeType.ofMode(found.mode());
    if (type == null) {
      return null;
    }
    boolean device = type == NodeType.DEV || type == NodeType.CHARDEV;
    Node.Facts facts =
        new Node.Facts(
            type.toGo(found.mode()),
            found.modified(),
            found.changed(),
            new Node.Owner(
                Integer.toUnsignedLong(found.uid()),
                Integer.toUnsignedLong(found.gid()),
                user(found.uid(), file),
                group(found.gid(), file)),
            new Node.Place(
                found.inode(),
                found.fileSystem(),
                type == NodeType.DIR ? 0 : found.links(),
                device ? found.device() : 0),
            type == NodeType.FILE ? found.size() : 0,
            found.attributes() ? attributes(file) : List.of());
    byte[] link = type == NodeType.SYMLINK ? FileNames.all(Files.readSymbolicLink(file)) : null;
    return new Node(name, type, facts, List.of(), null, link);
  }

  private List<Node.Attribute> attributes(Path file) throws IOException {
    List<String> names = posix.attributeNames(file);
    if (names.isEmpty()) {
      return List.of();
    }
    List<Node.Attribute> attributes = new ArrayList<>();
    for (String name : names.stream().sorted().toList()) {
      attributes.add(new Node.Attribute(name, posix.attribute(file, name)));
    }
    return attributes;
  }

  private String user(int uid, Path file) throws IOException {
    String known = users.get(uid);
    if (known == null) {
      Object owner = Files.getAttribute(file, "unix:owner", LinkOption.NOFOLLOW_LINKS);
      known = name(((UserPrincipal) owner).getName(), uid);
      users.put(uid, known);
    }
    return known;
  }

  private String group(int gid, Path file) throws IOException {
    String known = groups.get(gid);
    if (known == null) {
      Object group = Files.getAttribute(file, "unix:group", LinkOption.NOFOLLOW_LINKS);
      known = name(((GroupPrincipal) group).getName(), gid);
      groups.put(gid, known);
    }
    return known;
  }

  private static String name(String found, int number) {
    return found.equals(Integer.toUnsignedString(number)) ? "" : found;
  }
}
