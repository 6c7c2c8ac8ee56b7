package tr.emanet.alert;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which hosts a notification may go to: those that are listed by name, else only addresses of the
 * open internet. Every address that a name stands for must be allowed, so a name that points inside
 * gains nothing. The caller connects to the addresses that were checked and asks for none again, so
 * an answer that changes in between (DNS rebinding) gains nothing either. Immutable.
 */
public final class OutboundAddress {

  private final Set<String> listed;
  private final Names names;

  /** Asks the name service. */
  @FunctionalInterface
  interface Names {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /**
   * @param listed hosts that may be anywhere, such as {@code mail.belediye.example} or {@code
   *     127.0.0.1}
   */
  public OutboundAddress(Set<String> listed) {
    this(listed, InetAddress::getAllByName);
  }

  OutboundAddress(Set<String> listed, Names names) {
    this.listed = Set.copyOf(listed.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList());
    this.names = names;
  }

  /**
   * Asks once for the addresses of a host and checks all of them.
   *
   * @param host name or address, the latter without brackets
   * @return the addresses to connect to, and no others
   * @throws Channel.Rejected when it may not be reached; the message names the remedy
   * @throws IOException when its name is not known at this time
   */
  List<InetAddress> resolve(String host) throws IOException {
    List<InetAddress> all;
    try {
      all = List.of(names.of(host));
    } catch (UnknownHostException e) {
      throw new IOException(host + " is not known to the name service", e);
    }
    if (!listed.contains(host.toLowerCase(Locale.ROOT))) {
      for (InetAddress address : all) {
        if (isInside(address)) {
          throw new Channel.Rejected(
              host
                  + " is inside ("
                  + address.getHostAddress()
                  + "); list it in notify.insideHosts if that is meant");
        }
      }
    }
    return all;
  }

  /** Loopback, private, link-local, shared, multicast and reserved addresses. */
  static boolean isInside(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    byte[] b = address.getAddress();
    int first = b[0] & 255;
    int second = b[1] & 255;
    if (b.length == 4) {
      return first == 0
          || first >= 240
          || first == 100 && second >= 64 && second < 128
          || first == 192 && second == 0 && (b[2] & 255) == 0
          || first == 198 && (second == 18 || second == 19);
    }
    // fc00::/7 is ours; 64:ff9b::/96 and 2002::/16 hide IPv4 addresses.
    return (first & 0xfe) == 0xfc
        || first == 0x20 && second == 0x02
        || first == 0 && second == 0x64
        || first == 0 && second == 0;
  }
}
