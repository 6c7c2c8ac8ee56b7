package tr.emanet.parse;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.IpAddress;
import tr.emanet.event.SourceAddress;
import tr.emanet.parse.SourceConfig.Network;
import tr.emanet.parse.SourceConfig.Problem;

/** Answers from a {@link SourceConfig}. Immutable. */
public final class ConfiguredSources implements SourceSettings {

  private static final int MAX_NETWORKS = 1_000;
  private static final Pattern LISTENER = Pattern.compile("[a-z][a-z0-9_]{0,31}");
  private static final Pattern HOST = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,252}");

  private final Set<String> importListeners;
  private final Sender live;
  private final Sender imported;
  private final List<Exemption> exemptions;

  private record Exemption(byte[] address, int bits, Sender live, Sender imported) {

    boolean contains(byte[] other) {
      for (int i = 0; i < 16 && i * 8 < bits; i++) {
        int rest = bits - i * 8;
        int mask = rest >= 8 ? 255 : 0xff00 >> rest & 255;
        if (((address[i] ^ other[i]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Checks and prepares a configuration.
   *
   * @throws IllegalArgumentException naming the first value that is wrong and how to write it
   */
  public ConfiguredSources(SourceConfig config) {
    List<Problem> problems = problems(config);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.getFirst().problem());
    }
    importListeners = config.importListeners();
    Network everybody = new Network("::/0", null, null);
    live = sender(config, everybody, false);
    imported = sender(config, everybody, true);
    exemptions = config.networks().stream().map(n -> exemption(config, n)).toList();
  }

  /** Everything that is wrong with a configuration, in its order. */
  public static List<Problem> problems(SourceConfig config) {
    List<Problem> out = new ArrayList<>();
    zone(config.zone(), "zone", out);
    charset(config.charset(), "charset", out);
    for (String listener : config.importListeners()) {
      if (!LISTENER.matcher(listener).matches()) {
        out.add(
            new Problem(
                "importListeners", "'" + listener + "' is no listener; write it like syslog_tcp"));
      }
    }
    if (config.networks().size() > MAX_NETWORKS) {
      out.add(new Problem("networks", "are more than " + MAX_NETWORKS));
      return out;
    }
    for (int i = 0; i < config.networks().size(); i++) {
      Network network = config.networks().get(i);
      String key = "networks[" + i + "].";
      if (address(network.cidr()) == null) {
        out.add(
            new Problem(
                key + "cidr",
                "'" + network.cidr() + "' is not an address or a network: 10.1.0.0/16"));
      }
      zone(network.zone(), key + "zone", out);
      charset(network.charset(), key + "charset", out);
      String host = network.host();
      if (host != null && !HOST.matcher(host).matches()) {
        out.add(
            new Problem(
                key + "host",
                "'" + host + "' is no host name; use letters, digits, dots, - and _"));
      }
    }
    return out;
  }

  private static void zone(@Nullable String zone, String key, List<Problem> out) {
    try {
      if (zone != null) {
        ZoneId ignored = ZoneId.of(zone);
      }
    } catch (DateTimeException e) {
      out.add(new Problem(key, "zone '" + zone + "' is unknown; write it like Europe/Istanbul"));
    }
  }

  private static void charset(@Nullable String charset, String key, List<Problem> out) {
    try {
      if (charset != null && Charset.forName(charset).newEncoder().maxBytesPerChar() != 1.0f) {
        out.add(
            new Problem(
                key,
                "charset '"
                    + charset
                    + "' uses more than one byte a character; UTF-8 is found by"
                    + " itself, this one is for lines in an old charset"));
      }
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      out.add(new Problem(key, "charset '" + charset + "' is unknown; write it like windows-1254"));
    } catch (UnsupportedOperationException e) {
      out.add(new Problem(key, "charset '" + charset + "' can only be read; use windows-1254"));
    }
  }

  @Override
  public Sender of(SourceAddress source) {
    boolean imports = importListeners.contains(source.listener());
    for (Exemption exemption : exemptions) {
      if (exemption.contains(source.address())) {
        return imports ? exemption.imported : exemption.live;
      }
    }
    return imports ? imported : live;
  }

  private static Sender sender(SourceConfig config, Network network, boolean imports) {
    return new Sender(
        ZoneId.of(network.zone() == null ? config.zone() : network.zone()),
        Charset.forName(network.charset() == null ? config.charset() : network.charset()),
        imports,
        network.host());
  }

  private static Exemption exemption(SourceConfig config, Network network) {
    byte[] address = address(network.cidr());
    if (address == null) {
      throw new IllegalArgumentException(network.cidr());
    }
    return new Exemption(
        address,
        bits(network.cidr(), address),
        sender(config, network, false),
        sender(config, network, true));
  }

  /** The address part in 16 bytes; null when the text is no network. */
  private static byte @Nullable [] address(String cidr) {
    byte[] address = IpAddress.parse(addressOf(cidr));
    return address == null || bits(cidr, address) < 0 ? null : address;
  }

  private static String addressOf(String cidr) {
    int slash = cidr.indexOf('/');
    return slash < 0 ? cidr : cidr.substring(0, slash);
  }

  /** Prefix length in the 128-bit form, or -1. */
  private static int bits(String cidr, byte[] address) {
    int slash = cidr.indexOf('/');
    if (slash < 0) {
      return 128;
    }
    byte[] text = Ascii.of(cidr.substring(slash + 1));
    long bits = Ascii.number(text, 0, text.length);
    int base = IpAddress.isV4(address, 0) ? 96 : 0;
    return bits < 0 || bits > 128 - base ? -1 : (int) bits + base;
  }
}
