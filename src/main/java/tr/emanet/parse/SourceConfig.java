package tr.emanet.parse;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How senders write their lines, as configured: one default, exceptions by network, imports by
 * listener. {@link ConfiguredSources} checks the values and answers from them.
 *
 * @param zone default zone id, such as {@code Europe/Istanbul}
 * @param charset default fallback charset, such as {@code windows-1254}; one byte a character
 * @param importListeners names of listeners whose records may be of any age
 * @param networks exceptions; the first that contains the address wins
 */
public record SourceConfig(
    String zone, String charset, Set<String> importListeners, List<Network> networks) {

  /** Europe/Istanbul and windows-1254 for everybody, no imports. */
  public static final SourceConfig DEFAULT =
      new SourceConfig("Europe/Istanbul", "windows-1254", Set.of(), List.of());

  public SourceConfig {
    importListeners = Set.copyOf(importListeners);
    networks = List.copyOf(networks);
  }

  /**
   * Senders that differ from the default.
   *
   * @param cidr address or network, such as {@code 10.1.0.0/16}
   * @param zone null: the default
   * @param charset null: the default
   * @param host name of the one device there, for lines that name none; null: nothing is filled in
   */
  public record Network(
      String cidr, @Nullable String zone, @Nullable String charset, @Nullable String host) {

    public Network {
      // A file may leave it out, whatever the type says; the check names it.
      cidr = Objects.requireNonNullElse(cidr, "");
    }

    /** Senders without a name of their own. */
    public Network(String cidr, @Nullable String zone, @Nullable String charset) {
      this(cidr, zone, charset, null);
    }
  }

  /**
   * A value that cannot be used.
   *
   * @param key {@code zone}, {@code charset}, {@code importListeners[1]} or {@code
   *     networks[2].cidr}
   * @param problem what is wrong and how to write it
   */
  public record Problem(String key, String problem) {}
}
