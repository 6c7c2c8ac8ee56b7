package tr.emanet.backup.source;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.target.SshDoor;
import tr.emanet.backup.target.TargetAccess;

/**
 * Fetches the configuration of a network device over SSH into a file, as the device said it, and
 * tells what changed since the last one.
 *
 * <p>What is kept is raw, because only that restores the device; what is compared is without the
 * lines that differ every time. A text without its head or its last line is a failure, not a
 * configuration. Any thread.
 */
public final class DeviceConfig {

  private static final int MAX_BYTES = 64 << 20;
  private static final int CONTEXT_LINES = 2;
  private static final int MAX_DIFF_LINES = 400;
  private static final long SECONDS = 120;

  /** All of the line after such a word may be the secret. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)([\\w-]*(?:passw|passphrase|secret|community|psk|pre-shared|private|credential|token"
              + "|\\bkey\\b|[\\w]+-key\\b|\\benc\\b|md5|sha)[\\w-]*)[ =:].*");

  private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/=$]{32,}");

  private final String user;
  private final String host;
  private final int port;
  private final DeviceKind kind;
  private final TargetAccess access;

  /**
   * Prepares.
   *
   * @param access our key or password, and the device's pinned host key
   */
  public DeviceConfig(String user, String host, int port, DeviceKind kind, TargetAccess access) {
    this.user = user;
    this.host = host;
    this.port = port;
    this.kind = kind;
    this.access = access;
  }

  /**
   * Writes {@code HOST.conf} into the directory, mode 0600.
   *
   * @throws BackupException when the device is not reached, refuses the command, or what it said is
   *     no whole configuration
   */
  public Path into(Path directory) throws IOException {
    byte[] raw = fetch();
    String text = new String(raw, StandardCharsets.UTF_8);
    if (!kind.whole(text)) {
      throw new BackupException(
          "what "
              + host
              + " answers to '"
              + kind.command()
              + "' is no whole configuration ("
              + raw.length
              + " bytes); check the rights of "
              + user
              + " and that the pager is off");
    }
    Path file = directory.resolve(host.replace(':', '_') + ".conf");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, raw, Set.of(StandardOpenOption.WRITE).toArray(StandardOpenOption[]::new));
    return file;
  }

  private byte[] fetch() throws IOException {
    try (SSHClient ssh = SshDoor.open(user, host, port, access);
        Session session = ssh.startSession();
        Session.Command command = session.exec(kind.command())) {
      byte[] raw;
      try (InputStream said = command.getInputStream()) {
        raw = said.readNBytes(MAX_BYTES);
      }
      if (raw.length == MAX_BYTES) {
        throw new BackupException(
            "the configuration of " + host + " is longer than " + MAX_BYTES + " bytes");
      }
      command.join(SECONDS, TimeUnit.SECONDS);
      Integer code = command.getExitStatus();
      // Some devices send no code at all; then the text decides alone.
      if (code != null && code != 0) {
        throw new BackupException(
            host
                + " ended '"
                + kind.command()
                + "' with "
                + code
                + "; check the rights of "
                + user);
      }
      return raw;
    }
  }

  /**
   * What changed between two configurations, as a unified diff of their comparable form; empty when
   * nothing did.
   *
   * @param before the raw text of the last one
   * @param now the raw text of this one
   */
  public static List<String> changes(DeviceKind kind, String before, String now) {
    List<String> old = kind.normalised(before).lines().toList();
    List<String> fresh = kind.normalised(now).lines().toList();
    if (old.equals(fresh)) {
      return List.of();
    }
    Patch<String> patch = DiffUtils.diff(old, fresh);
    List<String> lines =
        UnifiedDiffUtils.generateUnifiedDiff("before", "now", old, patch, CONTEXT_LINES);
    if (lines.size() <= MAX_DIFF_LINES) {
      return lines;
    }
    List<String> few = new java.util.ArrayList<>(lines.subList(0, MAX_DIFF_LINES));
    few.add("... " + (lines.size() - MAX_DIFF_LINES) + " more lines");
    return few;
  }

  /**
   * The lines of {@link #changes} that were added or removed, with every value that may be a secret
   * replaced: for events and logs, which more people read than may know them.
   */
  public static List<String> secretless(List<String> changes) {
    return changes.stream()
        .filter(line -> line.startsWith("+") || line.startsWith("-"))
        .filter(line -> !line.startsWith("+++") && !line.startsWith("---"))
        .map(line -> SECRET.matcher(line).replaceFirst("$1 ***"))
        .map(line -> ENCODED.matcher(line).replaceAll("***"))
        .toList();
  }
}
