package tr.emanet.parse;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.IpAddress;
import tr.emanet.event.SourceAddress;

/** Answers from a {@link SourceConfig}. Immutable. */
public final class ConfiguredSources implements SourceSettings {

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
   * @throws IllegalArgumentException naming the value that is wrong and how to write it
   */
  public ConfiguredSources(SourceConfig config) {
    importListeners = config.importListeners();
    live = sender(config, null, null, false);
    imported = sender(config, null, null, true);
    exemptions =
        config.networks().stream()
            .map(
                n -> {
                  byte[] address = IpAddress.parse(addressOf(n.cidr()));
                  int bits = address == null ? -1 : bits(n.cidr(), address);
                  if (address == null || bits < 0) {
                    throw new IllegalArgumentException(
                        "network '" + n.cidr() + "' is not an address or a network: 10.1.0.0/16");
                  }
                  return new Exemption(
                      address,
                      bits,
                      sender(config, n.zone(), n.charset(), false),
                      sender(config, n.zone(), n.charset(), true));
                })
            .toList();
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

  private static Sender sender(
      SourceConfig config, @Nullable String zone, @Nullable String charset, boolean imports) {
    String zoneName = zone == null ? config.zone() : zone;
    String charsetName = charset == null ? config.charset() : charset;
    try {
      return new Sender(ZoneId.of(zoneName), Charset.forName(charsetName), imports);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "zone '" + zoneName + "' is unknown; write it like Europe/Istanbul", e);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "charset '" + charsetName + "' is unknown; write it like windows-1254", e);
    }
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
