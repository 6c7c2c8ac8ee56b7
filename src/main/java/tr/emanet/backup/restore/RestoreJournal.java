package tr.emanet.backup.restore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.crypto.Digests;

/**
 * Which files of a restore are done and which directories it made: a line that names the restore
 * and the boot of the machine, then 8 bytes of the keyed SHA-256 of each path, and 8 zero bytes
 * wherever all before was synchronised with the disk. After a power cut, which is another boot,
 * only what stands before the last zeros counts. The end may be torn: a record that is not whole is
 * dropped, one that is wrong names nothing. Without a journal files are compared by content. Any
 * thread.
 */
final class RestoreJournal implements AutoCloseable {

  private static final int RECORD = 8;
  private static final int HEADER = 256;
  private static final long MAX = 1L << 30;

  private final String run;
  private final @Nullable FileChannel file;
  private final long[] before;
  private final boolean resumed;
  private ByteArrayOutputStream fresh = new ByteArrayOutputStream();
  private long end;

  private RestoreJournal(String run, @Nullable FileChannel file, long[] before, boolean resumed) {
    this.run = run;
    this.file = file;
    this.before = before;
    this.resumed = resumed;
    this.end = HEADER + (long) before.length * RECORD;
  }

  /** Opens or makes the journal of the request; one in memory when it names none. */
  static RestoreJournal open(RestoreRequest request, SecureRandom random) throws IOException {
    byte[] id = new byte[8];
    random.nextBytes(id);
    String run = HexFormat.of().formatHex(id);
    Path path = request.journal();
    if (path == null) {
      return new RestoreJournal(run, null, new long[0], false);
    }
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      return read(request, channel, path, run);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static RestoreJournal read(
      RestoreRequest request, FileChannel channel, Path path, String run) throws IOException {
    String purpose = purpose(request);
    if (channel.size() < HEADER) {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(header(purpose, run)));
      channel.force(true);
      return new RestoreJournal(run, channel, new long[0], false);
    }
    if (channel.size() > MAX) {
      throw new BackupException("'" + path + "' is too long for the journal of a restore");
    }
    byte[] all = Files.readAllBytes(path);
    String[] words = new String(all, 0, HEADER, StandardCharsets.US_ASCII).strip().split(" ", -1);
    if (words.length != 3 || !words[0].equals(purpose) || !words[1].matches("[0-9a-f]{16}")) {
      throw new BackupException(
          "'" + path + "' is the journal of another restore; name a new file for this one");
    }
    int records = (all.length - HEADER) / RECORD;
    long[] before = new long[records];
    ByteBuffer.wrap(all, HEADER, records * RECORD).asLongBuffer().get(before);
    if (!words[2].equals(boot())) {
      while (records > 0 && before[records - 1] != 0) {
        records--;
      }
      before = Arrays.copyOf(before, records);
      channel.truncate(HEADER + (long) records * RECORD);
      channel.write(ByteBuffer.wrap(header(purpose, words[1])), 0);
      channel.force(true);
    }
    Arrays.sort(before);
    return new RestoreJournal(words[1], channel, before, true);
  }

  private static String purpose(RestoreRequest request) {
    String what =
        request.snapshot().id().hex()
            + request.target()
            + request.options().keepPaths()
            + request.options().special()
            + request.options().owners();
    return HexFormat.of().formatHex(Digests.sha256().digest(what.getBytes(StandardCharsets.UTF_8)));
  }

  private static String boot() throws IOException {
    Path id = Path.of("/proc/sys/kernel/random/boot_id");
    return Files.readString(id, StandardCharsets.US_ASCII).strip();
  }

  private static byte[] header(String purpose, String run) throws IOException {
    byte[] header = new byte[HEADER];
    Arrays.fill(header, (byte) ' ');
    byte[] text = (purpose + " " + run + " " + boot()).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, header, 0, text.length);
    header[HEADER - 1] = '\n';
    return header;
  }

  /** 16 hex digits that no snapshot can know. */
  String run() {
    return run;
  }

  /** True when it outlives this run. */
  boolean kept() {
    return file != null;
  }

  /** True when an earlier run began it. */
  boolean resumed() {
    return resumed;
  }

  boolean has(byte[] digest) {
    return Arrays.binarySearch(before, ByteBuffer.wrap(digest).getLong()) >= 0;
  }

  synchronized void done(byte[] digest) {
    fresh.write(digest, 0, RECORD);
  }

  /** Appends what is done. */
  synchronized void append() throws IOException {
    FileChannel channel = file;
    if (channel != null && fresh.size() > 0) {
      // Always at the end of what is whole: what a full disk took half of is written over.
      ByteBuffer rest = ByteBuffer.wrap(fresh.toByteArray());
      long at = end;
      while (rest.hasRemaining()) {
        at += channel.write(rest, at);
      }
      end = at;
    }
    fresh = new ByteArrayOutputStream();
  }

  /** Appends what is done, and that it is durable. */
  synchronized void synchronised() throws IOException {
    fresh.write(new byte[RECORD], 0, RECORD);
    append();
    if (file != null) {
      file.force(false);
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
