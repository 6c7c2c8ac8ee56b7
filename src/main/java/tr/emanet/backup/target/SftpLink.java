package tr.emanet.backup.target;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.sftp.SFTPClient;
import net.schmizz.sshj.sftp.SFTPException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.BackupException;

/**
 * One connection to an SFTP server, made anew once when it is lost during a request. Any thread.
 *
 * <p>Only the pinned host key is accepted; there is no "trust at first use".
 */
final class SftpLink implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SftpLink.class);

  static final long SECONDS = 60;
  static final TimeUnit UNIT = TimeUnit.SECONDS;

  private final TargetAddress.Sftp address;
  private final TargetAccess access;
  private @Nullable SSHClient ssh;
  private @Nullable SFTPClient sftp;
  private boolean closed;

  /** Work on the connection that may be done twice. */
  interface Work<T> {
    T on(SFTPClient sftp) throws IOException;
  }

  SftpLink(TargetAddress.Sftp address, TargetAccess access) throws BackupException {
    SshDoor.requirePinned(address.host(), access);
    this.address = address;
    this.access = access;
  }

  /** Does the work; once more on a new connection when the connection was lost. */
  <T> T with(Work<T> work) throws IOException {
    SFTPClient first = connected();
    try {
      return work.on(first);
    } catch (BackupException | SFTPException e) {
      if (e instanceof SFTPException answer && lost(answer)) {
        return again(first, work, e);
      }
      throw named(e);
    } catch (IOException e) {
      return again(first, work, e);
    }
  }

  private static boolean lost(SFTPException e) {
    // Without a status it is no answer of the server: the channel broke or a time ran out.
    return e.getStatusCode() == net.schmizz.sshj.sftp.Response.StatusCode.UNKNOWN
        || e.getStatusCode() == null;
  }

  private <T> T again(SFTPClient broken, Work<T> work, IOException why) throws IOException {
    LOG.atWarn()
        .addKeyValue("target", address.text())
        .addKeyValue("problem", why.getMessage())
        .log("The connection to a backup target was lost; it is made anew");
    drop(broken);
    try {
      return work.on(connected());
    } catch (IOException e) {
      e.addSuppressed(why);
      throw named(e);
    }
  }

  private IOException named(IOException e) {
    return e instanceof BackupException
        ? e
        : new BackupException(address.text() + " answers: " + e.getMessage(), e);
  }

  private synchronized SFTPClient connected() throws IOException {
    if (closed) {
      throw new BackupException("the connection to " + address.text() + " is closed");
    }
    SFTPClient open = sftp;
    if (open != null) {
      return open;
    }
    SSHClient fresh = SshDoor.open(address.user(), address.host(), address.port(), access);
    try {
      fresh.getConnection().getKeepAlive().setKeepAliveInterval(15);
      SFTPClient made = fresh.newSFTPClient();
      made.getSFTPEngine().setTimeoutMs((int) Duration.ofSeconds(SECONDS).toMillis());
      ssh = fresh;
      sftp = made;
      return made;
    } catch (IOException e) {
      fresh.close();
      throw new BackupException(address.text() + " offers no SFTP: " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // this connection, not one like it
  private synchronized void drop(SFTPClient broken) {
    if (sftp == broken) {
      end();
    }
  }

  private void end() {
    SSHClient open = ssh;
    ssh = null;
    sftp = null;
    if (open != null) {
      try {
        open.disconnect();
      } catch (IOException e) {
        LOG.atDebug().setCause(e).log("A connection that is given up does not end cleanly");
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    end();
  }
}
