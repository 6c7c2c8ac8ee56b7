package tr.emanet.backup.http;

import java.io.IOException;
import java.util.Map;
import tr.emanet.backup.target.SshDoor;
import tr.emanet.web.Shell;

/** Asks a server which key it shows, so that a person can compare it before it is pinned. */
final class HostKeyQuestion {

  private HostKeyQuestion() {}

  /**
   * Puts the key into the fields of a source; gives why not, or nothing.
   *
   * @param number of the source in the form
   */
  static String ask(Map<String, String> values, String number, Shell shell) {
    String prefix = "s" + number + ".";
    String host = values.getOrDefault(prefix + "host", "").strip();
    String port = values.getOrDefault(prefix + "port", "22").strip();
    if (host.isEmpty() || !port.matches("[0-9]{1,5}")) {
      return shell.t("backup.refused.server");
    }
    try {
      values.put(prefix + "hostKey", SshDoor.offered(host, Integer.parseInt(port)));
      values.put(prefix + "offered", "yes");
      return "";
    } catch (IOException | IllegalArgumentException e) {
      return shell.t("backup.refused.server-silent", host + ":" + port);
    }
  }
}
