package tr.emanet.backup.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tr.emanet.backup.restic.GoQuote;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.NodeType;

/**
 * Gives an open entry its owner, attributes, mode and time, in that order: a change of owner takes
 * setuid bits away. Any thread with its own kernel.
 */
record Facts(RestoreRequest.Options options, Tally tally) {

  private static final int SET_ID = 06000;
  private static final long NOBODY = 0xffffffffL;

  /**
   * Applies what can be applied; what cannot is a problem of the path.
   *
   * @param handle true when the descriptor is a mere handle, false when it is an open file
   */
  void apply(Kernel kernel, int file, boolean handle, Node node, String path) {
    Node.Facts facts = node.facts();
    if (options.owners()) {
      long uid = facts.owner().uid();
      long gid = facts.owner().gid();
      if (uid < 0 || uid >= NOBODY || gid < 0 || gid >= NOBODY) {
        tally.problem(path, "owner " + uid + ":" + gid + " is no number of a user and group");
      } else {
        attempt(path, () -> kernel.owner(file, uid, gid));
      }
    }
    for (Node.Attribute attribute : facts.attributes()) {
      String name = attribute.name();
      if (options.special()
          || name.startsWith("user.")
          || name.equals("system.posix_acl_access")
          || name.equals("system.posix_acl_default")) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        attempt(path, () -> kernel.attribute(file, key, attribute.value(), handle));
      } else {
        tally.leftOut(
            path,
            "attribute "
                + GoQuote.quote(name.getBytes(StandardCharsets.UTF_8))
                + " needs the permission for special files");
      }
    }
    if (node.type() != NodeType.SYMLINK) {
      int mode = NodeType.toPosix(facts.mode());
      if ((mode & SET_ID) != 0 && !(options.special() && options.owners())) {
        tally.leftOut(
            path, "setuid and setgid bits need the permission for special files, and owners");
        mode &= ~SET_ID;
      }
      int wanted = mode;
      attempt(path, () -> kernel.mode(file, wanted, handle));
    }
    Instant modified = facts.modified();
    long seconds = modified.getEpochSecond();
    int nanos = modified.getNano();
    attempt(path, () -> kernel.time(file, seconds, nanos, handle));
  }

  private interface Step {

    void run() throws IOException;
  }

  private void attempt(String path, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      tally.problem(path, e);
    }
  }
}
