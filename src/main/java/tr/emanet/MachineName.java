package tr.emanet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** Names under which others reach this machine, for its certificate. */
final class MachineName {

  private MachineName() {}

  /** At most one; none when the machine has no name of its own. */
  static Set<String> all() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return name.isBlank() || name.equals("localhost") ? Set.of() : Set.of(name);
    } catch (UnknownHostException e) {
      LoggerFactory.getLogger(MachineName.class)
          .atInfo()
          .log("This machine has no name of its own; its certificate names localhost");
      return Set.of();
    }
  }
}
