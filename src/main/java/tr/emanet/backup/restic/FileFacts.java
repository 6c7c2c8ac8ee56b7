package tr.emanet.backup.restic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.Posix;

/**
 * Gives a restored file its owner, attributes, mode and time, in that order: a change of owner
 * takes setuid bits away. Any thread.
 *
 * @param special whether setuid bits, device nodes and attributes of the system are restored
 * @param root whether owners can be set
 */
record FileFacts(boolean special, boolean root, Posix posix) {

  private static final int SET_ID = 06000;

  FileFacts(boolean special, boolean root) {
    this(special, root, new Posix());
  }

  /** Makes a FIFO or, when allowed, a device node. */
  void makeNode(Path path, Node node) throws IOException {
    int type =
        switch (node.type()) {
          case FIFO -> 0010000;
          case CHARDEV -> 0020000;
          case DEV -> 0060000;
          case FILE, DIR, SYMLINK, SOCKET -> throw new IllegalArgumentException("no node");
        };
    if (node.type() != NodeType.FIFO && !special) {
      throw new BackupException("a device node; it is restored with --special only");
    }
    posix.makeNode(path, type | 0600, node.facts().place().device());
  }

  /** Applies what can be applied; what cannot is in the answer. */
  List<RestoreRun.Problem> apply(Path path, Node node) {
    List<RestoreRun.Problem> problems = new ArrayList<>();
    Node.Facts facts = node.facts();
    if (root) {
      attempt(path, problems, () -> owner(path, facts.owner()));
    }
    for (Node.Attribute attribute : facts.attributes()) {
      boolean plain =
          attribute.name().startsWith("user.") || attribute.name().startsWith("system.posix_acl_");
      if (plain || special) {
        attempt(
            path, problems, () -> posix.setAttribute(path, attribute.name(), attribute.value()));
      } else {
        problems.add(
            new RestoreRun.Problem(
                path.toString(), attribute.name() + " is restored with --special only"));
      }
    }
    if (node.type() != NodeType.SYMLINK) {
      int mode = NodeType.toPosix(facts.mode());
      if ((mode & SET_ID) != 0 && !special) {
        problems.add(
            new RestoreRun.Problem(
                path.toString(), "setuid and setgid are restored with --special only"));
        mode &= ~SET_ID;
      }
      int wanted = mode;
      attempt(path, problems, () -> Files.setAttribute(path, "unix:mode", wanted));
    }
    attempt(path, problems, () -> posix.setTime(path, facts.modified()));
    return problems;
  }

  private static void owner(Path path, Node.Owner owner) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      throw new BackupException("this file system has no owners");
    }
    Files.setAttribute(path, "unix:uid", (int) owner.uid(), LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", (int) owner.gid(), LinkOption.NOFOLLOW_LINKS);
  }

  private interface Step {

    void run() throws IOException;
  }

  private static void attempt(Path path, List<RestoreRun.Problem> problems, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      problems.add(new RestoreRun.Problem(path.toString(), String.valueOf(e.getMessage())));
    }
  }
}
