package tr.emanet.backup.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.restic.Node;
import tr.emanet.crypto.Digests;

/** What the parts of one restore share. Any thread; to be closed. */
final class Session implements AutoCloseable {

  private static final int OPEN_FILES = 256;

  private final int root;
  private final RestoreRequest request;
  private final Tally tally;
  private final Facts facts;
  private final RestoreJournal journal;
  private final ConcurrentHashMap<Node.Place, Long> inodes = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentLinkedQueue<Hand> free = new ConcurrentLinkedQueue<>();

  Session(int root, RestoreRequest request, Tally tally, RestoreJournal journal) {
    this.root = root;
    this.request = request;
    this.tally = tally;
    this.facts = new Facts(request.options(), tally);
    this.journal = journal;
  }

  RestoreRequest request() {
    return request;
  }

  Tally tally() {
    return tally;
  }

  Facts facts() {
    return facts;
  }

  int root() {
    return root;
  }

  /** A hand for the calling thread until it gives it back. */
  Hand hand() {
    Hand known = free.poll();
    return known == null ? new Hand(root, request.options().overMounts()) : known;
  }

  void back(Hand hand) {
    free.add(hand);
  }

  /** A name that nobody can guess before this run, and this run makes again after a kill. */
  byte[] temporaryName(Folder folder, byte[] name) {
    String digits = HexFormat.of().formatHex(digest(folder, name), 0, 8);
    return (".emanet-" + journal.run() + "-" + digits).getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] digest(Folder folder, byte[] name) {
    MessageDigest digest = Digests.sha256();
    digest.update(journal.run().getBytes(StandardCharsets.US_ASCII));
    digest.update(folder.path());
    digest.update((byte) '/');
    digest.update(name);
    return digest.digest();
  }

  /** Makes a temporary file; one that a killed run left goes first. */
  int create(Hand hand, Folder folder, byte[] name) throws IOException {
    int directory = hand.open(folder);
    try {
      return hand.kernel().create(directory, name);
    } catch (KernelException e) {
      clearLeftover(hand, directory, name, e);
      return hand.kernel().create(directory, name);
    }
  }

  /** Removes what a killed run left under the name; else throws. */
  void clearLeftover(Hand hand, int directory, byte[] name, KernelException why)
      throws KernelException {
    if (why.error() != KernelException.EEXIST || !journal.resumed()) {
      throw why;
    }
    hand.kernel().unlink(directory, name);
  }

  boolean mayStayOpen() {
    return open.get() < OPEN_FILES;
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }

  /** Notes a file as done; the journal has it after the next synchronisation. */
  void done(Folder folder, Node node) {
    if (journal.kept()) {
      journal.done(digest(folder, node.name()));
    }
  }

  /** Notes a directory as made by this restore, at once. */
  void made(Folder parent, byte[] name) throws IOException {
    if (journal.kept()) {
      journal.done(digest(parent, name));
      journal.append();
    }
  }

  /** True when an earlier run made the directory. */
  boolean madeBefore(Folder parent, byte[] name) {
    return journal.resumed() && journal.has(digest(parent, name));
  }

  /** True when this goes on with what an earlier run began. */
  boolean resumed() {
    return journal.resumed();
  }

  /** Lets the journal say what is done; after a power cut that counts only when synchronised. */
  void append() throws IOException {
    journal.append();
  }

  /** True when an earlier run finished the file and it still looks so. */
  boolean doneBefore(Folder folder, Node node, @Nullable Stat stands) {
    return journal.resumed()
        && stands != null
        && stands.isFile()
        && stands.size() == node.facts().size()
        && stands.modified(node.facts().modified())
        && journal.has(digest(folder, node.name()));
  }

  /** Notes which inode has the content of a file of several names. */
  void stands(Node.Place place, Stat stat) {
    if (place.links() > 1) {
      inodes.put(place, stat.inode());
    }
  }

  /** True when the entry is what this run made or found right for the first name of the file. */
  boolean standsFor(Node.Place place, Stat stat) {
    return Long.valueOf(stat.inode()).equals(inodes.get(place));
  }

  /** Makes all that was written durable; only then the journal says so. */
  void synchronise() throws IOException {
    Hand hand = hand();
    try {
      if (request.options().overMounts()) {
        hand.kernel().synchroniseMachine(); // what was written lies on more than one
      } else {
        hand.kernel().synchroniseAll(root);
      }
    } finally {
      back(hand);
    }
    journal.synchronised();
  }

  @Override
  public void close() {
    Hand hand = free.poll();
    while (hand != null) {
      hand.close();
      hand = free.poll();
    }
  }
}
