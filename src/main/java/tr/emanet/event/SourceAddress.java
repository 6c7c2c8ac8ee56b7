package tr.emanet.event;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * Who sent a record, as the transport saw it; unlike the host name inside the message it was not
 * chosen by the sender's text. One instance a connection or UDP peer; immutable.
 *
 * @param listener endpoint name, such as {@code syslog_udp}
 * @param address 16 bytes, IPv4 mapped; all zero when the transport has no address (files)
 * @param port 0 when unknown
 */
public record SourceAddress(String listener, byte[] address, int port) {

  public SourceAddress {
    if (address.length != 16) {
      throw new IllegalArgumentException("address has " + address.length + " bytes, not 16");
    }
  }

  public static SourceAddress of(String listener, InetAddress address, int port) {
    return new SourceAddress(listener, IpAddress.mapped(address.getAddress()), port);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceAddress s
        && s.port == port
        && s.listener.equals(listener)
        && Arrays.equals(s.address, address);
  }

  @Override
  public int hashCode() {
    return (listener.hashCode() * 31 + Arrays.hashCode(address)) * 31 + port;
  }

  @Override
  public String toString() {
    return listener + "/" + IpAddress.text(address, 0) + ":" + port;
  }
}
