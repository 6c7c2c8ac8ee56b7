package tr.emanet.backup.target;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;

/**
 * Where a repository lies, as a person writes it; the forms are restic's.
 *
 * <ul>
 *   <li>{@code /srv/backup}: a directory of this machine
 *   <li>{@code sftp://user@host:22//srv/backup} (two slashes: from the root; one: from the home of
 *       the user), or {@code sftp:user@host:/srv/backup}
 *   <li>{@code s3:https://host/bucket/prefix}
 *   <li>{@code rest:https://host:8000/path/}
 * </ul>
 *
 * A user name may stand in it, a password may not: addresses are shown and logged.
 */
public sealed interface TargetAddress {

  /** A directory of this machine, absolute. */
  record Directory(Path path) implements TargetAddress {
    @Override
    public String text() {
      return path.toString();
    }
  }

  /** A directory of an SFTP server; a path that is not absolute begins at the user's home. */
  record Sftp(String user, String host, int port, String path) implements TargetAddress {
    @Override
    public String text() {
      try {
        return new URI("sftp", user, bracketed(host), port, "/" + path, null, null).toString();
      } catch (URISyntaxException e) {
        throw new IllegalStateException("it was read from an address", e);
      }
    }
  }

  /** A part of a bucket; the endpoint has no path, the prefix no slash at its ends. */
  record S3(URI endpoint, String bucket, String prefix) implements TargetAddress {
    @Override
    public String text() {
      return "s3:" + endpoint + "/" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }
  }

  /** A server of restic's REST protocol; the path ends with a slash. */
  record Rest(URI uri) implements TargetAddress {
    @Override
    public String text() {
      return "rest:" + uri;
    }
  }

  /** The form to show and to keep; {@link #parse} reads it back. */
  String text();

  /**
   * Reads an address.
   *
   * @throws BackupException when it has none of the forms, with the remedy
   */
  static TargetAddress parse(String text) throws BackupException {
    String trimmed = text.strip();
    if (trimmed.length() > 2048 || trimmed.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new BackupException("the address of the repository is too long or no single line");
    }
    if (trimmed.startsWith("/")) {
      return new Directory(Path.of(trimmed).normalize());
    }
    if (trimmed.startsWith("sftp://")) {
      return sftpUri(trimmed);
    }
    if (trimmed.startsWith("sftp:")) {
      return sftpShort(trimmed);
    }
    if (trimmed.startsWith("s3:")) {
      return s3(trimmed);
    }
    if (trimmed.startsWith("rest:")) {
      return rest(trimmed);
    }
    throw new BackupException(
        "'"
            + trimmed
            + "' is no address of a repository; write /DIRECTORY, sftp://USER@HOST//PATH,"
            + " s3:https://HOST/BUCKET/PREFIX or rest:https://HOST/PATH");
  }

  private static Sftp sftpUri(String text) throws BackupException {
    URI uri = uri(text, text);
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (path.startsWith("/")) {
      path = path.substring(1);
    }
    int port = uri.getPort() < 0 ? 22 : uri.getPort();
    return sftp(user(uri.getUserInfo(), text), uri.getHost(), port, path, text);
  }

  private static Sftp sftpShort(String text) throws BackupException {
    String rest = text.substring("sftp:".length());
    int at = rest.lastIndexOf('@', Math.max(0, rest.indexOf(':')));
    int colon = rest.indexOf(':');
    if (colon < 0) {
      throw new BackupException("'" + text + "' names no path; write sftp:USER@HOST:/PATH");
    }
    String user = at < 0 ? null : rest.substring(0, at);
    String host = rest.substring(at + 1, colon);
    return sftp(user(user, text), host, 22, rest.substring(colon + 1), text);
  }

  private static Sftp sftp(String user, @Nullable String host, int port, String path, String text)
      throws BackupException {
    if (host == null || !bare(host).matches("[0-9A-Za-z.:_-]{1,255}") || host.startsWith("-")) {
      throw new BackupException("'" + text + "' names no host; write sftp://USER@HOST//PATH");
    }
    if (path.isEmpty() || path.equals("/")) {
      throw new BackupException(
          "'" + text + "' names no directory of its own; write sftp://USER@HOST//PATH");
    }
    String end = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return new Sftp(user, bare(host), port, end);
  }

  private static String user(@Nullable String info, String text) throws BackupException {
    if (info == null || info.isEmpty()) {
      throw new BackupException("'" + text + "' names no user; write sftp://USER@HOST//PATH");
    }
    if (info.indexOf(':') >= 0) {
      throw new BackupException(
          "the address holds a password; addresses are shown and logged: put it into a file");
    }
    return info;
  }

  private static S3 s3(String text) throws BackupException {
    String rest = text.substring("s3:".length());
    String shown = rest.contains("://") ? rest : "https://" + rest;
    URI uri = http(shown, text);
    String path = uri.getPath() == null ? "" : uri.getPath();
    String[] parts = path.replaceAll("^/+|/+$", "").split("/", 2);
    if (!parts[0].matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new BackupException(
          "'" + text + "' names no bucket; write s3:https://HOST/BUCKET/PREFIX");
    }
    String prefix = parts.length > 1 ? parts[1] : "";
    URI endpoint = uri(uri.getScheme() + "://" + uri.getRawAuthority(), text);
    return new S3(endpoint, parts[0], prefix);
  }

  private static Rest rest(String text) throws BackupException {
    URI uri = http(text.substring("rest:".length()), text);
    String whole = uri.toString();
    return new Rest(whole.endsWith("/") ? uri : uri(whole + "/", text));
  }

  private static URI http(String shown, String text) throws BackupException {
    URI uri = uri(shown, text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http") || uri.getHost() == null) {
      throw new BackupException("'" + text + "' names no server; write https://HOST/...");
    }
    if (uri.getRawUserInfo() != null) {
      throw new BackupException(
          "the address holds a user or password; addresses are shown and logged: put them into"
              + " files");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new BackupException("'" + text + "' has a '?' or '#'; leave out what follows it");
    }
    return uri;
  }

  private static URI uri(String shown, String text) throws BackupException {
    try {
      return new URI(shown);
    } catch (URISyntaxException e) {
      throw new BackupException("'" + text + "' is no address: " + e.getReason(), e);
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static String bracketed(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
