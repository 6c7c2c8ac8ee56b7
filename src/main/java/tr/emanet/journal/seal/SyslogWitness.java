package tr.emanet.journal.seal;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;

/**
 * Sends one line (RFC 5424, facility log audit, severity notice) to a syslog server elsewhere.
 *
 * @param tcp with octet counting (RFC 6587); else one datagram, of which nobody says whether it
 *     came
 * @param machine name of this machine, printable ASCII without spaces
 */
public record SyslogWitness(String host, int port, boolean tcp, String machine) implements Witness {

  private static final int PATIENCE_MILLIS = 10_000;

  @Override
  public String name() {
    return "syslog " + (tcp ? "tcp " : "udp ") + host + ':' + port;
  }

  @Override
  public void hand(Entry entry) throws IOException {
    String message =
        "<109>1 "
            + entry.time().truncatedTo(ChronoUnit.MILLIS)
            + ' '
            + machine
            + " emanet - checkpoint - "
            + entry.line();
    byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
    InetAddress address = InetAddress.getByName(host);
    if (tcp) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
        byte[] count = (bytes.length + " ").getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(count);
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
      }
    } else {
      try (DatagramSocket socket = new DatagramSocket()) {
        socket.send(new DatagramPacket(bytes, bytes.length, address, port));
      }
    }
  }
}
