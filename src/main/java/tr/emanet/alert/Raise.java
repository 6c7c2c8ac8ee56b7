package tr.emanet.alert;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What makes an alert worse than its class; the order is that of the explanation. */
public enum Raise {
  /** The device let it through. */
  ALLOWED,
  /** The asset is a server. */
  SERVER,
  /** Several indicators on one asset within a window. */
  SEVERAL,
  /** A log-in from outside followed. */
  LOGIN;

  /** The name in policy, store and text keys. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Set<Raise> stored(String text) {
    Set<Raise> out = EnumSet.noneOf(Raise.class);
    for (Raise raise : values()) {
      if ((" " + text + " ").contains(" " + raise.id() + " ")) {
        out.add(raise);
      }
    }
    return out;
  }

  static String text(Set<Raise> raised) {
    return String.join(" ", raised.stream().sorted().map(Raise::id).toList());
  }
}
