package tr.emanet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Which process listens on a TCP port, as Linux tells in {@code /proc}. */
final class SocketOwner {

  private static final String LISTEN = "0A";

  private SocketOwner() {}

  /** Whether a process of ours, child or not, has a listening IPv4 socket on the port. */
  static boolean listens(long pid, int port) throws IOException {
    Set<String> sockets = listening(port);
    Path files = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> open = Files.newDirectoryStream(files)) {
      for (Path file : open) {
        if (sockets.contains(target(file))) {
          return true;
        }
      }
    } catch (NoSuchFileException e) {
      return false;
    }
    return false;
  }

  private static String target(Path file) throws IOException {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (NoSuchFileException e) {
      // Closed while we looked.
      return "";
    }
  }

  /** Names of the listening sockets, as file descriptors show them: {@code socket:[inode]}. */
  private static Set<String> listening(int port) throws IOException {
    Set<String> out = new HashSet<>();
    for (String line : Files.readAllLines(Path.of("/proc/net/tcp"), StandardCharsets.US_ASCII)) {
      String[] columns = line.strip().split("\\s+", -1);
      if (columns.length > 9
          && columns[3].equals(LISTEN)
          && Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16) == port) {
        out.add("socket:[" + columns[9] + "]");
      }
    }
    return out;
  }
}
