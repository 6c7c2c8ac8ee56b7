package tr.emanet.backup.restic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.FileNames;
import tr.emanet.backup.Posix;

/** Reads what the file system says about a file, never following a symbolic link. Any thread. */
final class SourceReader {

  private static final String WANTED =
      "unix:mode,ino,dev,rdev,nlink,uid,gid,size,ctime,lastModifiedTime";

  private final Posix posix = new Posix();
  private final Map<Integer, String> users = new ConcurrentHashMap<>();
  private final Map<Integer, String> groups = new ConcurrentHashMap<>();

  /** A node without content and subtree; null when it is of no type that we know. */
  @Nullable Node read(Path file, byte[] name) throws IOException {
    Map<String, Object> found = Files.readAttributes(file, WANTED, LinkOption.NOFOLLOW_LINKS);
    int mode = number(found, "mode");
    NodeType type = NodeType.ofMode(mode);
    if (type == null) {
      return null;
    }
    int uid = number(found, "uid");
    int gid = number(found, "gid");
    boolean device = type == NodeType.DEV || type == NodeType.CHARDEV;
    Node.Facts facts =
        new Node.Facts(
            type.toGo(mode),
            time(found, "lastModifiedTime"),
            time(found, "ctime"),
            new Node.Owner(
                Integer.toUnsignedLong(uid),
                Integer.toUnsignedLong(gid),
                user(uid, file),
                group(gid, file)),
            new Node.Place(
                big(found, "ino"),
                big(found, "dev"),
                type == NodeType.DIR ? 0 : number(found, "nlink"),
                device ? big(found, "rdev") : 0),
            type == NodeType.FILE ? big(found, "size") : 0,
            attributes(file));
    byte[] link = type == NodeType.SYMLINK ? FileNames.all(Files.readSymbolicLink(file)) : null;
    return new Node(name, type, facts, List.of(), null, link);
  }

  private static Instant time(Map<String, Object> found, String name) {
    return ((FileTime) Objects.requireNonNull(found.get(name))).toInstant();
  }

  private static int number(Map<String, Object> found, String name) {
    return (int) Objects.requireNonNull(found.get(name));
  }

  private static long big(Map<String, Object> found, String name) {
    return (long) Objects.requireNonNull(found.get(name));
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
