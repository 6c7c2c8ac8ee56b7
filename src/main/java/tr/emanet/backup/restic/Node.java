package tr.emanet.backup.restic;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a directory.
 *
 * @param name the bytes of its name
 * @param content the blobs of a file, in order; empty for all else
 * @param subtree the tree of a directory
 * @param link where a symbolic link leads, its bytes
 */
public record Node(
    byte[] name,
    NodeType type,
    Facts facts,
    List<Id> content,
    @Nullable Id subtree,
    byte @Nullable [] link) {

  /**
   * What the file system says about it.
   *
   * @param mode bits as Go's {@code os.FileMode}
   * @param size bytes of a file, else 0
   */
  public record Facts(
      long mode,
      Instant modified,
      Instant changed,
      Owner owner,
      Place place,
      long size,
      List<Attribute> attributes) {}

  /** Numbers and names; a name is empty when there is none. */
  public record Owner(long uid, long gid, String user, String group) {}

  /** Where its data are: inode, file system, how many names it has, number of a device node. */
  public record Place(long inode, long fileSystem, long links, long device) {}

  /** An extended attribute. */
  public record Attribute(String name, byte[] value) {}
}
