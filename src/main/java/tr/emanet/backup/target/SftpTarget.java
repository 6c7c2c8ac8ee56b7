package tr.emanet.backup.target;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.FileMode;
import net.schmizz.sshj.sftp.OpenMode;
import net.schmizz.sshj.sftp.PacketType;
import net.schmizz.sshj.sftp.RemoteFile;
import net.schmizz.sshj.sftp.RemoteResourceInfo;
import net.schmizz.sshj.sftp.RenameFlags;
import net.schmizz.sshj.sftp.Request;
import net.schmizz.sshj.sftp.Response.StatusCode;
import net.schmizz.sshj.sftp.SFTPClient;
import net.schmizz.sshj.sftp.SFTPEngine;
import net.schmizz.sshj.sftp.SFTPException;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/**
 * A repository on an SFTP server, laid out as in a local directory, which is how restic's own SFTP
 * back end finds it.
 *
 * <p>An object is written beside its place, synchronised where the server knows {@code
 * fsync@openssh.com} (OpenSSH does), and renamed. The protocol cannot synchronise a directory: a
 * power cut of the <i>server</i> within its own write-back time can lose the newest names. Any
 * thread may call it; the requests share one connection.
 */
public final class SftpTarget implements Target, Targets.End {

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
  private static final int IN_FLIGHT = 32;
  private static final int PIECE = 1 << 15;

  private final TargetAddress.Sftp address;
  private final SftpLink link;

  SftpTarget(TargetAddress.Sftp address, TargetAccess access) throws BackupException {
    this.address = address;
    this.link = new SftpLink(address, access);
  }

  @Override
  public void prepare() throws IOException {
    link.with(
        sftp -> {
          FileAttributes found = sftp.statExistence(address.path());
          if (found == null) {
            sftp.mkdirs(address.path());
          } else if (!sftp.ls(address.path()).isEmpty()) {
            throw new BackupException(
                "'" + describe() + "' is not empty; name a new directory for the repository");
          }
          for (ObjectKind kind : ObjectKind.values()) {
            if (kind != ObjectKind.CONFIG) {
              directory(sftp, address.path() + "/" + kind.directory());
            }
          }
          for (int i = 0; i < 256; i++) {
            directory(sftp, address.path() + "/data/" + String.format(Locale.ROOT, "%02x", i));
          }
          return true;
        });
  }

  private static void directory(SFTPClient sftp, String path) throws IOException {
    FileAttributes mode = new FileAttributes.Builder().withPermissions(0700).build();
    sftp.getSFTPEngine().makeDir(path, mode);
  }

  @Override
  public void write(ObjectKind kind, String name, byte[] bytes, int offset, int length)
      throws IOException {
    put(place(kind, name), bytes, offset, length);
  }

  @Override
  public boolean writeBeside(String name, byte[] bytes) throws IOException {
    String place = address.path() + "/" + SideFiles.checked(name);
    String directory = place.substring(0, place.lastIndexOf('/'));
    link.with(
        sftp -> {
          if (sftp.statExistence(directory) == null) {
            sftp.mkdirs(directory);
          }
          return true;
        });
    put(place, bytes, 0, bytes.length);
    return true;
  }

  @Override
  public byte @Nullable [] readBeside(String name) throws IOException {
    String place = address.path() + "/" + SideFiles.checked(name);
    return link.<Optional<byte[]>>with(
            sftp -> {
              if (sftp.statExistence(place) == null) {
                return Optional.empty();
              }
              try (RemoteFile file = sftp.open(place)) {
                byte[] bytes = new byte[Math.toIntExact(Math.min(file.length(), SideFiles.MAX))];
                fill(file, 0, bytes, bytes.length, ObjectKind.CONFIG, name);
                return Optional.of(bytes);
              }
            })
        .orElse(null);
  }

  @Override
  public List<Entry> listBeside(String directory) throws IOException {
    return link.with(
        sftp -> {
          List<Entry> found = new ArrayList<>();
          listInto(sftp, address.path() + "/" + SideFiles.checked(directory), false, found);
          return found;
        });
  }

  private void put(String place, byte[] bytes, int offset, int length) throws IOException {
    link.with(
        sftp -> {
          // A name of its own: after a lost connection the server may still hold the first try.
          String fresh = place + "-tmp-" + UUID.randomUUID();
          SFTPEngine engine = sftp.getSFTPEngine();
          byte[] handle = create(engine, fresh);
          try (RemoteFile file = new RemoteFile(engine, fresh, handle)) {
            try (OutputStream out = file.new RemoteFileOutputStream(0, IN_FLIGHT)) {
              for (int at = 0; at < length; at += PIECE) {
                out.write(bytes, offset + at, Math.min(PIECE, length - at));
              }
            }
            synchronise(engine, handle);
          } catch (SFTPException e) {
            discard(sftp, fresh, e);
            throw e;
          }
          sftp.rename(fresh, place, EnumSet.of(RenameFlags.OVERWRITE, RenameFlags.ATOMIC));
          return true;
        });
  }

  private static void discard(SFTPClient sftp, String file, SFTPException cause) {
    try {
      sftp.rm(file);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Opens a new file; the library's own way hides the handle, which fsync needs. */
  private static byte[] create(SFTPEngine engine, String path) throws IOException {
    Request request = engine.newRequest(PacketType.OPEN);
    request.putString(path, StandardCharsets.UTF_8);
    request.putUInt32(OpenMode.toMask(EnumSet.of(OpenMode.WRITE, OpenMode.CREAT, OpenMode.EXCL)));
    request.putFileAttributes(new FileAttributes.Builder().withPermissions(0600).build());
    return engine
        .request(request)
        .retrieve(SftpLink.SECONDS, SftpLink.UNIT)
        .ensurePacketTypeIs(PacketType.HANDLE)
        .readBytes();
  }

  private static void synchronise(SFTPEngine engine, byte[] handle) throws IOException {
    if (engine.supportsServerExtension("fsync", "openssh.com")) {
      Request request = engine.newExtendedRequest("fsync@openssh.com");
      request.putBytes(handle);
      engine.request(request).retrieve(SftpLink.SECONDS, SftpLink.UNIT).ensureStatusPacketIsOK();
    }
  }

  @Override
  public byte[] read(ObjectKind kind, String name, int max) throws IOException {
    return link.with(
        sftp -> {
          try (RemoteFile file = open(sftp, kind, name)) {
            long size = file.length();
            if (size > max) {
              throw new BackupException(
                  LocalTarget.label(kind, name)
                      + " has "
                      + size
                      + " bytes, more than the limit of "
                      + max);
            }
            byte[] bytes = new byte[(int) size];
            fill(file, 0, bytes, bytes.length, kind, name);
            return bytes;
          }
        });
  }

  @Override
  public void readAt(ObjectKind kind, String name, long position, byte[] into, int length)
      throws IOException {
    link.with(
        sftp -> {
          try (RemoteFile file = open(sftp, kind, name)) {
            fill(file, position, into, length, kind, name);
          }
          return true;
        });
  }

  private RemoteFile open(SFTPClient sftp, ObjectKind kind, String name) throws IOException {
    try {
      return sftp.open(place(kind, name));
    } catch (SFTPException e) {
      if (e.getStatusCode() == StatusCode.NO_SUCH_FILE) {
        throw new BackupException(
            LocalTarget.label(kind, name) + " is missing in " + describe(), e);
      }
      throw e;
    }
  }

  /** Reads ahead: one request at a time would wait for the wire at every 32 KiB. */
  private static void fill(
      RemoteFile file, long position, byte[] into, int length, ObjectKind kind, String name)
      throws IOException {
    int at = 0;
    try (var in = file.new ReadAheadRemoteFileInputStream(IN_FLIGHT, position, length)) {
      while (at < length) {
        int read = in.read(into, at, length - at);
        if (read < 0) {
          throw new BackupException(
              LocalTarget.label(kind, name)
                  + " ends at "
                  + (position + at)
                  + ", before "
                  + (position + length));
        }
        at += read;
      }
    }
  }

  @Override
  public List<Entry> list(ObjectKind kind) throws IOException {
    return link.with(
        sftp -> {
          List<Entry> found = new ArrayList<>();
          if (kind == ObjectKind.CONFIG) {
            FileAttributes config = sftp.statExistence(address.path() + "/config");
            if (config != null) {
              found.add(new Entry("config", config.getSize()));
            }
            return found;
          }
          listInto(sftp, address.path() + "/" + kind.directory(), kind == ObjectKind.DATA, found);
          return found;
        });
  }

  private static void listInto(SFTPClient sftp, String directory, boolean below, List<Entry> into)
      throws IOException {
    List<RemoteResourceInfo> entries;
    try {
      entries = sftp.ls(directory);
    } catch (SFTPException e) {
      if (e.getStatusCode() == StatusCode.NO_SUCH_FILE) {
        return; // a repository without this directory has none of them
      }
      throw e;
    }
    for (RemoteResourceInfo entry : entries) {
      FileMode.Type type = entry.getAttributes().getType();
      if (type == FileMode.Type.DIRECTORY) {
        if (below && entry.getName().matches("[0-9a-f]{2}")) {
          listInto(sftp, directory + "/" + entry.getName(), false, into);
        }
      } else if (type == FileMode.Type.REGULAR && !entry.getName().contains("-tmp-")) {
        into.add(new Entry(entry.getName(), entry.getAttributes().getSize()));
      }
    }
  }

  @Override
  public void remove(ObjectKind kind, String name) throws IOException {
    String place = place(kind, name);
    link.with(
        sftp -> {
          try {
            sftp.rm(place);
          } catch (SFTPException e) {
            if (e.getStatusCode() != StatusCode.NO_SUCH_FILE) {
              throw e;
            }
          }
          return true;
        });
  }

  private String place(ObjectKind kind, String name) throws BackupException {
    if (kind == ObjectKind.CONFIG) {
      return address.path() + "/config";
    }
    if (!NAME.matcher(name).matches()) {
      throw new BackupException("'" + name + "' is no name of an object; remove the foreign file");
    }
    String directory = address.path() + "/" + kind.directory() + "/";
    return kind == ObjectKind.DATA
        ? directory + name.substring(0, 2) + "/" + name
        : directory + name;
  }

  @Override
  public String describe() {
    return address.text();
  }

  @Override
  public void close() throws IOException {
    link.close();
  }
}
