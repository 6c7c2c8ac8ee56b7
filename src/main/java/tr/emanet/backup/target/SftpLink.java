package tr.emanet.backup.target;

import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.sftp.SFTPClient;
import net.schmizz.sshj.sftp.SFTPException;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.userauth.keyprovider.BaseFileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.KeyFormat;
import net.schmizz.sshj.userauth.keyprovider.KeyProviderUtil;
import net.schmizz.sshj.userauth.keyprovider.OpenSSHKeyFile;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.BackupException;
import tr.emanet.crypto.Digests;

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
    if (access.hostKeys().isEmpty()) {
      throw new BackupException(
          "no host key is pinned for "
              + address.host()
              + "; ask its administrator for the fingerprint (ssh-keygen -lf"
              + " /etc/ssh/ssh_host_ed25519_key.pub) and set it as hostKey: SHA256:...");
    }
    // Its ciphers are in the JDK; a provider put in front of all others would slow the whole
    // process.
    SecurityUtils.setRegisterBouncyCastle(false);
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
    SSHClient fresh = new SSHClient(new DefaultConfig());
    fresh.addHostKeyVerifier(new Pinned(address.host(), access.hostKeys()));
    fresh.setConnectTimeout((int) Duration.ofSeconds(20).toMillis());
    fresh.setTimeout((int) Duration.ofSeconds(SECONDS).toMillis());
    try {
      fresh.connect(address.host(), address.port());
      fresh.auth(address.user(), methods());
      fresh.getConnection().getKeepAlive().setKeepAliveInterval(15);
      SFTPClient made = fresh.newSFTPClient();
      made.getSFTPEngine().setTimeoutMs((int) Duration.ofSeconds(SECONDS).toMillis());
      ssh = fresh;
      sftp = made;
      return made;
    } catch (IOException e) {
      fresh.close();
      throw e instanceof BackupException
          ? e
          : new BackupException(
              "cannot reach "
                  + address.text()
                  + ": "
                  + e.getMessage()
                  + "; check name, port, host key and our key",
              e);
    }
  }

  private List<AuthMethod> methods() throws IOException {
    Path file = access.privateKey();
    if (file != null) {
      return List.of(new AuthPublickey(key(file)));
    }
    String password = access.readSecret();
    if (password == null) {
      throw new BackupException(
          address.text() + " has neither a private key nor a password; name one of both");
    }
    return List.of(new AuthPassword(PasswordUtils.createOneOff(password.toCharArray())));
  }

  private static BaseFileKeyProvider key(Path file) throws IOException {
    byte[] bytes = TargetAccess.readPrivate(file);
    String text = new String(bytes, StandardCharsets.UTF_8);
    Arrays.fill(bytes, (byte) 0);
    KeyFormat format = KeyProviderUtil.detectKeyFileFormat(new StringReader(text), false);
    BaseFileKeyProvider provider =
        switch (format) {
          case OpenSSHv1 -> new OpenSSHKeyV1KeyFile();
          case OpenSSH -> new OpenSSHKeyFile();
          case PKCS8 -> new PKCS8KeyFile();
          case PuTTY, Unknown ->
              throw new BackupException(
                  "'" + file + "' is no private key of OpenSSH: ssh-keygen -t ed25519 -f FILE");
        };
    provider.init(new StringReader(text));
    return provider;
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

  /** Accepts the keys whose SHA-256 was given, nothing else. */
  private record Pinned(String host, List<String> keys) implements HostKeyVerifier {

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
      byte[] encoded = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
      String found =
          "SHA256:"
              + Base64.getEncoder()
                  .withoutPadding()
                  .encodeToString(Digests.sha256().digest(encoded));
      if (keys.contains(found)) {
        return true;
      }
      LOG.atWarn()
          .addKeyValue("host", host)
          .addKeyValue("offered", found)
          .addKeyValue("pinned", keys)
          .log("A backup target offers a host key that is not the pinned one");
      return false;
    }

    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
      return List.of();
    }
  }
}
