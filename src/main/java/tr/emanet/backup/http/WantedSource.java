package tr.emanet.backup.http;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.source.DeviceKind;
import tr.emanet.backup.source.Source;

/**
 * A source as somebody wants it, in the API and in the form; which fields count depends on the
 * kind.
 *
 * @param kind path, self, postgresql, mariadb, sqlite, device or sftp
 * @param path of path, sqlite and sftp
 * @param name of the database
 * @param device fortigate, cisco or mikrotik
 * @param hostKey of device and sftp: the pinned key, {@code SHA256:...}
 * @param password kept in a file of mode 0600, never shown again; of device and sftp it may be a
 *     private key in a form of OpenSSH
 */
public record WantedSource(
    @Nullable String kind,
    @Nullable String path,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String name,
    @Nullable String user,
    @Nullable String device,
    @Nullable String hostKey,
    @Nullable String password) {

  /** A file or directory; the appliance by its own address. */
  static Source path(String text) {
    return text.equals(Source.SELF) ? new Source.Self() : new Source.Tree(text);
  }

  /** The port that a kind of server has when nobody names another. */
  static int usualPort(String kind) {
    return switch (kind) {
      case "postgresql" -> 5432;
      case "mariadb" -> 3306;
      default -> 22;
    };
  }

  /** The source. */
  Source source() throws JobForm.WrongField {
    String wanted = text(kind);
    int at = Objects.requireNonNullElse(port, usualPort(wanted));
    try {
      return switch (wanted) {
        case "path" -> path(text(path));
        case "self" -> new Source.Self();
        case "postgresql" -> new Source.Postgres(text(host), at, text(name), text(user));
        case "mariadb" -> new Source.MariaDb(text(host), at, text(name), text(user));
        case "sqlite" -> new Source.Sqlite(text(path));
        case "device" -> new Source.Device(deviceKind(), text(host), at, text(user), text(hostKey));
        case "sftp" -> new Source.Sftp(text(host), at, text(user), text(path), text(hostKey));
        default -> throw new JobForm.WrongField("source-kind");
      };
    } catch (IllegalArgumentException e) {
      throw new JobForm.WrongField(String.valueOf(e.getMessage()));
    }
  }

  private DeviceKind deviceKind() throws JobForm.WrongField {
    for (DeviceKind known : DeviceKind.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(text(device))) {
        return known;
      }
    }
    throw new JobForm.WrongField("device");
  }

  static String text(@Nullable String value) {
    return value == null ? "" : value.strip();
  }
}
