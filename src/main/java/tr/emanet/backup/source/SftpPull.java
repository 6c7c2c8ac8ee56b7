package tr.emanet.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.FileMode;
import net.schmizz.sshj.sftp.RemoteFile;
import net.schmizz.sshj.sftp.RemoteResourceInfo;
import net.schmizz.sshj.sftp.SFTPClient;
import net.schmizz.sshj.sftp.SFTPException;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.target.SshDoor;
import tr.emanet.backup.target.TargetAccess;

/**
 * Fetches a directory or file from an SFTP server whose key is pinned: files with mode and time,
 * directories, links as links. The server is believed nothing else: a name with a slash, a depth or
 * a number of entries without end is refused, and nothing is ever written outside of the place.
 *
 * <p>A file that the server does not give is named as missing; a lost connection is a failure. One
 * use at a time.
 */
public final class SftpPull {

  private static final int MAX_DEPTH = 200;
  private static final int MAX_ENTRIES = 5_000_000;
  private static final int IN_FLIGHT = 32;
  private static final int PIECE = 1 << 16;

  private final Source.Sftp source;
  private final TargetAccess access;
  private int entries;

  /** Hears what could not be fetched. */
  public interface Missing {

    /** A path on the server, and why it is not there, English. */
    void is(String path, String why);
  }

  /**
   * Prepares.
   *
   * @param access our key or password, and the server's pinned host key
   */
  public SftpPull(Source.Sftp source, TargetAccess access) {
    this.source = source;
    this.access = access;
  }

  /**
   * Writes what the path on the server is into the directory, under its last name.
   *
   * @param stopped asked at each entry; true ends it
   * @throws BackupException when the server is not reached or the path is not there
   */
  public void into(Path directory, BooleanSupplier stopped, Missing missing) throws IOException {
    try (SSHClient ssh = SshDoor.open(source.user(), source.host(), source.port(), access);
        SFTPClient sftp = ssh.newSFTPClient()) {
      FileAttributes top = sftp.statExistence(source.path());
      if (top == null) {
        throw new BackupException(
            "'" + source.path() + "' is not on " + source.host() + ", or hidden from its user");
      }
      String name = source.path().replaceAll("/+$", "");
      name = name.substring(name.lastIndexOf('/') + 1);
      entries = 0;
      Walk walk = new Walk(sftp, stopped, missing);
      walk.entry(source.path(), directory.resolve(name.isEmpty() ? "root" : name), top, 0);
    } catch (SFTPException e) {
      throw new BackupException(source.address() + " answers: " + e.getMessage(), e);
    }
  }

  /** The way through the tree over one connection. */
  private final class Walk {

    private final SFTPClient sftp;
    private final BooleanSupplier stopped;
    private final Missing missing;

    Walk(SFTPClient sftp, BooleanSupplier stopped, Missing missing) {
      this.sftp = sftp;
      this.stopped = stopped;
      this.missing = missing;
    }

    void entry(String from, Path to, FileAttributes attributes, int depth) throws IOException {
      if (stopped.getAsBoolean()) {
        throw new BackupException("the copy of " + source.address() + " was stopped");
      }
      if (++entries > MAX_ENTRIES || depth > MAX_DEPTH) {
        throw new BackupException(
            source.address() + " has no end at '" + from + "': name a smaller directory");
      }
      switch (attributes.getType()) {
        case DIRECTORY -> directory(from, to, attributes, depth);
        case REGULAR -> file(from, to, attributes);
        case SYMLINK -> link(from, to);
        case BLOCK_SPECIAL, CHAR_SPECIAL, FIFO_SPECIAL, SOCKET_SPECIAL, UNKNOWN ->
            missing.is(from, "no file, directory or link");
      }
    }

    private void directory(String from, Path to, FileAttributes attributes, int depth)
        throws IOException {
      Files.createDirectory(to);
      try {
        for (RemoteResourceInfo found : sftp.ls(from)) {
          String name = found.getName();
          if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
            throw new BackupException(source.host() + " names an entry that is no name");
          }
          if (name.indexOf('\uFFFD') >= 0) {
            missing.is(from + "/" + name, "its name is not UTF-8");
            continue;
          }
          entry(from + "/" + name, to.resolve(name), found.getAttributes(), depth + 1);
        }
      } catch (SFTPException e) {
        refused(from, e);
      }
      dress(to, attributes);
    }

    private void file(String from, Path to, FileAttributes attributes) throws IOException {
      try (RemoteFile file = sftp.open(from);
          InputStream in = file.new ReadAheadRemoteFileInputStream(IN_FLIGHT);
          OutputStream out =
              Files.newOutputStream(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        byte[] room = new byte[PIECE];
        int n = in.read(room);
        while (n >= 0) {
          out.write(room, 0, n);
          n = stopped.getAsBoolean() ? -1 : in.read(room);
        }
      } catch (SFTPException e) {
        Files.deleteIfExists(to);
        refused(from, e);
        return;
      }
      dress(to, attributes);
    }

    private void link(String from, Path to) throws IOException {
      try {
        Files.createSymbolicLink(to, Path.of(sftp.readlink(from)));
      } catch (SFTPException e) {
        refused(from, e);
      }
    }

    /** What the server refuses is missing; a channel that broke is the end. */
    private void refused(String from, SFTPException e) throws SFTPException {
      switch (e.getStatusCode()) {
        case NO_SUCH_FILE, PERMISSION_DENIED, FAILURE, NO_SUCH_PATH, OP_UNSUPPORTED ->
            missing.is(from, e.getStatusCode().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        default -> throw e;
      }
    }

    private void dress(Path to, FileAttributes attributes) throws IOException {
      Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
      int bits = attributes.getMode().getPermissionsMask();
      PosixFilePermission[] all = PosixFilePermission.values(); // r, w, x of owner, group, others
      for (int i = 0; i < all.length; i++) {
        if ((bits & (0400 >> i)) != 0) {
          mode.add(all[i]);
        }
      }
      boolean tree = attributes.getType() == FileMode.Type.DIRECTORY;
      // We must be able to read it, and to remove it afterwards.
      mode.add(PosixFilePermission.OWNER_READ);
      if (tree) {
        mode.add(PosixFilePermission.OWNER_WRITE);
        mode.add(PosixFilePermission.OWNER_EXECUTE);
      }
      Files.setPosixFilePermissions(to, mode);
      Files.setLastModifiedTime(to, FileTime.from(attributes.getMtime(), TimeUnit.SECONDS));
    }
  }
}
