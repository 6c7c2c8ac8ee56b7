package tr.emanet.backup.source;

import java.util.regex.Pattern;

/**
 * A PostgreSQL database to be dumped. Immutable; nothing in it can be read as an option.
 *
 * @param host name, address, or the absolute path of a socket's directory
 * @param name of the database
 */
public record PostgresDatabase(String host, int port, String name, String user) {

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.:_][A-Za-z0-9.:_-]{0,252}|/[^\\p{Cntrl}=]{1,200}");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_$.-]{0,62}");

  public PostgresDatabase {
    if (!HOST.matcher(host).matches() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("'" + host + "' port " + port + " is no server");
    }
    if (!NAME.matcher(name).matches() || !NAME.matcher(user).matches()) {
      throw new IllegalArgumentException("'" + name + "' or '" + user + "' is no plain name");
    }
  }

  /** As people name it: {@code postgresql://host:port/name}. */
  public String address() {
    return "postgresql://" + host + ":" + port + "/" + name;
  }
}
