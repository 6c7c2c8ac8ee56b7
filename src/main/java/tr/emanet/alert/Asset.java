package tr.emanet.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.IpAddress;

/**
 * Whom a hit concerns: our own address in the event, else {@code host.name}, else the address of
 * the sender. Pure functions.
 */
public final class Asset {

  /** Fields that may hold our own address, the client's first. */
  private static final List<String> ADDRESSES =
      List.of("source.ip", "client.ip", "destination.ip", "server.ip", "host.ip");

  /** Knows our own networks. */
  @FunctionalInterface
  public interface OwnNetworks {
    /** Whether 16 bytes are an address of ours. */
    boolean contains(byte[] address);
  }

  private Asset() {}

  /** The asset of an event. */
  public static String of(EventRecord event, OwnNetworks own) {
    List<String> addresses =
        ADDRESSES.stream()
            .map(field -> event.fields().get(field))
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .toList();
    Object host = event.fields().get("host.name");
    return of(addresses, host instanceof String name ? name : null, event.source().address(), own);
  }

  /**
   * The asset by its parts.
   *
   * @param addresses of the event, in the order of preference
   * @param transport 16 bytes; all zero when there is none
   */
  public static String of(
      List<String> addresses, @Nullable String host, byte[] transport, OwnNetworks own) {
    for (String text : addresses) {
      byte[] address = IpAddress.parse(text);
      if (address != null && own.contains(address)) {
        return IpAddress.text(address, 0);
      }
    }
    if (host != null && !host.isBlank()) {
      return host;
    }
    return IpAddress.text(transport, 0);
  }
}
