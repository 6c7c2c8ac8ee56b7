package tr.emanet.backup.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.restic.Contents;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.NodeType;
import tr.emanet.backup.restic.Repository;
import tr.emanet.crypto.Digests;

/** Looks what a restore would meet; opens directories only, as the restore would. One use. */
final class PreviewRun implements TreeWalk.Visitor<PreviewRun.Seen> {

  private static final int SET_ID = 06000;

  private final RestoreRequest request;
  private final RestoreProgress progress;
  private final @Nullable Hand hand;
  private final List<RestorePreview.Overwrite> overwrites = new ArrayList<>();
  private final List<RestoreReport.Entry> obstacles = new ArrayList<>();
  private long files;
  private long directories;
  private long others;
  private long bytes;
  private long needed;
  private long fresh;
  private long equal;
  private long kept;
  private long overwritten;
  private long special;
  private final MessageDigest digest = Digests.sha256();

  /** A directory of the target, and whether it stands there. */
  record Seen(Folder folder, boolean stands) {}

  private PreviewRun(RestoreRequest request, RestoreProgress progress, @Nullable Hand hand) {
    this.request = request;
    this.progress = progress;
    this.hand = hand;
  }

  static RestorePreview run(Repository repository, RestoreRequest request, RestoreProgress progress)
      throws IOException {
    try (Contents contents = Contents.open(repository);
        Kernel kernel = new Kernel()) {
      if (!Files.exists(request.target(), LinkOption.NOFOLLOW_LINKS)) {
        return new PreviewRun(request, progress, null).preview(contents);
      }
      int root = RestoreRun.root(kernel, request.target(), false);
      try (Hand hand = new Hand(root, request.options().overMounts())) {
        return new PreviewRun(request, progress, hand).preview(contents);
      } finally {
        kernel.close(root);
      }
    }
  }

  private RestorePreview preview(Contents contents) throws IOException {
    new TreeWalk<>(contents, request.selection(), request.options().keepPaths(), this)
        .run(request.snapshot().tree(), new Seen(Folder.root(), hand != null));
    return new RestorePreview(
        files,
        directories,
        others,
        bytes,
        needed,
        fresh,
        equal,
        kept,
        overwritten,
        overwrites,
        obstacles,
        special,
        HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public @Nullable Seen directory(Seen parent, Node node, boolean selected) {
    directories++;
    special(node);
    Folder folder = new Folder(parent.folder(), node.name(), null, false);
    Hand looks = hand;
    if (looks == null || !parent.stands()) {
      return new Seen(folder, false);
    }
    try {
      Stat stands = looks.kernel().stat(looks.open(parent.folder()), node.name());
      if (stands == null) {
        return new Seen(folder, false);
      }
      looks.open(folder);
      return new Seen(folder, true);
    } catch (IOException e) {
      obstacle(folder.show(new byte[0]), e);
      return null;
    }
  }

  @Override
  public void entry(Seen parent, Node node) {
    boolean file = node.type() == NodeType.FILE;
    files += file ? 1 : 0;
    others += file ? 0 : 1;
    bytes += file ? node.facts().size() : 0;
    special(node);
    Hand looks = hand;
    String path = parent.folder().show(node.name());
    progress.done(bytes, files, path);
    try {
      Stat stands =
          looks == null || !parent.stands()
              ? null
              : looks.kernel().stat(looks.open(parent.folder()), node.name());
      if (stands == null) {
        fresh++;
        needed += file ? node.facts().size() : 0;
      } else {
        meets(stands, node, path);
      }
    } catch (IOException e) {
      obstacle(path, e);
    }
  }

  private void meets(Stat stands, Node node, String path) throws IOException {
    Node.Facts facts = node.facts();
    boolean same =
        node.type() == NodeType.FILE
            && stands.isFile()
            && stands.size() == facts.size()
            && stands.modified(facts.modified());
    if (stands.isDirectory()) {
      throw new IOException("a directory stands there; move it away");
    }
    RestoreRequest.Overwrite policy = request.options().overwrite();
    if (policy == RestoreRequest.Overwrite.NEVER) {
      kept++;
    } else if (same && policy == RestoreRequest.Overwrite.IF_DIFFERENT) {
      equal++; // only presumed: the run compares the content, and writes where it differs
      digested(path, "compared " + stands.inode(), stands, facts);
    } else {
      overwritten++;
      // The old one goes when the new one is whole; a share that was encrypted grows by nothing.
      boolean file = node.type() == NodeType.FILE;
      needed += file ? Math.max(0, facts.size() - (stands.isFile() ? stands.size() : 0)) : 0;
      digested(path, stands.kind(), stands, facts);
      if (overwrites.size() < RestoreReport.LISTED) {
        overwrites.add(
            new RestorePreview.Overwrite(
                path,
                stands.kind(),
                stands.size(),
                Instant.ofEpochSecond(stands.seconds(), stands.nanos()),
                facts.size(),
                facts.modified()));
      }
    }
  }

  private void digested(String path, String what, Stat stands, Node.Facts facts) {
    String line =
        path
            + '\0'
            + what
            + ' '
            + stands.size()
            + ' '
            + stands.seconds()
            + '.'
            + stands.nanos()
            + ' '
            + facts.size()
            + ' '
            + facts.modified()
            + '\n';
    digest.update(line.getBytes(StandardCharsets.UTF_8));
  }

  private void special(Node node) {
    boolean device = node.type() == NodeType.DEV || node.type() == NodeType.CHARDEV;
    boolean setId =
        node.type() != NodeType.SYMLINK && (NodeType.toPosix(node.facts().mode()) & SET_ID) != 0;
    special += device || setId ? 1 : 0;
  }

  private void obstacle(String path, IOException why) {
    digest.update((path + "\0obstacle\n").getBytes(StandardCharsets.UTF_8));
    if (obstacles.size() < RestoreReport.LISTED) {
      obstacles.add(new RestoreReport.Entry(path, String.valueOf(why.getMessage())));
    }
  }

  @Override
  public void unreadable(Seen folder, IOException why) {
    obstacle(folder.folder().show(new byte[0]), why);
  }

  @Override
  public void missing(SnapshotPath path) {
    obstacle(path.toString(), new IOException("the snapshot has no such entry"));
  }

  @Override
  public boolean stopped() {
    return progress.stopped();
  }
}
