package tr.emanet.backup.source;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Something that a backup job takes, as it stands in the job's JSON. Immutable, and nothing in it
 * is secret: passwords and keys are files of their own. What cannot be one is refused when it is
 * made, with the last part of a text key as the message.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Source.Tree.class, name = "path"),
  @JsonSubTypes.Type(value = Source.Self.class, name = "self"),
  @JsonSubTypes.Type(value = Source.Postgres.class, name = "postgresql"),
  @JsonSubTypes.Type(value = Source.MariaDb.class, name = "mariadb"),
  @JsonSubTypes.Type(value = Source.Sqlite.class, name = "sqlite"),
  @JsonSubTypes.Type(value = Source.Device.class, name = "device"),
  @JsonSubTypes.Type(value = Source.Sftp.class, name = "sftp")
})
public sealed interface Source {

  /** What the appliance itself is called among sources. */
  String SELF = "emanet:";

  /** As people name it; unique in a job. */
  @JsonIgnore
  String address();

  /** Whether a password or key may belong to it. */
  @JsonIgnore
  default boolean secret() {
    return switch (this) {
      case Tree ignored -> false;
      case Self ignored -> false;
      case Sqlite ignored -> false;
      case Postgres ignored -> true;
      case MariaDb ignored -> true;
      case Device ignored -> true;
      case Sftp ignored -> true;
    };
  }

  /** A file or directory of this machine, mounted trees included; absolute. */
  record Tree(String path) implements Source {

    @Override
    public String address() {
      return path;
    }
  }

  /** The appliance: journal, store, rules, keys, at one consistent point. */
  record Self() implements Source {

    @Override
    public String address() {
      return SELF;
    }
  }

  /** A PostgreSQL database; the fields of {@link PostgresDatabase}. */
  record Postgres(String host, int port, String name, String user) implements Source {

    public Postgres {
      checked(() -> new PostgresDatabase(host, port, name, user));
    }

    /** As the dump takes it. */
    public PostgresDatabase database() {
      return new PostgresDatabase(host, port, name, user);
    }

    @Override
    public String address() {
      return database().address();
    }
  }

  /** A MariaDB or MySQL database; the fields of {@link MariaDbDatabase}. */
  record MariaDb(String host, int port, String name, String user) implements Source {

    public MariaDb {
      checked(() -> new MariaDbDatabase(host, port, name, user));
    }

    /** As the dump takes it. */
    public MariaDbDatabase database() {
      return new MariaDbDatabase(host, port, name, user);
    }

    @Override
    public String address() {
      return database().address();
    }
  }

  /** An SQLite database file of somebody else, copied while it is in use; absolute. */
  record Sqlite(String path) implements Source {

    @Override
    public String address() {
      return "sqlite:" + path;
    }
  }

  /**
   * The configuration of a network device over SSH.
   *
   * @param device what it is
   * @param hostKey the pinned key, {@code SHA256:...} as {@code ssh-keygen -l} prints it
   */
  record Device(DeviceKind device, String host, int port, String user, String hostKey)
      implements Source {

    public Device {
      server(host, port, user, hostKey);
    }

    @Override
    public String address() {
      return "ssh://" + host + ":" + port;
    }
  }

  /**
   * A directory or file on an SFTP server.
   *
   * @param path absolute, on the server
   * @param hostKey the pinned key, {@code SHA256:...} as {@code ssh-keygen -l} prints it
   */
  record Sftp(String host, int port, String user, String path, String hostKey) implements Source {

    private static final int MAX_PATH = 500;

    public Sftp {
      server(host, port, user, hostKey);
      boolean plain =
          path.startsWith("/")
              && path.length() <= MAX_PATH
              && path.chars().noneMatch(Character::isISOControl)
              && List.of(path.split("/", -1)).stream()
                  .noneMatch(part -> part.equals("..") || part.equals("."));
      if (!plain) {
        throw new IllegalArgumentException("remote-path");
      }
    }

    @Override
    public String address() {
      return "sftp://" + user + "@" + host + ":" + port + path;
    }
  }

  private static void checked(Supplier<Record> making) {
    try {
      Objects.requireNonNull(making.get());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("database", e);
    }
  }

  private static void server(String host, int port, String user, String hostKey) {
    if (!PlainNames.HOST.matcher(host).matches() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("server");
    }
    if (!PlainNames.USER.matcher(user).matches()) {
      throw new IllegalArgumentException("server-user");
    }
    if (!PlainNames.HOST_KEY.matcher(hostKey).matches()) {
      throw new IllegalArgumentException("host-key");
    }
  }
}
