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
import java.util.concurrent.atomic.AtomicReference;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SecurityUtils;
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
 * Opens SSH connections. Only a pinned host key is accepted; there is no "trust at first use". Any
 * thread.
 */
public final class SshDoor {

  private static final Logger LOG = LoggerFactory.getLogger(SshDoor.class);

  private static final int ASK_MILLIS = 10_000;

  private SshDoor() {}

  /**
   * Refuses to go without a pinned key.
   *
   * @throws BackupException says how to get the fingerprint
   */
  public static void requirePinned(String host, TargetAccess access) throws BackupException {
    if (access.hostKeys().isEmpty()) {
      throw new BackupException(
          "no host key is pinned for "
              + host
              + "; ask its administrator for the fingerprint (ssh-keygen -lf"
              + " /etc/ssh/ssh_host_ed25519_key.pub) and set it as hostKey: SHA256:...");
    }
  }

  /**
   * Connects and logs in; the caller closes it.
   *
   * @throws BackupException when the host is not reached, is not the pinned one, or refuses us
   */
  public static SSHClient open(String user, String host, int port, TargetAccess access)
      throws IOException {
    requirePinned(host, access);
    // Its ciphers are in the JDK; a provider put in front of all others would slow the whole
    // process.
    SecurityUtils.setRegisterBouncyCastle(false);
    SSHClient fresh = new SSHClient(new DefaultConfig());
    fresh.addHostKeyVerifier(new Pinned(host, access.hostKeys()));
    fresh.setConnectTimeout((int) Duration.ofSeconds(20).toMillis());
    fresh.setTimeout((int) Duration.ofSeconds(SftpLink.SECONDS).toMillis());
    try {
      fresh.connect(host, port);
      fresh.auth(user, methods(host, access));
      return fresh;
    } catch (IOException e) {
      fresh.close();
      throw e instanceof BackupException
          ? e
          : new BackupException(
              "cannot log in at "
                  + user
                  + "@"
                  + host
                  + ":"
                  + port
                  + ": "
                  + e.getMessage()
                  + "; check name, port, host key and our key",
              e);
    }
  }

  /**
   * The key that a server shows, {@code SHA256:...}; nothing else is said to it. For a person to
   * compare with what the server's administrator reads there, never to be believed as it is.
   */
  public static String offered(String host, int port) throws IOException {
    SecurityUtils.setRegisterBouncyCastle(false);
    Shown shown = new Shown(new AtomicReference<>());
    try (SSHClient client = new SSHClient(new DefaultConfig())) {
      client.addHostKeyVerifier(shown);
      client.setConnectTimeout(ASK_MILLIS);
      client.setTimeout(ASK_MILLIS);
      client.connect(host, port);
    } catch (IOException e) {
      String found = shown.found().get();
      if (found != null) {
        return found; // it is refused once it was seen
      }
      throw new BackupException(
          "no SSH server answers at " + host + ":" + port + ": " + e.getMessage(), e);
    }
    throw new BackupException(host + " showed no key");
  }

  /** Sees a key and accepts none. */
  private record Shown(AtomicReference<@Nullable String> found) implements HostKeyVerifier {

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
      found.set(fingerprint(key));
      return false;
    }

    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
      return List.of();
    }
  }

  private static String fingerprint(PublicKey key) {
    byte[] encoded = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    return "SHA256:"
        + Base64.getEncoder().withoutPadding().encodeToString(Digests.sha256().digest(encoded));
  }

  private static List<AuthMethod> methods(String host, TargetAccess access) throws IOException {
    Path file = access.privateKey();
    if (file != null) {
      return List.of(new AuthPublickey(key(file)));
    }
    String password = access.readSecret();
    if (password == null) {
      throw new BackupException(
          host + " has neither a private key nor a password; name one of both");
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

  /** Accepts the keys whose SHA-256 was given, nothing else. */
  private record Pinned(String host, List<String> keys) implements HostKeyVerifier {

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
      String found = fingerprint(key);
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
