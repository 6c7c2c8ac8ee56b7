package tr.emanet.backup.restic;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Who writes: put into key files, locks and snapshots, as restic does. */
public record Origin(String host, String user, long pid, int uid, int gid) {

  /** This process; in locks it must be true, others look whether the process lives. */
  public static Origin ofThisProcess() throws IOException {
    Path self = Path.of("/proc/self");
    int uid = (int) Objects.requireNonNull(Files.getAttribute(self, "unix:uid"));
    int gid = (int) Objects.requireNonNull(Files.getAttribute(self, "unix:gid"));
    Path named = Path.of("/proc/sys/kernel/hostname");
    String host =
        Files.isReadable(named)
            ? Files.readString(named, StandardCharsets.UTF_8).strip()
            : InetAddress.getLocalHost().getHostName();
    return new Origin(
        host,
        Objects.requireNonNullElse(System.getProperty("user.name"), ""),
        ProcessHandle.current().pid(),
        uid,
        gid);
  }
}
