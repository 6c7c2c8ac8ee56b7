package tr.emanet.intake.syslog;

import java.time.Duration;

/**
 * What one syslog listener needs to know.
 *
 * @param name endpoint name, such as {@code syslog_udp}
 * @param bind address to listen on
 * @param port 0 takes a free one
 * @param maxFrameBytes longest record, 64 KiB at most; longer ones are cut and flagged
 * @param receiveBufferBytes asked of the kernel (UDP)
 * @param clientAuth certificates of clients (TLS)
 */
public record SyslogOptions(
    String name,
    Transport transport,
    String bind,
    int port,
    int maxFrameBytes,
    int receiveBufferBytes,
    int maxConnections,
    int maxConnectionsPerSource,
    Duration idle,
    Duration frame,
    Duration handshake,
    ClientAuth clientAuth) {

  public static final int MAX_FRAME_BYTES = 64 * 1024;

  /** The same on another port. */
  public SyslogOptions withPort(int other) {
    return new SyslogOptions(
        name,
        transport,
        bind,
        other,
        maxFrameBytes,
        receiveBufferBytes,
        maxConnections,
        maxConnectionsPerSource,
        idle,
        frame,
        handshake,
        clientAuth);
  }

  /** How the bytes come. */
  public enum Transport {
    UDP,
    TCP,
    TLS
  }

  /** Whether TLS clients show a certificate. */
  public enum ClientAuth {
    NONE,
    OPTIONAL,
    REQUIRED
  }
}
