package tr.emanet.backup.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;

/**
 * How we identify ourselves at a target, and whom we believe. Secrets are files of their own that
 * nobody else may read; they are read when a connection is made and not kept.
 *
 * @param hostKeys SFTP: what the server's key must be, each {@code SHA256:...} as {@code ssh-keygen
 *     -l} prints it; never empty there
 * @param privateKey SFTP: a private key in a form of OpenSSH, without a pass phrase
 * @param user REST: the user's name; S3: the access key id
 * @param secret the password (SFTP, REST) or the secret access key (S3): one line
 * @param authorities REST, S3: a PEM file with the authorities to believe instead of the machine's
 * @param region S3: the region; most services besides AWS ignore it
 * @param lockDays S3: how long an object may not be deleted; 0: no object lock
 */
public record TargetAccess(
    List<String> hostKeys,
    @Nullable Path privateKey,
    @Nullable String user,
    @Nullable Path secret,
    @Nullable Path authorities,
    String region,
    int lockDays) {

  private static final int MAX_SECRET = 4096;

  public TargetAccess {
    hostKeys = List.copyOf(hostKeys);
    if (lockDays < 0 || lockDays > 36_500) {
      throw new IllegalArgumentException("lockDays " + lockDays);
    }
  }

  /** Nothing: enough for a local directory, and for a server that asks for nothing. */
  public static TargetAccess none() {
    return new TargetAccess(List.of(), null, null, null, null, "us-east-1", 0);
  }

  /** SFTP with a key of our own; the server's key is pinned. */
  public static TargetAccess key(Path privateKey, String... hostKeys) {
    return new TargetAccess(List.of(hostKeys), privateKey, null, null, null, "us-east-1", 0);
  }

  /** A name and a secret in a file. */
  public static TargetAccess password(String user, Path secret) {
    return new TargetAccess(List.of(), null, user, secret, null, "us-east-1", 0);
  }

  /** The same with another file of authorities. */
  public TargetAccess believing(Path pem) {
    return new TargetAccess(hostKeys, privateKey, user, secret, pem, region, lockDays);
  }

  /** The same with an object lock of so many days. */
  public TargetAccess locking(int days) {
    return new TargetAccess(hostKeys, privateKey, user, secret, authorities, region, days);
  }

  /** The secret's line; null when there is none. */
  @Nullable String readSecret() throws IOException {
    Path file = secret;
    if (file == null) {
      return null;
    }
    return new String(readPrivate(file), StandardCharsets.UTF_8).strip();
  }

  /**
   * The bytes of a file with a secret.
   *
   * @throws BackupException when others may read it, with the remedy
   */
  static byte[] readPrivate(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new BackupException("the secret's file '" + file + "' is missing");
    }
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    if (found.contains(PosixFilePermission.OTHERS_READ)
        || found.contains(PosixFilePermission.GROUP_READ)) {
      throw new BackupException("others may read '" + file + "': chmod 600 '" + file + "'");
    }
    if (Files.size(file) > MAX_SECRET * 4L) {
      throw new BackupException("'" + file + "' is too long for a secret");
    }
    return Files.readAllBytes(file);
  }
}
