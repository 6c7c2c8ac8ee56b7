package tr.emanet.intake.syslog;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import tr.emanet.event.IpAddress;

/**
 * Reads how many datagrams the kernel dropped for one bound socket: last column of {@code
 * /proc/net/udp} and {@code udp6} (proc(5)). Immutable.
 */
final class KernelDrops {

  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/udp6"), Path.of("/proc/net/udp"));

  private final List<Path> tables;
  private final String v6;
  private final String v4;

  KernelDrops(InetAddress address, int port) {
    this(address, port, TABLES);
  }

  KernelDrops(InetAddress address, int port, List<Path> tables) {
    this.tables = List.copyOf(tables);
    String end = String.format(Locale.ROOT, ":%04X", port);
    byte[] mapped = IpAddress.mapped(address.getAddress());
    // An unbound dual-stack socket shows :: and not ::ffff:0.0.0.0.
    byte[] shown = address.isAnyLocalAddress() ? new byte[16] : mapped;
    v6 = words(shown, 0) + words(shown, 4) + words(shown, 8) + words(shown, 12) + end;
    v4 = words(mapped, 12) + end;
  }

  /** The kernel prints each 32-bit word in host order: little-endian on every machine we run on. */
  private static String words(byte[] b, int at) {
    byte[] turned = {b[at + 3], b[at + 2], b[at + 1], b[at]};
    return HexFormat.of().withUpperCase().formatHex(turned);
  }

  /** Drops since the socket was bound, or -1 when the kernel does not tell. */
  long read() {
    for (Path table : tables) {
      long drops = read(table);
      if (drops >= 0) {
        return drops;
      }
    }
    return -1;
  }

  private long read(Path table) {
    try {
      for (String line : Files.readAllLines(table, StandardCharsets.ISO_8859_1)) {
        String[] columns = line.trim().split(" +", -1);
        if (columns.length > 2 && (columns[1].equals(v6) || columns[1].equals(v4))) {
          return Long.parseLong(columns[columns.length - 1]);
        }
      }
      return -1;
    } catch (IOException | NumberFormatException e) {
      // No /proc, or another kernel's layout: unknown, and shown as such.
      return -1;
    }
  }
}
